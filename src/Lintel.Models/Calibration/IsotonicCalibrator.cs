namespace Lintel.Models.Calibration;

/// <summary>Margins [From, To] have this probability.</summary>
internal readonly record struct CalibrationStep(double From, double To, double Probability);

/// <summary>A non-decreasing function: flat on each step, linear between two, flat beyond the ends.</summary>
public sealed class IsotonicCalibrator : ICalibrator
{
    private const int MaxSteps = 1 << 24;

    private readonly CalibrationStep[] _steps;
    private readonly double[] _from;

    internal IsotonicCalibrator(CalibrationStep[] steps)
    {
        _steps = steps;
        _from = Array.ConvertAll(steps, static s => s.From);
    }

    internal ReadOnlySpan<CalibrationStep> Steps => _steps;

    /// <summary>Strictly between 0 and 1; NaN for NaN. O(log steps).</summary>
    public double Probability(double margin)
    {
        if (double.IsNaN(margin)) { return double.NaN; }
        var at = Array.BinarySearch(_from, margin);
        if (at < 0) { at = ~at - 1; }
        if (at < 0) { return _steps[0].Probability; }
        ref readonly var step = ref _steps[at];
        if (margin <= step.To || at + 1 == _steps.Length) { return step.Probability; }
        ref readonly var next = ref _steps[at + 1];
        var share = (margin - step.To) / (next.From - step.To);
        return Math.Min(step.Probability + (share * (next.Probability - step.Probability)), next.Probability);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_steps.Length);
        foreach (var step in _steps)
        {
            writer.Write(step.From);
            writer.Write(step.To);
            writer.Write(step.Probability);
        }
    }

    internal static IsotonicCalibrator Read(BinaryReader reader)
    {
        var steps = new CalibrationStep[Payload.ReadCount(reader, "steps", 1, MaxSteps, 3 * sizeof(double))];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = new(
                Payload.ReadNumber(reader, $"begin of step {i}"), Payload.ReadNumber(reader, $"end of step {i}"), reader.ReadDouble());
            if (steps[i].To < steps[i].From || !(steps[i].Probability is > 0 and < 1)
                || (i > 0 && (steps[i].From <= steps[i - 1].To || steps[i].Probability < steps[i - 1].Probability)))
            {
                throw new InvalidDataException($"step {i} ({steps[i].From} to {steps[i].To} at {steps[i].Probability}) does not follow the one before; "
                    + "margins must rise and probabilities must not fall, strictly between 0 and 1");
            }
        }
        return new(steps);
    }
}
