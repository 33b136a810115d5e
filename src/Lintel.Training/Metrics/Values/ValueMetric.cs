using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics.Values;

/// <summary>A metric of estimates in the label's own unit; what the metrics of this folder share.</summary>
public abstract class ValueMetric(string name, string summary) : IMetric
{
    /// <summary>Unit of figures that are in that of the label, which only the design knows.</summary>
    protected const string LabelUnit = "label's unit";

    private const string NoRow = "there are no rows with an estimate";

    public Kind Kind { get; } = new(KindFamily.Metric, name, typeof(NoParameters), summary) { For = DecisionUse.Regression };

    public virtual MetricAim Aim => MetricAim.Lowest;

    public virtual string Unit => LabelUnit;

    public virtual MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public abstract string Conventions { get; }

    public abstract string Source { get; }

    /// <summary>The metric of one row.</summary>
    /// <param name="levels">Of the answer's quantiles, ascending, 0 to 1; empty: the answer is one value.</param>
    public abstract RowFigure Figure(MetricDesign design, double[] levels);

    public PreparedMetric Prepare(RankedRows rows, MetricDesign design)
    {
        var figure = Figure(design, rows.Quantiles?.Levels ?? []);
        if (figure.UndefinedBecause is { } because) { return PreparedMetric.Undefined(because); }
        var values = Values(rows, figure.Of);
        return figure.Summary switch
        {
            RowSummary.Mean => new RowMean(values, NoRow),
            RowSummary.RootMean => new Root(new RowMean(values, NoRow)),
            _ => new ErrorQuantile(values, figure.Level, NoRow),
        };
    }

    /// <summary>The figure of each row, in rank order.</summary>
    private static double[] Values(RankedRows rows, RowFormula of)
    {
        var values = new double[rows.Count];
        Span<double> points = stackalloc double[rows.Quantiles?.Levels.Length ?? 0];
        for (var i = 0; i < values.Length; i++)
        {
            for (var q = 0; q < points.Length; q++) { points[q] = rows.Quantiles!.Values[q][i]; }
            values[i] = of(new(rows.Margins[i], rows.Promises[i], rows.Labels[i], points));
        }
        return values;
    }

    private sealed class Root(PreparedMetric squared) : PreparedMetric
    {
        public override string UndefinedBecause => squared.UndefinedBecause;

        public override double Evaluate(RowWeights weights) => Math.Sqrt(squared.Evaluate(weights));
    }
}
