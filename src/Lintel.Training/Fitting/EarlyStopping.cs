namespace Lintel.Training.Fitting;

/// <summary>Chooses how many stages (trees) to keep, by the log loss of scores that the fits did not see.</summary>
internal static class EarlyStopping
{
    /// <summary>The stage with the least log loss over all folds, before <paramref name="patience"/> stages brought no better one.</summary>
    /// <param name="staged">[fold][stage][row] margins.</param> <param name="offsets">[fold], added to each margin.</param>
    /// <param name="labels">[fold][row].</param>
    /// <returns>Index of the stage, from 0.</returns>
    public static int Choose(
        IReadOnlyList<IReadOnlyList<float[]>> staged, IReadOnlyList<double> offsets, IReadOnlyList<float[]> labels, int patience)
    {
        var stages = staged.Min(static fold => fold.Count);
        var best = 0;
        var bestLoss = double.PositiveInfinity;
        for (var stage = 0; stage < stages && stage - best <= patience; stage++)
        {
            var loss = 0.0;
            for (var fold = 0; fold < staged.Count; fold++)
            {
                loss += LogLoss(staged[fold][stage], offsets[fold], labels[fold]);
            }
            if (loss < bestLoss) { (best, bestLoss) = (stage, loss); }
        }
        return best;
    }

    /// <summary>Σ ln(1 + e^−z) over rows, z the margin signed by the label: in nats, not divided.</summary>
    private static double LogLoss(float[] margins, double offset, float[] labels)
    {
        var sum = 0.0;
        for (var i = 0; i < margins.Length; i++)
        {
            var z = labels[i] == 1 ? margins[i] + offset : -(margins[i] + offset);
            sum += z > 0 ? Math.Log(1 + Math.Exp(-z)) : -z + Math.Log(1 + Math.Exp(z));
        }
        return sum;
    }
}
