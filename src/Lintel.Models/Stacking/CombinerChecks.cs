namespace Lintel.Models.Stacking;

/// <summary>What every combiner asks of its rows.</summary>
internal static class CombinerChecks
{
    /// <exception cref="FitException">Nothing to combine, shapes that disagree, or a margin that is no number.</exception>
    public static void CheckRows(string kind, float[] labels, double[] margins, int inputCount, ReadOnlySpan<ScoreScale> scales)
    {
        if (inputCount < 1) { throw new FitException($"{kind}: no model to combine; name them with 'of'"); }
        if (labels.Length == 0) { throw new FitException($"{kind}: no out-of-fold row to fit on. Widen the training window."); }
        if (margins.Length != (long)labels.Length * inputCount || scales.Length != inputCount)
        {
            throw new FitException($"{kind}: {margins.Length:N0} margins and {scales.Length} scales for {labels.Length:N0} rows of {inputCount} models");
        }
        if (Array.FindIndex(margins, static m => !double.IsFinite(m)) is var bad and >= 0)
        {
            throw new FitException($"{kind}: row {bad / inputCount}, model {bad % inputCount} scored {margins[bad]}, expected a finite number");
        }
    }
}
