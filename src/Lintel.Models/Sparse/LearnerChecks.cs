using System.Diagnostics.CodeAnalysis;

namespace Lintel.Models.Sparse;

/// <summary>The checks at the doors of learning: once for a call, all rows before the first is learned.</summary>
internal static class LearnerChecks
{
    public static void CheckRow(float label, float weight)
    {
        if (label is not (0 or 1)) { ThrowLabel(label, 0); }
        if (!(weight >= 0) || !float.IsFinite(weight)) { ThrowWeight(weight, 0); }
    }

    public static void CheckRows(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<double> margins, int featureCount)
    {
        if (rows.Length != (long)labels.Length * featureCount || (!weights.IsEmpty && weights.Length != labels.Length)
            || (!margins.IsEmpty && margins.Length != labels.Length))
        {
            ThrowLengths(rows.Length, labels.Length, weights.Length, margins.Length, featureCount);
        }
        if (labels.IndexOfAnyExcept(0, 1) is var bad and >= 0) { ThrowLabel(labels[bad], bad); }
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || !float.IsFinite(weights[i])) { ThrowWeight(weights[i], i); }
        }
    }

    [DoesNotReturn]
    private static void ThrowLabel(float label, int row) =>
        throw new ArgumentOutOfRangeException(nameof(label), $"learn: row {row} has label {label}, expected 0 or 1");

    [DoesNotReturn]
    private static void ThrowWeight(float weight, int row) =>
        throw new ArgumentOutOfRangeException(nameof(weight), $"learn: row {row} has weight {weight}, expected a finite number of 0 or more");

    [DoesNotReturn]
    private static void ThrowLengths(int values, int labels, int weights, int margins, int featureCount) => throw new ArgumentException(
        $"learn: {values:N0} values, {weights:N0} weights and room for {margins:N0} margins for {labels:N0} labels of rows of {featureCount} features");
}
