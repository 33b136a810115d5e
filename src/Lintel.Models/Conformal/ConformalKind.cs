using Lintel.Design.Kinds;

namespace Lintel.Models.Conformal;

/// <summary>Kind <c>conformal</c>: ranges that hold as often as they say. Nothing of it is fitted: its nodes hand on quantiles and add a
/// shift, which is read as a feature and follows from outcomes (<see cref="AdaptiveQuantile"/>).</summary>
public static class ConformalKind
{
    public static Kind Kind { get; } = new(
        KindFamily.Combiner, "conformal", typeof(ConformalParameters),
        "Ranges over another model's quantiles that hold as often as they say: each end follows the outcomes that have become known, overall and by slice.")
    {
        For = DecisionUse.Regression,
        CoversRanges = true,
    };
}
