using Lintel.Numerics.Text.Posts;

namespace Lintel.Models.Texts;

/// <summary>Turns a column's text into the n-grams that stand for it; fitting, serving and replay read through this and nothing else.
/// Scratch of one thread.</summary>
internal sealed class GramReader(NgramShape shape)
{
    private readonly PostNormaliser _normaliser = new();
    private readonly GramBag _bag = new();

    /// <summary>The different n-grams of a text; empty when it is missing or has none.</summary>
    /// <param name="column">Tells the texts of two columns apart.</param> <returns>Valid until the next call.</returns>
    public ReadOnlySpan<int> Read(ITextSource texts, float code, int column) =>
        texts.TryText(code, out var text) ? Read(text, column) : default;

    public ReadOnlySpan<int> Read(ReadOnlySpan<char> text, int column)
    {
        _bag.Clear();
        Ngrams.Add(_normaliser.Normalise(text), shape, _bag, column);
        return _bag.Ids;
    }

    /// <summary>The words of a text's normal form.</summary>
    public string[] Words(ReadOnlySpan<char> text) => _normaliser.Normalise(text).ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
