using Lintel.Design.Expressions;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Towers;

/// <summary>What the catalogue says of each item, as numbered tokens: members of its lists and values of its texts. A token that
/// fewer than two items with interactions share says nothing that could be carried over to another item, and is left out.</summary>
internal sealed class ItemContent
{
    private readonly int[] _starts;
    private readonly int[] _tokens;

    private ItemContent(int[] starts, int[] tokens, int tokenCount) => (_starts, _tokens, TokenCount) = (starts, tokens, tokenCount);

    public int TokenCount { get; }

    /// <summary>Tokens of an item, each once.</summary>
    public ReadOnlySpan<int> Of(int item) => _tokens.AsSpan(_starts[item].._starts[item + 1]);

    /// <param name="isTrained">[items]: it has interactions.</param>
    public static ItemContent Read(SourceExamples examples, ReadOnlySpan<bool> isTrained)
    {
        var table = examples.Items;
        var counts = new Dictionary<(int Field, int Code), int>();
        var found = new List<(int Field, int Code)>[examples.ItemCount];
        for (var item = 0; item < found.Length; item++)
        {
            found[item] = [];
            for (var field = 0; field < table.Design.Fields.Length; field++)
            {
                if (table.Design.Fields[field].Type == DataType.List)
                {
                    foreach (var member in table.List(field, item)) { found[item].Add((field, member)); }
                }
                else if (table.Design.Fields[field].Type == DataType.Text && table.Value(field, item) is >= 0 and var code)
                {
                    found[item].Add((field, (int)code));
                }
            }
            if (!isTrained[item]) { continue; }
            foreach (var token in found[item].Distinct()) { counts[token] = counts.GetValueOrDefault(token) + 1; }
        }
        var numbers = new Dictionary<(int Field, int Code), int>();
        var starts = new int[found.Length + 1];
        var tokens = new List<int>();
        for (var item = 0; item < found.Length; item++)
        {
            foreach (var token in found[item].Distinct())
            {
                if (counts.GetValueOrDefault(token) < 2) { continue; }
                if (!numbers.TryGetValue(token, out var number)) { numbers[token] = number = numbers.Count; }
                tokens.Add(number);
            }
            starts[item + 1] = tokens.Count;
        }
        return new(starts, [.. tokens], numbers.Count);
    }
}
