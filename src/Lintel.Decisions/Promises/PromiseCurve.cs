using Lintel.Features;
using Lintel.Numerics;

namespace Lintel.Decisions.Promises;

/// <summary>A decision's distribution as its quantiles tell it.</summary>
/// <param name="levels">Rising, 0 to 1, at least two.</param> <param name="quantiles">Of each level.</param>
public sealed class PromiseCurve(double[] levels, ExpressionProgram[] quantiles)
{
    private const int MaxOnStack = 64;

    /// <summary>The value below which a share of the outcomes lies.</summary>
    /// <param name="level">0 to 1; NaN gives NaN.</param>
    public double At(double level, ReadOnlySpan<double> registers)
    {
        var values = levels.Length <= MaxOnStack ? stackalloc double[levels.Length] : new double[levels.Length];
        for (var q = 0; q < values.Length; q++) { values[q] = quantiles[q].Evaluate(registers); }
        return QuantileCurve.At(levels, values, level);
    }
}
