using System.Collections.Immutable;
using System.Text;
using Lintel.Design;

namespace Lintel.Pipeline.Versions;

/// <summary>Where a regression's answer stands in the registers: the promise, the estimate, and the quantiles of its distribution.</summary>
public sealed class EstimateAnswer
{
    private EstimateAnswer(int promise, int estimate, ImmutableArray<QuantileAnswer> quantiles) =>
        (Promise, Estimate, Quantiles) = (promise, estimate, quantiles);

    /// <summary>Register of the promise.</summary>
    public int Promise { get; }

    /// <summary>Register of the estimate.</summary>
    public int Estimate { get; }

    /// <summary>The lowest first; empty: the answer is one value.</summary>
    public ImmutableArray<QuantileAnswer> Quantiles { get; }

    /// <returns>Null: the design decides by outcomes, or ranks.</returns>
    public static EstimateAnswer? Of(CompiledDesign compiled)
    {
        var design = compiled.Design;
        if (design.Decision.Kind != DecisionKind.Regression) { return null; }
        return new(
            compiled.Plan.PromiseRegister, compiled.Plan.ScoreRegister(design.Models[^1].Name),
            [.. design.Quantiles.Select(m => new QuantileAnswer(
                m.Quantile!.Level, Encoding.UTF8.GetBytes(m.Quantile.Text), compiled.Plan.ScoreRegister(m.Name)))]);
    }
}

/// <param name="Level">0 to 1.</param> <param name="Text">The level as it is written, UTF-8.</param>
public sealed record QuantileAnswer(double Level, byte[] Text, int Register);
