using Lintel.Design;
using Lintel.Numerics.Random;

namespace Lintel.Training.Splits;

/// <summary>Splits by a key, as published protocols use them.</summary>
/// <remarks><c>folds: k</c>: the keys are dealt at random into k equal folds, repetition i tests on fold i and trains on the others.
/// <c>leave: last</c>: each key's last decision is test, the last but one validate, the earlier ones train; keys with fewer than
/// three decisions train only. <c>random: p, seeds: s</c>: within each key a share p of its decisions, at random, trains and the rest
/// tests; repetition i is seed i.</remarks>
internal static class KeySplit
{
    public static SplitPlan Make(SplitDesign.ByKey design, SplitRows rows, int repetition)
    {
        if (!rows.Keys.TryGetValue(design.Key, out var keys))
        {
            throw SplitPlan.Fault(
                "LT0395", design, $"the decisions have no key '{design.Key}'",
                $"split by one of: {string.Join(", ", rows.Keys.Keys)}");
        }
        var groups = Groups(keys, rows.Known);
        var parts = new SplitPart[rows.Count];
        if (design.Folds is { } folds) { Folds(groups, folds, repetition, parts); }
        else if (design.Leave is not null) { LeaveLast(groups, parts); }
        else { Random(groups, design.Random ?? 0.75, (ulong)repetition, parts); }
        return SplitPlan.Timeless(parts, rows, $"key {design.Key}");
    }

    /// <summary>Rows of each key in order of time, keys by ascending code.</summary>
    private static List<int[]> Groups(int[] keys, long[] known)
    {
        var groups = new SortedDictionary<int, List<int>>();
        for (var i = 0; i < keys.Length; i++)
        {
            if (!groups.TryGetValue(keys[i], out var rows)) { groups.Add(keys[i], rows = []); }
            rows.Add(i);
        }
        return [.. groups.Values.Select(g => g.OrderBy(r => known[r]).ToArray())];
    }

    private static void Folds(List<int[]> groups, int folds, int repetition, SplitPart[] parts)
    {
        int[] order = [.. Enumerable.Range(0, groups.Count)];
        new RandomStream(0).Shuffle<int>(order);
        for (var i = 0; i < order.Length; i++)
        {
            var part = i % folds == repetition ? SplitPart.Test : SplitPart.Train;
            foreach (var row in groups[order[i]]) { parts[row] = part; }
        }
    }

    private static void LeaveLast(List<int[]> groups, SplitPart[] parts)
    {
        foreach (var rows in groups)
        {
            foreach (var row in rows) { parts[row] = SplitPart.Train; }
            if (rows.Length < 3) { continue; }
            parts[rows[^1]] = SplitPart.Test;
            parts[rows[^2]] = SplitPart.Validate;
        }
    }

    private static void Random(List<int[]> groups, double share, ulong seed, SplitPart[] parts)
    {
        var random = new RandomStream(seed);
        foreach (var group in groups)
        {
            int[] rows = [.. group];
            random.Shuffle<int>(rows);
            var train = (int)Math.Round(share * rows.Length, MidpointRounding.AwayFromZero);
            for (var i = 0; i < rows.Length; i++) { parts[rows[i]] = i < train ? SplitPart.Train : SplitPart.Test; }
        }
    }
}
