using Lintel.Design.Kinds;

namespace Lintel.Models.Calibration;

/// <summary>Kind <c>isotonic</c>: the non-decreasing step function nearest to the labels in squared error, by pooling adjacent violators.</summary>
/// <remarks>Equal margins are pooled first. Within a block the probability is the block's share of positives; between two blocks it is
/// interpolated linearly, and beyond the ends it stays. A block of one class only, which can stand only at an end, takes
/// (k + ½) / (n + 1) instead of 0 or 1, but never passes its neighbour: log loss stays finite. Any labels will do.
/// Source: Zadrozny and Elkan, KDD 2002; Barlow et al., 1972. Test: agrees with scikit-learn's <c>IsotonicRegression</c> to 1e-12 but
/// for the end blocks.</remarks>
public sealed class IsotonicTrainer : ICalibratorTrainer
{
    public Kind Kind { get; } = new(KindFamily.Calibrator, "isotonic", typeof(NoParameters),
        "A non-decreasing step function of the margin, by pooling adjacent violators; wants a thousand positives or more.");

    /// <inheritdoc/>
    public ICalibrator Fit(
        ReadOnlySpan<double> margins, ReadOnlySpan<float> labels, ReadOnlySpan<double> weights = default)
    {
        CalibrationChecks.CheckRows(Kind.Name, margins, labels, weights);
        var order = margins.ToArray();
        var rows = Enumerable.Range(0, order.Length).ToArray();
        Array.Sort(order, rows);
        var blocks = new List<Block>();
        for (var i = 0; i < order.Length;)
        {
            double positives = 0, count = 0;
            var first = i;
            for (; i < order.Length && order[i] == order[first]; i++)
            {
                var weight = weights.IsEmpty ? 1 : weights[rows[i]];
                positives += weight * labels[rows[i]];
                count += weight;
            }
            if (count == 0) { continue; }
            var block = new Block(order[first], order[first], positives, count);
            // k₁/n₁ >= k₂/n₂ without division: equal shares become one block as well
            while (blocks.Count > 0 && blocks[^1].Positives * block.Count >= block.Positives * blocks[^1].Count)
            {
                var before = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                block = new(before.From, block.To, before.Positives + block.Positives, before.Count + block.Count);
            }
            blocks.Add(block);
        }
        if (blocks.Count == 0) { throw new FitException($"{Kind.Name}: every row has weight 0"); }
        return new IsotonicCalibrator([.. blocks.Select((_, i) => Step(blocks, i))]);
    }

    public ICalibrator Read(BinaryReader reader) => IsotonicCalibrator.Read(reader);

    private static CalibrationStep Step(List<Block> blocks, int index)
    {
        var block = blocks[index];
        var value = block.Share;
        var smoothed = (block.Positives + 0.5) / (block.Count + 1);
        if (block.Positives == 0)
        {
            // at most half way to the next, which may be a single positive
            value = blocks.Count > 1 ? Math.Min(smoothed, blocks[1].Smooth / 2) : smoothed;
        }
        else if (block.Positives == block.Count)
        {
            value = blocks.Count > 1 ? Math.Max(smoothed, (1 + blocks[^2].Smooth) / 2) : smoothed;
        }
        return new(block.From, block.To, value);
    }

    /// <param name="From">Least margin in it.</param> <param name="To">Greatest.</param>
    private readonly record struct Block(double From, double To, double Positives, double Count)
    {
        public double Share => Positives / Count;

        public double Smooth => Positives == 0 || Positives == Count ? (Positives + 0.5) / (Count + 1) : Share;
    }
}
