namespace Lintel.Training.Metrics.Values;

/// <summary>One answered decision whose outcome is known, in the label's unit.</summary>
/// <param name="estimate">NaN: there is none.</param> <param name="promise">Without a policy the estimate.</param>
/// <param name="quantiles">By level as the figure was asked for; empty: there is one estimate.</param>
public readonly ref struct AnsweredValue(double estimate, double promise, double label, ReadOnlySpan<double> quantiles, PromiseRates costs = default)
{
    public double Estimate { get; } = estimate;

    public double Promise { get; } = promise;

    public double Label { get; } = label;

    public ReadOnlySpan<double> Quantiles { get; } = quantiles;

    public PromiseRates Costs { get; } = costs;
}

/// <summary>What one decision adds to a metric; NaN: nothing.</summary>
public delegate double RowFormula(in AnsweredValue row);

/// <summary>What is made of the rows' figures.</summary>
public enum RowSummary
{
    Mean,
    /// <summary>The root of the mean.</summary>
    RootMean,
    /// <summary>The quantile at <see cref="RowFigure.Level"/>.</summary>
    Quantile,
}

/// <summary>A metric as a formula of one row and what is made of all rows: the one place where it stands, for what judges a period at
/// once as for what follows a stream. Immutable and thread-safe.</summary>
public sealed record RowFigure(RowFormula Of)
{
    public RowSummary Summary { get; init; } = RowSummary.Mean;

    /// <summary>Of a quantile, 0 to 1.</summary>
    public double Level { get; init; }

    /// <summary>Why no row has the figure; null: rows have it.</summary>
    public string? UndefinedBecause { get; init; }

    public static RowFigure Undefined(string because) => new(static (in AnsweredValue _) => double.NaN) { UndefinedBecause = because };
}
