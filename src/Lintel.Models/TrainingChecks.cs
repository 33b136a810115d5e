using Lintel.Design;

namespace Lintel.Models;

/// <summary>What every trainer asks of its rows before it fits.</summary>
internal static class TrainingChecks
{
    /// <summary>Shapes agree, no value is infinite, weights are 0 or more, labels are numbers.</summary>
    /// <param name="kind">Named in messages.</param> <param name="readsIds">Whether columns of ids may be among them.</param>
    /// <exception cref="FitException">They do not; the message names the row.</exception>
    public static void CheckRows(string kind, TrainingRows rows, bool readsIds = false)
    {
        CheckFeatures(kind, rows, readsIds);
        if (Array.FindIndex(rows.Labels, static y => !float.IsFinite(y)) is var label and >= 0)
        {
            throw new FitException($"{kind}: row {label} has label {rows.Labels[label]}; only labelled rows can be fitted on");
        }
    }

    /// <summary>The same for kinds that do not read labels: these may be missing.</summary>
    /// <param name="kind">Named in messages.</param> <param name="readsIds">Whether columns of ids may be among them.</param>
    /// <exception cref="FitException">They do not; the message names the row.</exception>
    public static void CheckFeatures(string kind, TrainingRows rows, bool readsIds = false)
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
        if (rows.Shapes is { } shapes) { CheckShapes(kind, rows, shapes, readsIds); }
    }

    private static void CheckShapes(string kind, TrainingRows rows, FeatureShape[] shapes, bool readsIds)
    {
        if (shapes.Length != rows.FeatureCount)
        {
            throw new FitException($"{kind}: {shapes.Length} shapes for {rows.FeatureCount} features");
        }
        int[] ids = [.. Enumerable.Range(0, shapes.Length).Where(f => shapes[f].IsId)];
        if (ids.Length > 0 && !readsIds)
        {
            throw new FitException($"{kind}: feature {ids[0]} is an id, of which only equality is known, and this kind reads numbers. "
                + "Leave it out of 'uses', or use a kind that reads ids: "
                + $"{string.Join(", ", ModelKinds.Trainers.Where(static t => t.ReadsIds).Select(static t => t.Kind.Name))}.");
        }
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows.Features.AsSpan(i * rows.FeatureCount, rows.FeatureCount);
            foreach (var f in ids)
            {
                var id = row[f];
                if (float.IsNaN(id) || (id >= 0 && id < shapes[f].Ids && id == MathF.Truncate(id))) { continue; }
                throw new FitException($"{kind}: row {i}, feature {f} is {id}, expected an id: "
                    + $"a whole number from 0 to {shapes[f].Ids - 1:N0}, or NaN for missing");
            }
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
