using Lintel.Design;
using Lintel.Models.Conformal;

namespace Lintel.Pipeline.Ranges;

/// <summary>Where ranges that follow outcomes stand in the registers. Immutable.</summary>
internal sealed class RangePlan
{
    private RangePlan(CompiledDesign compiled, RangeDesign range)
    {
        var plan = compiled.Plan;
        Range = range;
        Settings = (ConformalParameters)range.Parameters;
        Quantiles = [.. range.Ends.Select(e => plan.ScoreRegister(e.Quantile))];
        Shifts = [.. range.Ends.Select(e => plan.FeatureStart + plan.FeatureNames.IndexOf(e.Shift))];
        Slice = range.By is { } by ? plan.FeatureStart + plan.FeatureNames.IndexOf(by) : -1;
    }

    public RangeDesign Range { get; }

    public ConformalParameters Settings { get; }

    /// <summary>Registers of the quantiles that are moved, by end.</summary>
    public int[] Quantiles { get; }

    /// <summary>Registers of what they are moved by, which are features.</summary>
    public int[] Shifts { get; }

    /// <summary>Register of the slice; −1: none.</summary>
    public int Slice { get; }

    /// <returns>Null: the design's ranges do not follow outcomes.</returns>
    public static RangePlan? Of(CompiledDesign compiled) => compiled.Design.Range is { } range ? new(compiled, range) : null;

    /// <summary>Code of a decision's slice; −1: none, or its value is missing or out of bounds.</summary>
    public static int SliceOf(double value) => value is >= 0 and < int.MaxValue ? (int)value : -1;
}
