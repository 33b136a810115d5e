namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>Step <c>stop …</c>: leaves out words that nearly every text holds.</summary>
internal sealed class StopStep : TextStep
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly int _longest;

    /// <param name="before">Steps that the words of the list go through first, as those of a text did.</param>
    internal StopStep(string words, TextAnalyser before)
    {
        HashSet<string> set = [.. before.Terms(words)];
        _words = set.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = set.Max(static w => w.Length);
    }

    internal override int Apply(Span<char> word, int length) => length <= _longest && _words.Contains(word[..length]) ? 0 : length;
}
