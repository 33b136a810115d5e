using Lintel.Design.Kinds;
using Lintel.Models.Linear;

namespace Lintel.Models.Stacking;

/// <summary>Settings of kind <c>stack</c>.</summary>
public sealed record StackParameters
{
    /// <summary>1: with few inputs and many rows it only keeps weights finite when the inputs separate the classes.</summary>
    [Parameter("L2 penalty on the weights of the standardised inputs, beside a sum over rows.", Min = 1e-6, Max = 1e12)]
    public double Penalty { get; init; } = 1;
}

/// <summary>Kind <c>stack</c>: logistic regression over the models' log-odds and novelty measures, fitted on out-of-fold rows.</summary>
/// <remarks>The inputs are standardised while fitting and the weights turned back, so that the score is base + Σ weight·margin on the
/// scales that the models give, and contributions chain through. The rows must be of the natural rate, since nothing is undone here. An
/// input with one value gets weight 0. One row, or one class, is refused with <see cref="FitException"/>. Source: Wolpert, "Stacked
/// generalization", Neural Networks 5(2), 1992.</remarks>
public sealed class StackTrainer : ICombinerTrainer
{
    public Kind Kind { get; } = new(KindFamily.Combiner, "stack", typeof(StackParameters),
        "Logistic regression over other models' log-odds and novelty measures, fitted on out-of-fold scores.");

    /// <inheritdoc/>
    public ICombiner Fit(object parameters, float[] labels, double[] margins, int inputCount, ReadOnlySpan<ScoreScale> scales,
        FitContext context)
    {
        CombinerChecks.CheckRows(Kind.Name, labels, margins, inputCount, scales);
        TrainingChecks.CheckClasses(Kind.Name, labels);
        var means = new double[inputCount];
        var deviations = new double[inputCount];
        for (var input = 0; input < inputCount; input++)
        {
            double sum = 0, squares = 0;
            for (var i = input; i < margins.Length; i += inputCount) { sum += margins[i]; }
            means[input] = sum / labels.Length;
            for (var i = input; i < margins.Length; i += inputCount)
            {
                squares += (margins[i] - means[input]) * (margins[i] - means[input]);
            }
            var deviation = Math.Sqrt(squares / labels.Length);
            deviations[input] = deviation > 1e-12 * Math.Abs(means[input]) ? deviation : 0;
        }
        var b = LogisticRegression.Fit(
            inputCount, labels, Design, static _ => 1, ((StackParameters)parameters).Penalty, context);
        var weights = new double[inputCount];
        var start = b[0];
        for (var input = 0; input < inputCount; input++)
        {
            weights[input] = deviations[input] > 0 ? b[input + 1] / deviations[input] : 0;
            start -= weights[input] * means[input];
        }
        return new LinearCombiner(weights, start, ScoreScale.LogOdds);

        void Design(int row, Span<double> z)
        {
            for (var input = 0; input < inputCount; input++)
            {
                z[input] = deviations[input] > 0
                    ? (margins[(row * inputCount) + input] - means[input]) / deviations[input]
                    : 0;
            }
        }
    }

    public ICombiner Read(BinaryReader reader) => LinearCombiner.Read(reader);
}
