namespace Lintel.Models.GradientBoosting;

/// <summary>Derivatives of a loss over pairs of one group's rows: of each pair with different grades, the better row should score
/// higher.</summary>
/// <remarks>For row i graded above row j, with margins s: ρ = 1 / (1 + e^(s_i − s_j)) and weight δ, the pair adds −ρδ to the gradient
/// of i, +ρδ to that of j, and ρ(1 − ρ)δ to both hessians. Pairwise: δ = 1. LambdaRank: δ is what nDCG would change if both swapped
/// their places, (2^g_i − 2^g_j) |1/log2(1 + r_i) − 1/log2(1 + r_j)| / ideal DCG. A group's sums are then multiplied by
/// log2(1 + S) / S, S = 2 Σ ρδ, so that a long list does not outvote many short ones, and each pair by the weight of its better row.
/// Every pair counts, none is sampled; groups do not touch each other: the result does not depend on threads. XGBoost 1.7's own
/// ranking losses draw pairs by generators that belong to threads, so their models would.
/// Source: Burges, "From RankNet to LambdaRank to LambdaMART: An Overview", MSR-TR-2010-82; the multiplier is LightGBM's
/// <c>lambdarank_norm</c>.</remarks>
internal sealed class RankingLoss : IBoostingLoss
{
    /// <summary>Larger grades would make gains that drown all others.</summary>
    internal const int MaxGrade = 31;

    private readonly TrainingRows _rows;
    private readonly bool _byNdcg;
    private readonly int _threads, _widest;
    private readonly int[] _starts;
    private readonly double[] _discounts;

    /// <exception cref="FitException">No groups, groups that do not cover the rows, a grade out of range, or nothing to compare.</exception>
    internal RankingLoss(string kind, TrainingRows rows, bool byNdcg, int threads)
    {
        (_rows, _byNdcg, _threads) = (rows, byNdcg, threads);
        _starts = Starts(kind, rows);
        CheckGrades(kind, rows.Labels, _starts);
        _widest = rows.Groups!.Max();
        _discounts = new double[_widest];
        for (var rank = 0; rank < _widest; rank++) { _discounts[rank] = 1 / Math.Log2(rank + 2); }
        Gradients = new float[rows.Count];
        Hessians = new float[rows.Count];
    }

    public float[] Gradients { get; }

    public float[] Hessians { get; }

    public void Derive(float[] margins, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellation };
        Parallel.For(0, _starts.Length - 1, parallel, () => new Scratch(_widest), (group, _, scratch) =>
        {
            var (start, count) = (_starts[group], _starts[group + 1] - _starts[group]);
            Group(start, margins.AsSpan(start, count), _rows.Labels.AsSpan(start, count), scratch);
            return scratch;
        }, static _ => { });
    }

    private void Group(int start, ReadOnlySpan<float> margins, ReadOnlySpan<float> grades, Scratch scratch)
    {
        var gradients = scratch.Gradients.AsSpan(0, margins.Length);
        var hessians = scratch.Hessians.AsSpan(0, margins.Length);
        gradients.Clear();
        hessians.Clear();
        var toIdeal = _byNdcg ? Places(margins, grades, scratch) : 0;
        double sum = 0;
        for (var i = 0; i < grades.Length; i++)
        {
            var weight = _rows.Weights is { } weights ? weights[start + i] : 1;
            for (var j = 0; j < grades.Length; j++)
            {
                if (!(grades[i] > grades[j])) { continue; }
                double rho = 1 / (1 + MathF.Exp(margins[i] - margins[j]));
                var delta = _byNdcg
                    ? (scratch.Gains[i] - scratch.Gains[j]) * Math.Abs(scratch.Discounts[i] - scratch.Discounts[j]) * toIdeal
                    : 1;
                sum += 2 * rho * delta;
                gradients[i] -= weight * rho * delta;
                gradients[j] += weight * rho * delta;
                hessians[i] += weight * rho * (1 - rho) * delta;
                hessians[j] += weight * rho * (1 - rho) * delta;
            }
        }
        var scale = sum > 0 ? Math.Log2(1 + sum) / sum : 0;
        for (var i = 0; i < grades.Length; i++)
        {
            Gradients[start + i] = (float)(scale * gradients[i]);
            Hessians[start + i] = (float)(scale * hessians[i]);
        }
    }

    /// <summary>Gain and discount of each row as the margins rank them, ties as they come.</summary>
    /// <returns>1 / ideal DCG; 0 where no row has a gain.</returns>
    private double Places(ReadOnlySpan<float> margins, ReadOnlySpan<float> grades, Scratch scratch)
    {
        var keys = scratch.Keys.AsSpan(0, margins.Length);
        var ideal = scratch.Gains.AsSpan(0, margins.Length);
        for (var i = 0; i < margins.Length; i++)
        {
            keys[i] = Key(margins[i], i);
            ideal[i] = Gain(grades[i]);
        }
        keys.Sort();
        for (var rank = 0; rank < keys.Length; rank++) { scratch.Discounts[(int)keys[rank]] = _discounts[rank]; }
        ideal.Sort();
        var dcg = 0.0;
        for (var rank = 0; rank < ideal.Length; rank++) { dcg += ideal[^(rank + 1)] * _discounts[rank]; }
        for (var i = 0; i < grades.Length; i++) { scratch.Gains[i] = Gain(grades[i]); }
        return dcg > 0 ? 1 / dcg : 0;
    }

    /// <summary>A number that sorts by falling margin, then by rising row; the row is its lower half.</summary>
    private static ulong Key(float margin, int row)
    {
        var bits = BitConverter.SingleToInt32Bits(margin);
        // the bits of floats order like integers once those of negative ones are turned around
        var rising = bits < 0 ? ~(uint)bits : (uint)bits | 0x8000_0000;
        return ((ulong)~rising << 32) | (uint)row;
    }

    private static double Gain(float grade) => (1u << (int)grade) - 1.0;

    private static int[] Starts(string kind, TrainingRows rows)
    {
        if (rows.Groups is not { } groups)
        {
            throw new FitException($"{kind}: a ranking loss compares the rows of one request, and these rows have no groups. "
                + "Use it in a design whose decision is a ranking, or 'objective: logistic'.");
        }
        var starts = new int[groups.Length + 1];
        for (var g = 0; g < groups.Length; g++)
        {
            if (groups[g] < 1) { throw new FitException($"{kind}: group {g} has {groups[g]} rows, expected 1 or more"); }
            starts[g + 1] = checked(starts[g] + groups[g]);
        }
        return starts[^1] == rows.Count
            ? starts
            : throw new FitException($"{kind}: groups of {starts[^1]:N0} rows together, but there are {rows.Count:N0} rows");
    }

    private static void CheckGrades(string kind, ReadOnlySpan<float> grades, ReadOnlySpan<int> starts)
    {
        for (var i = 0; i < grades.Length; i++)
        {
            if (!(grades[i] is >= 0 and <= MaxGrade) || grades[i] != MathF.Truncate(grades[i]))
            {
                throw new FitException($"{kind}: row {i} has label {grades[i]}, expected a whole number of 0 to {MaxGrade}: a grade");
            }
        }
        for (var g = 0; g + 1 < starts.Length; g++)
        {
            var group = grades[starts[g]..starts[g + 1]];
            if (group.IndexOfAnyExcept(group[0]) >= 0) { return; }
        }
        throw new FitException($"{kind}: in each of the {starts.Length - 1:N0} groups all rows have one label; a ranking loss "
            + "learns from rows of one request that differ. Widen the training window, or check the label.");
    }

    private sealed class Scratch(int widest)
    {
        internal ulong[] Keys { get; } = new ulong[widest];

        internal double[] Gains { get; } = new double[widest];

        internal double[] Discounts { get; } = new double[widest];

        internal double[] Gradients { get; } = new double[widest];

        internal double[] Hessians { get; } = new double[widest];
    }
}
