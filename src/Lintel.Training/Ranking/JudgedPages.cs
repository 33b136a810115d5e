namespace Lintel.Training.Ranking;

/// <summary>Decisions of a ranking with the list that each was given and what turned out to be right: what every
/// ranking metric judges. Decision order is the caller's and no figure depends on it.</summary>
public sealed class JudgedPages
{
    private static readonly Dictionary<string, int[]> NoKeys = [];

    /// <summary>Item codes, best first, as the policy left them or as a competitor ordered them; no item twice in a
    /// list; [n][any].</summary>
    public required int[][] Lists { get; init; }

    /// <summary>What was right at each decision, of the full catalogue whether it was retrieved or not: items with
    /// their gain, above 0 (1 for a yes); no item twice; [n][any].</summary>
    public required (int Item, float Gain)[][] Relevant { get; init; }

    /// <summary>Day number of each decision in the design's time zone, [n].</summary>
    public required int[] Days { get; init; }

    /// <summary>Codes of the keys, by entity, each [n].</summary>
    public IReadOnlyDictionary<string, int[]> Keys { get; init; } = NoKeys;

    public required ItemFacts Items { get; init; }

    /// <summary>What each decision's user had to do with before, [n][any]; null: not told, and calibration is
    /// undefined.</summary>
    public int[][]? Histories { get; init; }

    public int Count => Lists.Length;

    /// <summary>Decisions at which something was right.</summary>
    public int WithRelevantCount => Relevant.Count(static r => r.Length > 0);

    /// <summary>The same decisions under another order of items.</summary>
    public JudgedPages WithLists(int[][] lists) => new()
    {
        Lists = lists,
        Relevant = Relevant,
        Days = Days,
        Keys = Keys,
        Items = Items,
        Histories = Histories,
    };

    /// <summary>Only a part of what was right: how well is that part found?</summary>
    /// <param name="kept">Beside <see cref="Relevant"/>, [n][relevant].</param>
    public JudgedPages Keeping(bool[][] kept) => new()
    {
        Lists = Lists,
        Relevant = [.. Relevant.Select((r, d) => r.Where((_, i) => kept[d][i]).ToArray())],
        Days = Days,
        Keys = Keys,
        Items = Items,
        Histories = Histories,
    };

    /// <summary>Some of the decisions, in the order given.</summary>
    public JudgedPages Pick(int[] decisions) => new()
    {
        Lists = [.. decisions.Select(d => Lists[d])],
        Relevant = [.. decisions.Select(d => Relevant[d])],
        Days = [.. decisions.Select(d => Days[d])],
        Keys = Keys.ToDictionary(static k => k.Key, k => decisions.Select(d => k.Value[d]).ToArray()),
        Items = Items,
        Histories = Histories is null ? null : [.. decisions.Select(d => Histories[d])],
    };

    /// <exception cref="ArgumentException">Columns differ in length, a list holds an item twice or one without a code,
    /// or a gain is not above 0.</exception>
    public void Check()
    {
        CheckLength(nameof(Relevant), Relevant.Length);
        CheckLength(nameof(Days), Days.Length);
        CheckLength(nameof(Histories), Histories?.Length ?? Count);
        foreach (var (entity, codes) in Keys) { CheckLength($"{nameof(Keys)}[{entity}]", codes.Length); }
        Items.Check();
        var seen = new HashSet<int>();
        for (var d = 0; d < Count; d++)
        {
            seen.Clear();
            foreach (var item in Lists[d])
            {
                if ((uint)item >= (uint)Items.Count)
                {
                    throw new ArgumentException($"list of decision {d} holds item code {item}, expected 0 to {Items.Count - 1}");
                }
                if (!seen.Add(item)) { throw new ArgumentException($"list of decision {d} holds item code {item} twice"); }
            }
            seen.Clear();
            foreach (var (item, gain) in Relevant[d])
            {
                if (!seen.Add(item) || !(gain > 0))
                {
                    throw new ArgumentException(
                        $"item code {item} of decision {d} has the gain {gain}: expected one above 0, once an item");
                }
            }
        }
    }

    private void CheckLength(string column, int length)
    {
        if (length != Count) { throw new ArgumentException($"{column} has {length} decisions, {nameof(Lists)} has {Count}"); }
    }
}
