using Lintel.Design.Kinds;
using Lintel.Models.Stacking;

namespace Lintel.Models.Conformal;

/// <summary>Kind <c>conformal</c>: ranges that hold as often as they say. In the graph it hands on a quantile; what is added to it, the
/// shift, is read as a feature, and follows from outcomes (<see cref="AdaptiveQuantile"/>).</summary>
public sealed class ConformalTrainer : ICombinerTrainer
{
    public const string Name = "conformal";

    public Kind Kind { get; } = new(
        KindFamily.Combiner, Name, typeof(ConformalParameters),
        "Ranges over another model's quantiles that hold as often as they say: each end follows the outcomes that have become known, overall and by slice.")
    {
        For = DecisionUse.Regression,
        CoversRanges = true,
    };

    /// <inheritdoc/>
    public ICombiner Fit(object parameters, float[] labels, double[] margins, int inputCount, ReadOnlySpan<ScoreScale> scales,
        FitContext context)
    {
        CombinerChecks.CheckRows(Kind.Name, labels, margins, inputCount, scales);
        return inputCount == 1 ? new HandedOn(scales[0])
            : throw new FitException($"{Kind.Name}: {inputCount} models, expected one quantile");
    }

    public ICombiner Read(BinaryReader reader) => new HandedOn(Payload.ReadScale(reader));

    private sealed class HandedOn(ScoreScale scale) : ICombiner
    {
        public int InputCount => 1;

        public ScoreScale Scale => scale;

        public double Score(ReadOnlySpan<double> margins) => margins[0];

        public double Explain(ReadOnlySpan<double> margins, Span<double> weights)
        {
            weights[0] = 1;
            return 0;
        }

        public void Write(BinaryWriter writer) => writer.Write((byte)scale);
    }
}
