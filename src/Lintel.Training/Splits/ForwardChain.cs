namespace Lintel.Training.Splits;

/// <summary>One step of the chain: rows that fit, and later rows that are scored by that fit.</summary>
public sealed record ForwardFold(int[] Fit, int[] Score);

/// <summary>Out-of-fold scores that keep the order of time: the train part is cut into blocks of equal size, and each block but the
/// first is scored by a model that was fitted on what was known before it began.</summary>
/// <remarks>Rows of one instant stay in one block. A fold fits on rows that were decided at least the gap before its block begins and
/// whose labels were known by then, so the distance between fitting and scoring is the one that validate and test have too. When the
/// train part is so short that less than a quarter of its rows would be scored (a week of training under a week's gap), the gap is
/// given up: then a fold fits on all rows decided before its block. Their labels are still known before the fit is made, which
/// waits for the next part to begin; <see cref="GapKept"/> says which it was, and the orchestration reports it.
/// Source: Bergmeir and Benítez, Information Sciences 191, 2012 (blocked, forward-chained cross-validation).</remarks>
public sealed class ForwardChain
{
    private ForwardChain(IReadOnlyList<ForwardFold> folds, bool gapKept)
    {
        Folds = folds;
        GapKept = gapKept;
    }

    /// <summary>In order of time; empty when no block can be scored.</summary>
    public IReadOnlyList<ForwardFold> Folds { get; }

    public bool GapKept { get; }

    /// <summary>Rows that some fold scores.</summary>
    public int ScoredCount => Folds.Sum(static f => f.Score.Length);

    /// <param name="rows">Rows of the train part whose labels may be used; indexes into the columns.</param>
    /// <param name="known">When each row was decided, microseconds.</param>
    /// <param name="labelKnown">When its label became known.</param>
    /// <param name="blocks">At least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blocks"/> is below 2.</exception>
    public static ForwardChain Make(int[] rows, long[] known, long[] labelKnown, int blocks, TimeSpan gap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 2);
        int[] ordered = [.. rows.OrderBy(r => known[r]).ThenBy(static r => r)];
        var starts = Starts(ordered, known, blocks);
        var strict = Chain(ordered, starts, known, labelKnown, CalendarDay.Microseconds(gap), whenKnown: true);
        var chain = new ForwardChain(strict, gapKept: true);
        return 4 * chain.ScoredCount >= rows.Length
            ? chain
            : new(Chain(ordered, starts, known, labelKnown, 0, whenKnown: false), gapKept: false);
    }

    private static List<ForwardFold> Chain(
        int[] ordered, List<int> starts, long[] known, long[] labelKnown, long gap, bool whenKnown)
    {
        var folds = new List<ForwardFold>();
        for (var block = 1; block < starts.Count; block++)
        {
            var start = starts[block];
            var end = block + 1 < starts.Count ? starts[block + 1] : ordered.Length;
            var begins = known[ordered[start]];
            var fit = new List<int>();
            for (var i = 0; i < start; i++)
            {
                var row = ordered[i];
                if (known[row] < begins - gap + 1 && (!whenKnown || labelKnown[row] < begins)) { fit.Add(row); }
            }
            if (fit.Count > 0) { folds.Add(new([.. fit], ordered[start..end])); }
        }
        return folds;
    }

    private static List<int> Starts(int[] ordered, long[] known, int blocks)
    {
        var starts = new List<int> { 0 };
        for (var block = 1; block < blocks; block++)
        {
            var start = (int)((long)block * ordered.Length / blocks);
            while (start < ordered.Length && start > 0 && known[ordered[start]] == known[ordered[start - 1]]) { start++; }
            if (start < ordered.Length && start > starts[^1]) { starts.Add(start); }
        }
        return starts;
    }
}
