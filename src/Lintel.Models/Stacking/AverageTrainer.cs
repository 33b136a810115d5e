using Lintel.Design.Kinds;

namespace Lintel.Models.Stacking;

/// <summary>Kind <c>average</c>: the mean of the models' margins. Nothing is fitted, so nothing can be overfitted.</summary>
/// <remarks>The inputs must be of one scale: a mean of log-odds and path lengths means nothing. Any labels will do.</remarks>
public sealed class AverageTrainer : ICombinerTrainer
{
    public Kind Kind { get; } = new(KindFamily.Combiner, "average", typeof(NoParameters), "The mean of other models' margins, all of one scale.")
    {
        For = DecisionUse.All,
    };

    /// <inheritdoc/>
    public ICombiner Fit(object parameters, float[] labels, double[] margins, int inputCount, ReadOnlySpan<ScoreScale> scales,
        FitContext context)
    {
        CombinerChecks.CheckRows(Kind.Name, labels, margins, inputCount, scales);
        foreach (var scale in scales)
        {
            if (scale != scales[0])
            {
                throw new FitException($"{Kind.Name}: its models score on the scales {scales[0]} and {scale}; "
                    + "a mean needs one scale. Use kind 'stack', or combine fewer models.");
            }
        }
        var weights = new double[inputCount];
        Array.Fill(weights, 1.0 / inputCount);
        return new LinearCombiner(weights, 0, scales[0]);
    }

    public ICombiner Read(BinaryReader reader) => LinearCombiner.Read(reader);
}
