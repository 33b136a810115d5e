namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>Step <c>synonyms</c>: a word of a group becomes the group's first one, in documents and in queries, so that each finds what the
/// others name and the group's frequency counts as one term's.</summary>
internal sealed class SynonymStep : TextStep
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _first;

    /// <param name="groups">Of single words, as people write them.</param>
    /// <param name="before">Steps that they go through first, as the words of a text did.</param>
    /// <exception cref="ArgumentException">There is no group, a group has fewer than two words, or a word is none, or of two groups.</exception>
    internal SynonymStep(IReadOnlyList<IReadOnlyList<string>> groups, TextAnalyser before)
    {
        if (groups.Count == 0) { throw new ArgumentException("analyse: step 'synonyms' has no groups; give it some, or leave it out"); }
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            string[] words = [.. group.Select(word => Single(word, before)).Distinct(StringComparer.Ordinal)];
            if (group.Count < 2)
            {
                throw new ArgumentException($"analyse: the synonyms [{string.Join(", ", group)}] are fewer than two words");
            }
            foreach (var word in words)
            {
                if (!first.TryAdd(word, words[0]))
                {
                    throw new ArgumentException($"analyse: '{word}' is of two groups of synonyms, [{first[word]}, …] and [{words[0]}, …]; join them");
                }
            }
        }
        _first = first.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal override int Apply(Span<char> word, int length)
    {
        if (!_first.TryGetValue(word[..length], out var first)) { return length; }
        first.CopyTo(word);
        return first.Length;
    }

    private static string Single(string word, TextAnalyser before) =>
        before.Terms(word) is [var term]
            ? term
            : throw new ArgumentException($"analyse: the synonym '{word}' is {before.Terms(word).Length} terms behind the steps before; expected one");
}
