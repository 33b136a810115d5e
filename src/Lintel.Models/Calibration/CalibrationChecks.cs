namespace Lintel.Models.Calibration;

/// <summary>What every calibrator asks of its rows.</summary>
internal static class CalibrationChecks
{
    /// <exception cref="FitException">No row, shapes that disagree, a margin that is no number, a label other than 0 and 1, or a weight
    /// below 0.</exception>
    public static void CheckRows(string kind, ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, ReadOnlySpan<double> weights)
    {
        if (margins.Length != labels.Length)
        {
            throw new FitException($"{kind}: {margins.Length:N0} margins for {labels.Length:N0} labels");
        }
        if (margins.IsEmpty) { throw new FitException($"{kind}: no out-of-fold row to calibrate on. Widen the training window."); }
        if (!weights.IsEmpty && weights.Length != labels.Length)
        {
            throw new FitException($"{kind}: {weights.Length:N0} weights for {labels.Length:N0} labels");
        }
        foreach (var weight in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight))) { throw new FitException($"{kind}: a weight is {weight}, expected a finite one of at least 0"); }
        }
        for (var i = 0; i < margins.Length; i++)
        {
            if (!double.IsFinite(margins[i])) { throw new FitException($"{kind}: row {i} scored {margins[i]}, expected a finite number"); }
            if (labels[i] is not (0 or 1)) { throw new FitException($"{kind}: row {i} has label {labels[i]}, expected 0 or 1"); }
        }
    }
}
