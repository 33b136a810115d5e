namespace Lintel.Training.Evaluation;

/// <summary>Some decisions that are looked at: by row the share of it, 0 or 1, and in between where ties share the last places.</summary>
/// <param name="Share">[n].</param>
public sealed record Selection(string Name, double[] Share)
{
    public static Selection Of(string name, ReadOnlySpan<bool> taken)
    {
        var share = new double[taken.Length];
        for (var i = 0; i < share.Length; i++) { share[i] = taken[i] ? 1 : 0; }
        return new(name, share);
    }

    /// <summary>Those of the largest margins, as many as there are places. Rows of the margin at the cut share the places that are left;
    /// NaN comes last.</summary>
    /// <param name="taken">Rows that are looked at anyway, on top of the places; null: none.</param>
    public static Selection Top(string name, double[] margins, int places, bool[]? taken = null)
    {
        var share = new double[margins.Length];
        int[] open = [.. Enumerable.Range(0, margins.Length).Where(i => taken is null || !taken[i])];
        for (var i = 0; i < share.Length; i++) { share[i] = taken is not null && taken[i] ? 1 : 0; }
        // NaN sorts as the least
        Array.Sort(open, (a, b) => margins[b].CompareTo(margins[a]));
        for (var (from, left) = (0, Math.Min(places, open.Length)); left > 0;)
        {
            var to = from;
            while (to < open.Length && margins[open[to]].Equals(margins[open[from]])) { to++; }
            var part = Math.Min(1.0, (double)left / (to - from));
            for (; from < to; from++) { share[open[from]] = part; }
            left = Math.Max(0, Math.Min(places, open.Length) - to);
        }
        return new(name, share);
    }
}
