using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Models;
using Lintel.Pipeline.Scoring;

namespace Lintel.Training.Fitting;

/// <summary>What models of residuals start from, row by row.</summary>
internal sealed class ResidualBases(ImmutableDictionary<string, int> featureIndex, Examples examples)
{
    private readonly Dictionary<string, double[]> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Notes scores of a model that others start from, each row by a fit on all blocks but its own.</summary>
    public void Add(string model, double[] leftOut) => _leftOut[model] = leftOut;

    /// <param name="rows">Rows that are fitted on.</param> <param name="nodes">Those fitted before.</param>
    /// <param name="outOfFold">Their out-of-fold scores.</param>
    /// <returns>Null: the model learns the label itself.</returns>
    public ResidualStart? Of(
        ModelDesign model, int[] rows, ImmutableArray<ScoringNode>.Builder nodes, List<double[]> outOfFold)
    {
        if (model.ResidualOver is not { } over) { return null; }
        if (over.Model is { } name)
        {
            var node = 0;
            while (nodes[node].Name != name) { node++; }
            return new(new(node, -1, 0), outOfFold[node], _leftOut.GetValueOrDefault(name));
        }
        var feature = featureIndex[over.Feature!];
        var start = new ScoreBase(-1, feature, Median(rows, feature));
        var values = new double[examples.Count];
        for (var row = 0; row < values.Length; row++) { values[row] = start.Of(examples.Row(row)[feature]); }
        return new(start, values, null);
    }

    private double Median(int[] rows, int feature)
    {
        var values = new List<float>(rows.Length);
        foreach (var row in rows)
        {
            var value = examples.Row(row)[feature];
            if (!float.IsNaN(value)) { values.Add(value); }
        }
        return values.Count == 0 ? 0 : WeightedQuantile.Of(values.ToArray(), [], 0.5);
    }
}

/// <summary>The base of one model, and its value at each row of the examples; NaN: no score that was not fitted on the row itself.</summary>
/// <param name="leftOut">What the final fit starts from, when it may know more than a fold; null: the same.</param>
internal sealed class ResidualStart(ScoreBase start, double[] values, double[]? leftOut)
{
    /// <summary>Where the final fit starts from: scores by fits on all other blocks, which are as good as those that will be served. A fold
    /// may not have them, since they know of later labels.</summary>
    public ResidualStart Final => leftOut is null ? this : new(start, leftOut, null);

    public ScoreBase Base => start;

    public bool Knows(int row) => !double.IsNaN(values[row]);

    /// <summary>Those rows that have a base.</summary>
    public int[] Known(ReadOnlySpan<int> rows)
    {
        var known = new List<int>(rows.Length);
        foreach (var row in rows)
        {
            if (Knows(row)) { known.Add(row); }
        }
        return [.. known];
    }

    /// <summary>Labels become what the base leaves over.</summary>
    public void TakeFrom(float[] labels, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < labels.Length; i++) { labels[i] = (float)(labels[i] - values[rows[i]]); }
    }

    /// <summary>Scores of what is left over become scores of the label.</summary>
    public void AddTo(double[] scores)
    {
        for (var row = 0; row < scores.Length; row++) { scores[row] += values[row]; }
    }
}
