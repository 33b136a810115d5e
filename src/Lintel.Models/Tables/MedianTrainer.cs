using Lintel.Design.Kinds;

namespace Lintel.Models.Tables;

/// <summary>Kind <c>median</c>: the median of the rows that agree in all the features named; where there are too few of them, the first
/// feature is left out and the next group is asked, down to the median of everything.</summary>
/// <remarks>Of the features <c>[store, market, hour]</c> these are the groups by store, market and hour, by market and hour, by hour, and
/// everything. Values agree when they are equal; missing agrees with missing. Weighted medians as in <see cref="WeightedQuantile"/>; rows of
/// weight 0 count neither as rows. A fit depends on nothing but its rows.</remarks>
public sealed class MedianTrainer : ITrainer
{
    private const double Middle = 0.5;

    public Kind Kind { get; } = new(
        KindFamily.Model, "median", typeof(MedianParameters),
        "The usual value: the median of the rows that agree in the features named, with the first feature left out where they are few.")
    {
        For = DecisionUse.Regression,
        ReadsIds = true,
        ReadsInOrder = true,
    };

    /// <inheritdoc/>
    public IModel Fit(object parameters, TrainingRows rows, FitContext context)
    {
        TrainingChecks.CheckRows(Kind.Name, rows, readsIds: true);
        var atLeast = ((MedianParameters)parameters).AtLeast;
        int[] counted = [.. Enumerable.Range(0, rows.Count).Where(r => rows.Weights is not { } weights || weights[r] > 0)];
        if (counted.Length == 0) { throw new FitException($"{Kind.Name}: no row has a weight above 0"); }
        var groups = new GroupTable[rows.FeatureCount];
        for (var k = 0; k < groups.Length; k++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            groups[k] = Groups(rows, counted, k, atLeast);
            context.Progress?.Report((k + 1.0) / groups.Length);
        }
        return new MedianModel(groups, Median(rows, counted), 0);
    }

    /// <summary>It has no stages.</summary>
    public IReadOnlyList<float[]>? FitStages(object parameters, TrainingRows rows, float[] heldOut, FitContext context) => null;

    public object WithStages(object parameters, int stages) => parameters;

    public int? Patience(object parameters) => null;

    public IModel WithOffset(IModel model, double offset) => ((MedianModel)model).WithOffset(offset);

    public IModel Read(BinaryReader reader) => MedianModel.Read(reader);

    private static GroupTable Groups(TrainingRows rows, int[] counted, int first, int atLeast)
    {
        var width = rows.FeatureCount - first;
        int[] order = [.. counted];
        // rows of one group keep their order, so a fit repeats
        Array.Sort(order, (a, b) => GroupTable.Compare(Key(rows, a, first), Key(rows, b, first)) is var c && c != 0 ? c : a.CompareTo(b));
        var (keys, values) = (new List<float>(), new List<double>());
        for (int from = 0, to; from < order.Length; from = to)
        {
            to = from + 1;
            while (to < order.Length && GroupTable.Compare(Key(rows, order[from], first), Key(rows, order[to], first)) == 0) { to++; }
            if (to - from < atLeast) { continue; }
            keys.AddRange(Key(rows, order[from], first));
            values.Add(Median(rows, order.AsSpan(from, to - from)));
        }
        return new(width, [.. keys], [.. values]);
    }

    private static ReadOnlySpan<float> Key(TrainingRows rows, int row, int first) =>
        rows.Features.AsSpan((row * rows.FeatureCount) + first, rows.FeatureCount - first);

    private static double Median(TrainingRows rows, ReadOnlySpan<int> group)
    {
        var labels = new float[group.Length];
        var weights = new float[rows.Weights is null ? 0 : group.Length];
        for (var i = 0; i < group.Length; i++)
        {
            labels[i] = rows.Labels[group[i]];
            if (rows.Weights is not null) { weights[i] = rows.Weights[group[i]]; }
        }
        return WeightedQuantile.Of(labels, weights, Middle);
    }
}
