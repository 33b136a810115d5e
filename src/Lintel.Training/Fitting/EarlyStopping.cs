using Lintel.Models;

namespace Lintel.Training.Fitting;

/// <summary>Loss of held-out margins, summed over rows.</summary>
internal delegate double HeldOutLoss(ReadOnlySpan<float> margins, double offset, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights);

/// <summary>Chooses how many stages (trees) to keep, by scores that the fits did not see: their loss, or how well they rank.</summary>
internal static class EarlyStopping
{
    /// <summary>Cut-off of the rank score that chooses.</summary>
    internal const int Cutoff = 10;

    /// <summary>The stage with the least loss over all folds, before <paramref name="patience"/> stages brought no better one.</summary>
    /// <param name="staged">[fold][stage][row] margins.</param> <param name="offsets">[fold], added to each margin.</param>
    /// <param name="labels">[fold][row]; NaN: not known, does not count.</param>
    /// <param name="weights">[fold][row]; a fold's null: all 1.</param>
    /// <param name="lossOf">The kind's own loss of held-out margins; null: the log loss.</param>
    /// <returns>Index of the stage, from 0.</returns>
    public static int Choose(
        IReadOnlyList<IReadOnlyList<float[]>> staged, IReadOnlyList<double> offsets, IReadOnlyList<float[]> labels, int patience,
        IReadOnlyList<float[]?>? weights = null, HeldOutLoss? lossOf = null) =>
        Least(staged, patience, (fold, margins) => (lossOf ?? Losses.Log)(margins, offsets[fold], labels[fold], weights?[fold] ?? []));

    /// <summary>The stage with the largest mean nDCG@10 over the groups of all folds, likewise.</summary>
    /// <param name="staged">[fold][stage][row] rank scores.</param> <param name="grades">[fold][row], 0 to 31.</param>
    /// <param name="groups">[fold]: sizes of consecutive rows of one request. One without a grade above 0, or with one that
    /// is not known (NaN), does not count.</param>
    /// <returns>Index of the stage, from 0.</returns>
    public static int ChooseByNdcg(
        IReadOnlyList<IReadOnlyList<float[]>> staged, IReadOnlyList<float[]> grades, IReadOnlyList<int[]> groups, int patience) =>
        Least(staged, patience, (fold, scores) => -SumOfNdcg(scores, grades[fold], groups[fold]));

    private static int Least(IReadOnlyList<IReadOnlyList<float[]>> staged, int patience, Func<int, float[], double> lossOf)
    {
        var stages = staged.Min(static fold => fold.Count);
        var best = 0;
        var bestLoss = double.PositiveInfinity;
        for (var stage = 0; stage < stages && stage - best <= patience; stage++)
        {
            var loss = 0.0;
            for (var fold = 0; fold < staged.Count; fold++) { loss += lossOf(fold, staged[fold][stage]); }
            if (loss < bestLoss) { (best, bestLoss) = (stage, loss); }
        }
        return best;
    }

    private static double SumOfNdcg(float[] scores, float[] grades, int[] groups)
    {
        var (sum, start) = (0.0, 0);
        foreach (var size in groups)
        {
            var ideal = grades.AsSpan(start, size).ToArray();
            Array.Sort(ideal);
            var most = 0.0;
            for (var rank = 0; rank < size; rank++) { most += Gain(ideal[^(rank + 1)]) * Discount(rank); }
            // a grade that is not known makes the sum NaN
            if (most > 0) { sum += Dcg(scores.AsSpan(start, size).ToArray(), grades.AsSpan(start, size).ToArray()) / most; }
            start += size;
        }
        return sum;
    }

    /// <summary>Rows of one score share the discounts of their places: an order among them is none, least of all that of the rows.
    /// Source: McSherry and Najork, ECIR 2008.</summary>
    private static double Dcg(float[] scores, float[] grades)
    {
        Array.Sort(scores, grades);
        var dcg = 0.0;
        for (int rank = 0, end; rank < Math.Min(Cutoff, scores.Length); rank = end)
        {
            double gains = 0, discounts = 0;
            for (end = rank; end < scores.Length && scores[^(end + 1)] == scores[^(rank + 1)]; end++)
            {
                gains += Gain(grades[^(end + 1)]);
                discounts += Discount(end);
            }
            dcg += gains * discounts / (end - rank);
        }
        return dcg;
    }

    private static double Gain(float grade) => Math.Pow(2, grade) - 1;

    private static double Discount(int rank) => rank < Cutoff ? 1 / Math.Log2(rank + 2) : 0;
}
