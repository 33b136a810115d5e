using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics.Values;

/// <summary>A metric of estimates in the label's own unit; what the metrics of this folder share.</summary>
public abstract class ValueMetric(string name, string summary) : IMetric
{
    /// <summary>Unit of figures that are in that of the label, which only the design knows.</summary>
    protected const string LabelUnit = "label's unit";

    protected const string NoRow = "there are no rows with an estimate";

    public Kind Kind { get; } = new(KindFamily.Metric, name, typeof(NoParameters), summary) { For = DecisionUse.Regression };

    public virtual MetricAim Aim => MetricAim.Lowest;

    public virtual string Unit => LabelUnit;

    public virtual MetricCutoff Cutoff => MetricCutoff.None;

    public bool NeedsKey => false;

    public abstract string Conventions { get; }

    public abstract string Source { get; }

    public abstract PreparedMetric Prepare(RankedRows rows, MetricDesign design);

    /// <summary>A figure of each row's estimate and label, in rank order; NaN without an estimate.</summary>
    protected static double[] ByRow(RankedRows rows, Func<double, double, double> figure) => ByRow(rows, rows.Margins, figure);

    /// <summary>A figure of each row's promise and label, in rank order; NaN without a promise.</summary>
    protected static double[] ByPromise(RankedRows rows, Func<double, double, double> figure) => ByRow(rows, rows.Promises, figure);

    private static double[] ByRow(RankedRows rows, double[] said, Func<double, double, double> figure)
    {
        var values = new double[rows.Count];
        for (var i = 0; i < values.Length; i++) { values[i] = double.IsNaN(said[i]) ? double.NaN : figure(said[i], rows.Labels[i]); }
        return values;
    }
}
