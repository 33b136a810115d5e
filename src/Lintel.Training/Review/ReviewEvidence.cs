using Lintel.Events;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Training.Review;

/// <summary>What the data said, as far as it has been read; every part may be absent.</summary>
public sealed record ReviewEvidence
{
    public EventHistory? History { get; init; }

    /// <summary>Label of each row of the decided event's table: 1, 0, or NaN where nothing is known yet.</summary>
    public double[]? Labels { get; init; }

    /// <summary>Part of each row of the decided event's table.</summary>
    public SplitPart[]? Parts { get; init; }

    public FeatureEvidence? Features { get; init; }

    /// <summary>The slices of the design on the test part.</summary>
    public IReadOnlyList<SliceEvidence> Slices { get; init; } = [];

    /// <summary>What each rule of the policy did and is worth on the test part; empty: nothing was decided yet.</summary>
    public IReadOnlyList<RulePriceResult> Rules { get; init; } = [];
}

/// <summary>The feature matrix, or a sample of it.</summary>
/// <param name="Names">Features, [d].</param>
/// <param name="Values">Row-major, [n, d]; missing is NaN.</param>
/// <param name="Rows">Row of the decided event's table of each matrix row, [n], ascending.</param>
public sealed record FeatureEvidence(IReadOnlyList<string> Names, float[] Values, int[] Rows)
{
    public float this[int row, int feature] => Values[(row * Names.Count) + feature];

    /// <summary>The same matrix with at most so many rows, evenly taken; itself when it is no larger.</summary>
    public FeatureEvidence Thinned(int most)
    {
        if (Rows.Length <= most) { return this; }
        var step = (Rows.Length + most - 1) / most;
        var kept = (Rows.Length + step - 1) / step;
        var (values, rows) = (new float[kept * Names.Count], new int[kept]);
        for (var row = 0; row < kept; row++)
        {
            rows[row] = Rows[row * step];
            Values.AsSpan(row * step * Names.Count, Names.Count).CopyTo(values.AsSpan(row * Names.Count));
        }
        return new(Names, values, rows);
    }
}

/// <param name="Name">As the design writes it.</param>
public sealed record SliceEvidence(string Name, int Rows, int Positives);
