using Lintel.Design;
using Lintel.Events;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>Decisions that were ended without a label, and what the others weigh for it: the inverse of the chance of not having been
/// ended before their label came (inverse probability of censoring).</summary>
/// <remarks>A long wait is cancelled more often, so those that were waited out are too short on the average; each of them stands for
/// those like it that were not. The chance is estimated over train and used everywhere.</remarks>
internal sealed class Censoring
{
    /// <summary>No row stands for more than this many: the last few of a long tail would decide alone.</summary>
    private const double MostWeight = 20;

    private Censoring(double[] weights, int[] byPart) => (Weights, CountByPart) = (weights, byPart);

    /// <summary>By decided row; rows without a label 1.</summary>
    public double[] Weights { get; }

    /// <summary>How many were ended without a label, by <see cref="SplitPart"/>.</summary>
    public int[] CountByPart { get; }

    /// <returns>Null: the design names nothing that ends a decision.</returns>
    /// <param name="known">When each decision was made.</param> <param name="horizon">End of the data, microseconds.</param>
    public static Censoring? Of(EventHistory history, LabelColumn labels, SplitPlan split, long[] known, long horizon)
    {
        if (history.Design.Decision.Censored is not { } censored) { return null; }
        var ended = Ended(history, censored, known.Length);
        var byPart = new int[Enum.GetValues<SplitPart>().Length];
        var (durations, marks) = (new List<double>(), new List<bool>());
        for (var row = 0; row < known.Length; row++)
        {
            var hasLabel = labels.Known[row] != LabelColumn.Never;
            var isEnded = !hasLabel && ended[row] != LabelColumn.Never;
            if (isEnded) { byPart[(int)split.Parts[row]]++; }
            if (split.Parts[row] != SplitPart.Train) { continue; }
            durations.Add(Math.Max(0, (hasLabel ? labels.Known[row] : isEnded ? ended[row] : horizon) - known[row]));
            marks.Add(isEnded);
        }
        var chance = KaplanMeier.Of([.. durations], [.. marks]);
        var weights = new double[known.Length];
        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] = labels.Known[row] == LabelColumn.Never ? 1
                : Math.Min(MostWeight, 1 / chance.Before(labels.Known[row] - known[row]));
        }
        return new(weights, byPart);
    }

    /// <summary>When each decision was first ended.</summary>
    private static long[] Ended(EventHistory history, EventDesign censored, int count)
    {
        var ended = new long[count];
        Array.Fill(ended, LabelColumn.Never);
        var decisions = new DecisionsAbout(history, censored);
        var table = history.Tables[censored.Number];
        for (var row = 0; row < table.RowCount; row++)
        {
            foreach (var decision in decisions.Of(row))
            {
                if (decision >= 0) { ended[decision] = Math.Min(ended[decision], table.KnownOf(row)); }
            }
        }
        return ended;
    }
}
