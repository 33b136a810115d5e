using System.Diagnostics.CodeAnalysis;

namespace Lintel.Models;

/// <summary>The checks at the doors of scoring: lengths once, then the loops are free.</summary>
internal static class ModelShapes
{
    public static void CheckScore(ReadOnlySpan<float> rows, Span<double> margins, int featureCount)
    {
        if (rows.Length != (long)margins.Length * featureCount) { ThrowScore(rows.Length, margins.Length, featureCount); }
    }

    public static void CheckRows(ReadOnlySpan<float> rows, int count, int featureCount)
    {
        if (rows.Length != (long)count * featureCount) { ThrowScore(rows.Length, count, featureCount); }
    }

    public static void CheckExplain(ReadOnlySpan<float> row, Span<double> contributions, int featureCount)
    {
        if (row.Length != featureCount || contributions.Length != featureCount)
        {
            ThrowExplain(row.Length, contributions.Length, featureCount);
        }
    }

    public static void CheckInputs(ReadOnlySpan<double> margins, int inputCount)
    {
        if (margins.Length != inputCount) { ThrowInputs(margins.Length, inputCount); }
    }

    [DoesNotReturn]
    private static void ThrowScore(int values, int margins, int featureCount) => throw new ArgumentException(
        $"score: {values:N0} values for {margins:N0} margins; the model was fitted on {featureCount} features, so "
        + $"{(long)margins * featureCount:N0} values were expected");

    [DoesNotReturn]
    private static void ThrowExplain(int values, int contributions, int featureCount) => throw new ArgumentException(
        $"explain: a row of {values:N0} values and room for {contributions:N0} contributions; the model was fitted on {featureCount} features");

    [DoesNotReturn]
    private static void ThrowInputs(int margins, int inputCount) => throw new ArgumentException(
        $"combine: {margins} margins; the combiner was fitted on {inputCount}");
}
