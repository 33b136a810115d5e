using Lintel.Design.Kinds;

namespace Lintel.Models.Calibration;

/// <summary>Kind <c>platt</c>: probability = σ(slope·margin + intercept), for few positives.</summary>
/// <remarks>Fitted by Newton's method to Platt's smoothed targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2). A margin that runs against the labels would
/// give a falling function; then the slope is 0 and every margin has the smoothed base rate. Any labels will do.
/// Source: Platt, 1999; Lin, Lin and Weng, "A note on Platt's probabilistic outputs", Machine Learning 68, 2007.</remarks>
public sealed class PlattTrainer : ICalibratorTrainer
{
    private const int MaxSteps = 100;

    public Kind Kind { get; } = new(KindFamily.Calibrator, "platt", typeof(NoParameters),
        "A logistic curve of the margin with two parameters; for few positives.");

    /// <inheritdoc/>
    public ICalibrator Fit(
        ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, ReadOnlySpan<double> weights = default)
    {
        CalibrationChecks.CheckRows(Kind.Name, margins, labels, weights);
        double positives = 0, negatives = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            positives += weight * labels[i];
            negatives += weight * (1 - labels[i]);
        }
        var (yes, no) = ((positives + 1) / (positives + 2), 1 / (negatives + 2));
        var (mean, deviation) = Moments(margins);
        // on standardised margins the two parameters are of one size
        double slope = 0, intercept = Math.Log((positives + 1) / (negatives + 1));
        var loss = Loss(margins, labels, weights, yes, no, mean, deviation, slope, intercept);
        for (var step = 0; step < MaxSteps && deviation > 0; step++)
        {
            double g1 = 0, g0 = 0, h11 = 1e-12, h10 = 0, h00 = 1e-12;
            for (var i = 0; i < margins.Length; i++)
            {
                var x = (margins[i] - mean) / deviation;
                var p = 1 / (1 + Math.Exp(-((slope * x) + intercept)));
                var weight = weights.IsEmpty ? 1 : weights[i];
                var (error, w) = (weight * (p - (labels[i] == 1 ? yes : no)), weight * p * (1 - p));
                g1 += error * x;
                g0 += error;
                h11 += w * x * x;
                h10 += w * x;
                h00 += w;
            }
            var determinant = (h11 * h00) - (h10 * h10);
            var (d1, d0) = (((h00 * g1) - (h10 * g0)) / determinant, ((h11 * g0) - (h10 * g1)) / determinant);
            var size = 1.0;
            for (; size > 1e-10; size /= 2)
            {
                var tried = Loss(margins, labels, weights, yes, no, mean, deviation, slope - (size * d1), intercept - (size * d0));
                if (tried > loss) { continue; }
                (slope, intercept, loss) = (slope - (size * d1), intercept - (size * d0), tried);
                break;
            }
            if (size <= 1e-10 || Math.Abs(d1) + Math.Abs(d0) < 1e-12) { break; }
        }
        return slope > 0
            ? new PlattCalibrator(slope / deviation, intercept - (slope * mean / deviation))
            : new PlattCalibrator(0, Math.Log((positives + 1) / (negatives + 1)));
    }

    public ICalibrator Read(BinaryReader reader) => PlattCalibrator.Read(reader);

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> margins)
    {
        double sum = 0, squares = 0;
        foreach (var margin in margins) { sum += margin; }
        var mean = sum / margins.Length;
        foreach (var margin in margins) { squares += (margin - mean) * (margin - mean); }
        var deviation = Math.Sqrt(squares / margins.Length);
        return (mean, deviation > 1e-12 * Math.Abs(mean) ? deviation : 0);
    }

    private static double Loss(ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, ReadOnlySpan<double> weights, double yes, double no,
        double mean, double deviation, double slope, double intercept)
    {
        var loss = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            var z = (slope * (deviation > 0 ? (margins[i] - mean) / deviation : 0)) + intercept;
            loss += (weights.IsEmpty ? 1 : weights[i]) * (Math.Max(z, 0) - ((labels[i] == 1 ? yes : no) * z) + Math.Log(1 + Math.Exp(-Math.Abs(z))));
        }
        return loss;
    }
}

/// <summary>σ(slope·margin + intercept), kept a hair away from 0 and 1; slope is 0 or more.</summary>
public sealed class PlattCalibrator : ICalibrator
{
    private const double Least = 1e-15;

    private readonly double _slope;
    private readonly double _intercept;

    internal PlattCalibrator(double slope, double intercept) => (_slope, _intercept) = (slope, intercept);

    internal double Slope => _slope;

    internal double Intercept => _intercept;

    /// <summary>1e-15 to 1 − 1e-15; NaN for NaN.</summary>
    public double Probability(double margin) =>
        Math.Clamp(1 / (1 + Math.Exp(-((_slope * margin) + _intercept))), Least, 1 - Least);

    public void Write(BinaryWriter writer)
    {
        writer.Write(_slope);
        writer.Write(_intercept);
    }

    internal static PlattCalibrator Read(BinaryReader reader)
    {
        var slope = Payload.ReadNumber(reader, "slope");
        return slope >= 0
            ? new(slope, Payload.ReadNumber(reader, "intercept"))
            : throw new InvalidDataException($"slope is {slope}, expected 0 or more: probabilities must not fall");
    }
}
