namespace Lintel.Training.Fitting;

/// <summary>Every decision of the replay as a row to learn from, in log order.</summary>
public sealed class Examples
{
    /// <summary>Row-major, [Count, FeatureCount], float32: what models see.</summary>
    public required float[] Features { get; init; }

    public required int FeatureCount { get; init; }

    /// <summary>[Count]; NaN where unknown.</summary>
    public required float[] Labels { get; init; }

    /// <summary>When each label became known, microseconds; <see cref="LabelColumn.Never"/>.</summary>
    public required long[] LabelKnown { get; init; }

    /// <summary>When each decision was made, microseconds.</summary>
    public required long[] Known { get; init; }

    /// <summary>Rows of the decided event's table.</summary>
    public required int[] Rows { get; init; }

    public int Count => Rows.Length;

    public ReadOnlySpan<float> Row(int example) => Features.AsSpan(example * FeatureCount, FeatureCount);

    /// <summary>Copies some rows and columns into the shape that trainers read.</summary>
    /// <param name="columns">Indices of features.</param>
    public float[] Gather(ReadOnlySpan<int> examples, ReadOnlySpan<int> columns)
    {
        var gathered = new float[(long)examples.Length * columns.Length];
        var at = 0;
        foreach (var example in examples)
        {
            var row = Row(example);
            foreach (var column in columns) { gathered[at++] = row[column]; }
        }
        return gathered;
    }

    public float[] LabelsOf(ReadOnlySpan<int> examples)
    {
        var labels = new float[examples.Length];
        for (var i = 0; i < labels.Length; i++) { labels[i] = Labels[examples[i]]; }
        return labels;
    }
}
