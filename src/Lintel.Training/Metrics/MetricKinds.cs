using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Training.Metrics.Values;

namespace Lintel.Training.Metrics;

/// <summary>Every metric, in one place: a new one is a file of this folder and a line here.</summary>
public static class MetricKinds
{
    public static IReadOnlyList<IMetric> All { get; } =
    [
        new Auc(),
        new GroupedAuc(),
        new AveragePrecision(),
        new LogLoss(),
        new NormalisedEntropy(),
        new Brier(),
        new CalibrationRatio(),
        new CalibrationError(),
        new Recall(),
        new Precision(),
        new KeyPrecision(),
        new Cost(),
        new ValueRecall(),
        new MeanAbsoluteError(),
        new RootMeanSquaredError(),
        new MedianAbsoluteError(),
        new AbsoluteErrorQuantile(),
        new Bias(),
        new Pinball(),
        new Crps(),
        new IntervalCoverage(),
        new IntervalWidth(),
        new Late(),
        new Early(),
    ];

    /// <summary>For the composition root's registry.</summary>
    public static IEnumerable<Kind> Kinds => All.Select(static m => m.Kind);

    /// <exception cref="ArgumentException">No metric has this kind.</exception>
    public static IMetric Of(MetricDesign design) => All.FirstOrDefault(m => m.Kind.Name == design.Kind)
        ?? throw new ArgumentException($"{design.Span}: no metric is called '{design.Kind}'; there are: "
            + string.Join(", ", All.Select(static m => m.Kind.Name)));

    /// <summary>What is wrong with a metric's key or cut-off; null: nothing.</summary>
    public static string? Fault(MetricDesign design)
    {
        var metric = Of(design);
        var name = metric.Kind.Name;
        if (metric.NeedsKey && design.Key is null)
        {
            return $"'{design.Name}' needs the key whose precision is meant, e.g. card-precision@100";
        }
        if (!metric.NeedsKey && design.Key is not null) { return $"'{name}' takes no key, got '{design.Key}'"; }
        if (design.At is not { } at)
        {
            return metric.Cutoff == MetricCutoff.None || metric.Cutoff.HasFlag(MetricCutoff.Optional)
                ? null : $"'{design.Name}' needs a cut-off, e.g. {Example(metric)}";
        }
        if (!metric.Cutoff.HasFlag(design.IsShare ? MetricCutoff.Share : MetricCutoff.Count))
        {
            return metric.Cutoff == MetricCutoff.None
                ? $"'{name}' takes no cut-off, got '{design.Name}'"
                : $"'{design.Name}': the cut-off of '{name}' is {(design.IsShare ? "a count, not a share" : "a share, not a count")}, "
                + $"e.g. {Example(metric)}";
        }
        return design.IsShare ? at is > 0 and <= 1 ? null : $"'{design.Name}': a share lies above 0% and at most at 100%"
            : at >= 1 && at == Math.Floor(at) ? null : $"'{design.Name}': a count is a whole number from 1";
    }

    /// <summary>The metric of a design, ready for its rows; undefined with the reason where its cut-off is wrong.</summary>
    public static PreparedMetric Prepare(MetricDesign design, RankedRows rows) =>
        Fault(design) is { } fault ? PreparedMetric.Undefined(fault) : Of(design).Prepare(rows, design);

    /// <summary>A metric of values as a formula of one row, for whoever follows a stream; undefined with the reason where it has none.</summary>
    /// <param name="levels">Of the answer's quantiles, ascending, 0 to 1; empty: the answer is one value.</param>
    public static RowFigure Figure(MetricDesign design, double[] levels) =>
        Fault(design) is { } fault ? RowFigure.Undefined(fault) : Of(design) switch
        {
            ValueMetric metric => metric.Figure(design, levels),
            Cost => Cost.OfPromise,
            _ => RowFigure.Undefined($"'{design.Name}' is no metric of values"),
        };

    /// <summary>Where a metric is best, when that is neither as high nor as low as can be; else null.</summary>
    public static double? BestOf(MetricDesign design) => Of(design).Aim switch
    {
        MetricAim.One => 1,
        MetricAim.Zero => 0,
        MetricAim.Level => design.At,
        _ => null,
    };

    /// <summary>How far a figure is from being best, so that less is better.</summary>
    public static double Badness(MetricDesign design, double value) => Badness(Of(design).Aim, design.At, value);

    /// <param name="at">What stands behind the <c>@</c>; null: nothing.</param>
    internal static double Badness(MetricAim aim, double? at, double value) => aim switch
    {
        MetricAim.Highest => -value,
        MetricAim.Lowest => value,
        MetricAim.One => Math.Abs(Math.Log(value)),
        MetricAim.Zero => Math.Abs(value),
        _ => Math.Abs(value - (at ?? 0)),
    };

    private static string Example(IMetric metric)
    {
        var name = metric.NeedsKey ? "card-precision" : metric.Kind.Name;
        return metric.Cutoff.HasFlag(MetricCutoff.Share) ? $"{name}@1%" : $"{name}@100";
    }
}
