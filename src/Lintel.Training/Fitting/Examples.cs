using Lintel.Design;

namespace Lintel.Training.Fitting;

/// <summary>Every decision of the replay as a row to learn from. Row numbers are those of the decided event's table.</summary>
public sealed class Examples
{
    /// <summary>Row-major, [Count, FeatureCount], float32: what models see.</summary>
    public required float[] Features { get; init; }

    public required int FeatureCount { get; init; }

    /// <summary>Which features are ids, [FeatureCount]; null: all are numbers.</summary>
    public FeatureShape[]? Shapes { get; init; }

    /// <summary>0 or 1 for classification, NaN where unknown, [Count].</summary>
    public required float[] Labels { get; init; }

    /// <summary>Of a ranking with several labels, each by its name, [Count]; <see cref="Labels"/> is the first of them. Null: there
    /// is one.</summary>
    public IReadOnlyDictionary<string, float[]>? LabelSets { get; init; }

    /// <summary>Number of the request that each row is a candidate of, [Count]; its rows stand together and share
    /// <see cref="Known"/>. Null: rows are decisions of their own.</summary>
    public int[]? GroupOf { get; init; }

    /// <summary>When each label became known, microseconds; <see cref="LabelColumn.Never"/> where it is not, [Count].</summary>
    public required long[] LabelKnown { get; init; }

    /// <summary>When each decision was made, microseconds, [Count].</summary>
    public required long[] Known { get; init; }

    /// <summary>Inverse propensities, [Count]; null: all 1. Calibrators are fitted with them.</summary>
    public double[]? Weights { get; init; }

    /// <summary>What fits weigh each row by, [Count]; null: all 1.</summary>
    public double[]? FitWeights { get; init; }

    /// <summary>Labels are values, not classes.</summary>
    public bool HasValues { get; init; }

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

    /// <param name="name">Of a ranking's label; null: the first.</param>
    public float[] LabelsOf(ReadOnlySpan<int> rows, string? name = null)
    {
        var column = LabelsNamed(name);
        var labels = new float[rows.Length];
        for (var i = 0; i < labels.Length; i++) { labels[i] = column[rows[i]]; }
        return labels;
    }

    /// <summary>What fits weigh some rows by; null: all 1.</summary>
    public float[]? FitWeightsOf(ReadOnlySpan<int> rows)
    {
        if (FitWeights is null) { return null; }
        var weights = new float[rows.Length];
        for (var i = 0; i < weights.Length; i++) { weights[i] = (float)FitWeights[rows[i]]; }
        return weights;
    }

    /// <summary>Those rows whose label is known.</summary>
    /// <param name="name">Of a ranking's label; null: the first.</param>
    public int[] Labelled(ReadOnlySpan<int> rows, string? name)
    {
        var column = LabelsNamed(name);
        var labelled = new List<int>(rows.Length);
        foreach (var row in rows)
        {
            if (!float.IsNaN(column[row])) { labelled.Add(row); }
        }
        return [.. labelled];
    }

    /// <summary>The column of a label, [Count].</summary>
    /// <param name="name">Of a ranking's label; null: the first.</param>
    /// <exception cref="ArgumentException">There is no such label.</exception>
    public float[] LabelsNamed(string? name) => name is null ? Labels
        : LabelSets is { } sets && sets.TryGetValue(name, out var labels) ? labels
        : throw new ArgumentException($"no label '{name}'; there are: {string.Join(", ", LabelSets?.Keys ?? [])}");

    /// <summary>Sizes of the requests among some rows, which stand in the order of the table; null: rows are decisions of their own.</summary>
    public int[]? GroupsOf(ReadOnlySpan<int> rows)
    {
        if (GroupOf is null) { return null; }
        var sizes = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0 && GroupOf[rows[i]] == GroupOf[rows[i - 1]]) { sizes[^1]++; }
            else { sizes.Add(1); }
        }
        return [.. sizes];
    }

    /// <param name="name">Of a ranking's label; null: the first.</param>
    public int Positives(ReadOnlySpan<int> rows, string? name = null)
    {
        var column = LabelsNamed(name);
        var count = 0;
        foreach (var row in rows) { count += column[row] > 0 ? 1 : 0; }
        return count;
    }
}
