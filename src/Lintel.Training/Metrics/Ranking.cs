namespace Lintel.Training.Metrics;

/// <summary>Orders rows by score, the one way everywhere: highest first, NaN last, ties in row order.</summary>
public static class Ranking
{
    /// <returns>Row indexes, [n].</returns>
    public static int[] Descending(ReadOnlySpan<double> scores)
    {
        var keys = new double[scores.Length];
        var rows = new int[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            keys[i] = double.IsNaN(scores[i]) ? double.PositiveInfinity : -scores[i];
            rows[i] = i;
        }
        Array.Sort(keys, rows);
        for (var start = 0; start < keys.Length;)          // the library's sort is not stable: ties get their order back
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) { end++; }
            if (end - start > 1) { Array.Sort(rows, start, end - start); }
            start = end;
        }
        return rows;
    }

    /// <summary>Exclusive ends of the stretches of equal values in a sorted column; NaN equals NaN.</summary>
    public static int[] TieEnds(ReadOnlySpan<double> sorted)
    {
        var ends = new List<int>(sorted.Length);
        for (var i = 1; i <= sorted.Length; i++)
        {
            if (i == sorted.Length || !sorted[i].Equals(sorted[i - 1]))          // Equals: NaN is equal to itself
            {
                ends.Add(i);
            }
        }
        return [.. ends];
    }
}
