namespace Lintel.Models.Sparse;

/// <summary>An offline fit: a learner over the rows in order, several times.</summary>
internal static class EpochRuns
{
    /// <param name="chunk">Rows between two looks at cancellation.</param>
    public static void Learn(IOnlineLearner learner, TrainingRows rows, int epochs, int chunk, FitContext context)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            for (var from = 0; from < rows.Count; from += chunk)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(chunk, rows.Count - from);
                learner.Learn(
                    rows.Features.AsSpan(from * rows.FeatureCount, count * rows.FeatureCount), rows.Labels.AsSpan(from, count),
                    rows.Weights is { } weights ? weights.AsSpan(from, count) : default, default);
                context.Progress?.Report((epoch + ((double)(from + count) / rows.Count)) / epochs);
            }
        }
    }
}
