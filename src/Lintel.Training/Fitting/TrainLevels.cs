using Lintel.Models;

namespace Lintel.Training.Fitting;

/// <summary>What train says of the label without any feature: what trivial competitors know.</summary>
/// <param name="PositiveRate">Share of positives, of classes.</param> <param name="Mean">Of values, weighted as fits are.</param>
/// <param name="Median">Likewise.</param>
internal sealed record TrainLevels(double PositiveRate, double Mean, double Median)
{
    /// <param name="train">Rows whose label is known.</param>
    public static TrainLevels Of(Examples examples, int[] train)
    {
        var rate = (double)examples.Positives(train) / train.Length;
        if (!examples.HasValues) { return new(rate, double.NaN, double.NaN); }
        var (labels, weights) = (examples.LabelsOf(train), examples.FitWeightsOf(train) ?? []);
        double sum = 0, all = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            double weight = weights.Length == 0 ? 1 : weights[i];
            sum += weight * labels[i];
            all += weight;
        }
        return new(rate, sum / all, WeightedQuantile.Of(labels, weights, 0.5));
    }
}
