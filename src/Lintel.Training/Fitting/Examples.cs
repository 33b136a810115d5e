namespace Lintel.Training.Fitting;

/// <summary>Every decision of the replay as a row to learn from. Row numbers are those of the decided event's table.</summary>
public sealed class Examples
{
    /// <summary>Row-major, [Count, FeatureCount], float32: what models see.</summary>
    public required float[] Features { get; init; }

    public required int FeatureCount { get; init; }

    /// <summary>0 or 1 for classification, NaN where unknown, [Count].</summary>
    public required float[] Labels { get; init; }

    /// <summary>When each label became known, microseconds; <see cref="LabelColumn.Never"/> where it is not, [Count].</summary>
    public required long[] LabelKnown { get; init; }

    /// <summary>When each decision was made, microseconds, [Count].</summary>
    public required long[] Known { get; init; }

    /// <summary>Inverse propensities, [Count]; null: all 1. Calibrators are fitted with them.</summary>
    public double[]? Weights { get; init; }

    public int Count => Labels.Length;

    public ReadOnlySpan<float> Row(int row) => Features.AsSpan(row * FeatureCount, FeatureCount);

    /// <summary>Copies some rows and columns into the shape that trainers read, [rows, columns].</summary>
    /// <param name="columns">Indices of features.</param>
    public float[] Gather(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        var gathered = new float[(long)rows.Length * columns.Length];
        var at = 0;
        foreach (var row in rows)
        {
            var features = Row(row);
            foreach (var column in columns) { gathered[at++] = features[column]; }
        }
        return gathered;
    }

    public float[] LabelsOf(ReadOnlySpan<int> rows)
    {
        var labels = new float[rows.Length];
        for (var i = 0; i < labels.Length; i++) { labels[i] = Labels[rows[i]]; }
        return labels;
    }

    public int Positives(ReadOnlySpan<int> rows)
    {
        var count = 0;
        foreach (var row in rows) { count += Labels[row] > 0 ? 1 : 0; }
        return count;
    }
}
