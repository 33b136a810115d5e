namespace Lintel.Numerics.Text.Analysis;

/// <summary>What becomes of a text before it is searched: cut into words, each of which goes through the steps in their order. A query goes
/// the way that the documents went. Immutable and thread-safe; allocates nothing for a text.</summary>
/// <remarks>A word is a run of letters, digits and their marks, of any script; whatever else stands between them parts words, hyphens too. An
/// apostrophe within a word is dropped (<c>don't</c>: <c>dont</c>), an English <c>'s</c> at its end falls off; <c>3.5</c>, <c>12,000</c> (as
/// <c>12000</c>) and <c>max_depth</c> are one word each; Chinese ideographs and hiragana are a word each. A word of more than 128 characters
/// is left out.</remarks>
public sealed class TextAnalyser
{
    private readonly TextStep[] _steps;

    private TextAnalyser(string[] names, TextStep[] steps) => (Steps, _steps) = (names, steps);

    /// <summary>The steps as they were named.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <param name="steps">Names with their arguments, as in <c>[fold, stop english, porter]</c>; see <see cref="AnalysisSteps"/>.</param>
    /// <param name="synonyms">Groups of words that mean the same, for the step <c>synonyms</c>; written as people write them.</param>
    /// <exception cref="ArgumentException">A step is not known, lacks its argument, or stands where it does nothing.</exception>
    public static TextAnalyser Of(IReadOnlyList<string> steps, IReadOnlyList<IReadOnlyList<string>>? synonyms = null)
    {
        var made = new List<TextStep>(steps.Count);
        foreach (var step in steps)
        {
            // a step that compares words must be given them as they are at its place
            made.Add(AnalysisSteps.Make(step, new TextAnalyser([.. steps.Take(made.Count)], [.. made]), synonyms ?? []));
        }
        return new([.. steps], [.. made]);
    }

    /// <summary>Gives each term of a text to a sink, in their order.</summary>
    /// <returns>How many words there were, those left out included: the next text of the same field may go on from there.</returns>
    public int Analyse<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        Span<char> word = stackalloc char[2 * WordBreaker.MaxLength];
        var words = new WordBreaker(text);
        var position = 0;
        for (; words.Next(word, out var length); position++)
        {
            for (var s = 0; s < _steps.Length && length > 0; s++) { length = _steps[s].Apply(word, length); }
            if (length > 0) { sink.Token(word[..length], new(position, words.Start, words.End)); }
        }
        return position;
    }

    /// <summary>The terms of a text: for tests and for showing them. Allocates.</summary>
    public string[] Terms(string text)
    {
        var list = new TermList([]);
        _ = Analyse(text, ref list);
        return [.. list.Terms];
    }

    private readonly record struct TermList(List<string> Terms) : ITokenSink
    {
        public void Token(scoped ReadOnlySpan<char> term, TokenPlace place) => Terms.Add(term.ToString());
    }
}
