using Lintel.Design.Expressions;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Evaluation;

/// <summary>A 95 % interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    private const double LeastDefined = 0.9;

    /// <summary>Percentile interval of bootstrap replicates (2.5 % and 97.5 %, interpolated linearly).</summary>
    /// <returns>Null when more than a tenth of the replicates is undefined: the rest would not be a fair sample.</returns>
    public static Interval? Of95(ReadOnlySpan<double> replicates)
    {
        var defined = new List<double>(replicates.Length);
        foreach (var r in replicates)
        {
            if (!double.IsNaN(r)) { defined.Add(r); }
        }
        if (defined.Count == 0 || defined.Count < LeastDefined * replicates.Length) { return null; }
        defined.Sort();
        return new(Quantile(defined, 0.025), Quantile(defined, 0.975));
    }

    /// <summary>Holds when the whole interval lies on the right side of the bound, broken when it lies on the wrong one.</summary>
    /// <exception cref="ArgumentException">The comparison is none of &lt; ≤ &gt; ≥.</exception>
    public Verdict Judge(BinaryOperator comparison, double bound) => comparison switch
    {
        BinaryOperator.GreaterOrEqual => Low >= bound ? Verdict.Holds : High < bound ? Verdict.Broken : Verdict.Undecided,
        BinaryOperator.Greater => Low > bound ? Verdict.Holds : High <= bound ? Verdict.Broken : Verdict.Undecided,
        BinaryOperator.LessOrEqual => High <= bound ? Verdict.Holds : Low > bound ? Verdict.Broken : Verdict.Undecided,
        BinaryOperator.Less => High < bound ? Verdict.Holds : Low >= bound ? Verdict.Broken : Verdict.Undecided,
        _ => throw new ArgumentException($"a claim compares with <, <=, > or >=, got {comparison}", nameof(comparison)),
    };

    public double?[] ToArray() => [Low, High];

    internal static double Quantile(List<double> sorted, double q)
    {
        var at = q * (sorted.Count - 1);
        var below = (int)at;
        return below + 1 < sorted.Count
            ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
