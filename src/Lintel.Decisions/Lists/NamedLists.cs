using System.Collections.Frozen;
using System.Collections.Immutable;
using Lintel.Features;

namespace Lintel.Decisions.Lists;

/// <summary>Lists that people keep beside the design (<c>card in blocklist</c>): sets of codes by list name. Immutable: a change
/// makes a new one, and a request sees one of them from its beginning to its end.</summary>
public sealed class NamedLists
{
    private readonly ImmutableDictionary<string, FrozenSet<int>> _lists;

    private NamedLists(ImmutableDictionary<string, FrozenSet<int>> lists) => _lists = lists;

    /// <summary>No list has a member.</summary>
    public static NamedLists Empty { get; } = new(ImmutableDictionary.Create<string, FrozenSet<int>>(StringComparer.Ordinal));

    public IEnumerable<string> Names => _lists.Keys.Order(StringComparer.Ordinal);

    /// <summary>The same lists with one of them replaced.</summary>
    /// <param name="codes">Codes of the dictionary of the value that the design looks up in this list.</param>
    public NamedLists With(string list, IEnumerable<int> codes) => new(_lists.SetItem(list, codes.ToFrozenSet()));

    /// <summary>Whether a code stands in a list; a list that does not exist is empty.</summary>
    public bool Contains(string list, int code) => _lists.TryGetValue(list, out var codes) && codes.Contains(code);

    /// <summary>Fills the registers of list memberships: 1 or 0, missing where the value is missing.</summary>
    public void Fill(FeaturePlan plan, Span<double> registers)
    {
        foreach (var (register, list, value) in plan.Lists)
        {
            var code = value.Evaluate(registers);
            registers[register] = double.IsNaN(code) ? double.NaN : Contains(list, (int)code) ? 1 : 0;
        }
    }
}
