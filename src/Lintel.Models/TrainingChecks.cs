namespace Lintel.Models;

/// <summary>What every trainer asks of its rows before it fits.</summary>
internal static class TrainingChecks
{
    /// <summary>Shapes agree, no value is infinite, weights are 0 or more, labels are numbers.</summary>
    /// <param name="kind">Named in messages.</param>
    /// <exception cref="FitException">They do not; the message names the row.</exception>
    public static void CheckRows(string kind, TrainingRows rows)
    {
        CheckFeatures(kind, rows);
        if (Array.FindIndex(rows.Labels, static y => !float.IsFinite(y)) is var label and >= 0)
        {
            throw new FitException($"{kind}: row {label} has label {rows.Labels[label]}; only labelled rows can be fitted on");
        }
    }

    /// <summary>The same for kinds that do not read labels: these may be missing.</summary>
    /// <param name="kind">Named in messages.</param>
    /// <exception cref="FitException">They do not; the message names the row.</exception>
    public static void CheckFeatures(string kind, TrainingRows rows)
    {
        if (rows.Count == 0) { throw new FitException($"{kind}: no row to fit on. Widen the training window, or check the label."); }
        if (rows.FeatureCount < 1) { throw new FitException($"{kind}: no feature to fit on. Declare a feature, or check 'uses'."); }
        if (rows.Features.Length != (long)rows.Count * rows.FeatureCount)
        {
            throw new FitException($"{kind}: {rows.Features.Length:N0} feature values for {rows.Count:N0} rows of {rows.FeatureCount} features");
        }
        if (rows.Weights is { } weights)
        {
            if (weights.Length != rows.Count) { throw new FitException($"{kind}: {weights.Length:N0} weights for {rows.Count:N0} rows"); }
            if (Array.FindIndex(weights, static w => !(w >= 0) || !float.IsFinite(w)) is var bad and >= 0)
            {
                throw new FitException($"{kind}: row {bad} has weight {weights[bad]}, expected a finite number of 0 or more");
            }
        }
        if (rows.Features.AsSpan().IndexOfAny(float.PositiveInfinity, float.NegativeInfinity) is var at and >= 0)
        {
            throw new FitException($"{kind}: row {at / rows.FeatureCount}, feature {at % rows.FeatureCount} is {rows.Features[at]}, "
                + "expected a finite number, or NaN for missing. Guard the division in the feature's expression.");
        }
    }

    /// <summary>There are two rows or more with weight: what is usual cannot be learnt from one.</summary>
    /// <param name="weighted">Rows whose weight is above 0.</param>
    /// <exception cref="FitException">There are not.</exception>
    public static void CheckSeveral(string kind, int weighted)
    {
        if (weighted < 2)
        {
            throw new FitException($"{kind}: rows with weight: {weighted}; what is usual is learnt from 2 or more. Widen the training window.");
        }
    }

    /// <summary>Labels are 0 and 1, and there is at least one row of each with weight.</summary>
    /// <exception cref="FitException">A classifier cannot be fitted: one row, or one class, says nothing about the other.</exception>
    public static void CheckClasses(string kind, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        int positives = 0, negatives = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] is not (0 or 1)) { throw new FitException($"{kind}: row {i} has label {labels[i]}, expected 0 or 1"); }
            if (!weights.IsEmpty && weights[i] == 0) { continue; }
            if (labels[i] == 1) { positives++; }
            else { negatives++; }
        }
        if (positives == 0 || negatives == 0)
        {
            throw new FitException($"{kind}: {positives:N0} positive and {negatives:N0} negative rows; a classifier needs both. "
                + "Widen the training window, or check the label.");
        }
    }
}
