namespace Lintel.Pipeline.Versions;

/// <summary>What the test period says of a regression's estimates, besides its metrics.</summary>
/// <param name="Quantiles">Of the answer, the lowest first; empty: it is one value.</param>
/// <param name="Deciles">Test decisions by their estimate, the lowest tenth first.</param>
/// <param name="TrainMean">Of the labels that were fitted on, in their own unit.</param>
public sealed record RegressionResult(
    IReadOnlyList<QuantileResult> Quantiles, IReadOnlyList<EstimateDecile> Deciles, double TrainMean, double TrainMedian)
{
    /// <summary>Shares that the ranges between two quantiles are to hold, e.g. 0.8; parallel to each decile's coverage.</summary>
    public IReadOnlyList<double> Ranges { get; init; } = [];

    /// <summary>Ranges that follow outcomes beside those that do not; null: the design's do not.</summary>
    public RangeResult? Range { get; init; }

    /// <summary>What is promised beside the estimate; null: the design has no policy, and the estimate is promised.</summary>
    public PromiseResult? Promise { get; init; }

    /// <summary>Decisions that were ended without a label; null: the design names nothing that does.</summary>
    public CensoredResult? Censored { get; init; }
}

/// <summary>What the policy promises, and what promising the estimate would be.</summary>
public sealed record PromiseResult(PromiseFigures Promised, PromiseFigures Estimated)
{
    /// <summary>What would be promised if the policy ended behind each of its lines, all having been promised before as it was; the last is
    /// what is promised.</summary>
    public IReadOnlyList<PromiseLine> Lines { get; init; } = [];
}

/// <param name="Line">As the design has it.</param>
public sealed record PromiseLine(string Line, PromiseFigures Figures);

/// <param name="Mean">Of what is promised.</param> <param name="Late">Share of the labels that exceed it.</param>
/// <param name="Cost">Mean of late · (y − p)⁺ + early · (p − y)⁺ + lost · p; null: the design names no costs.</param>
public sealed record PromiseFigures(double Mean, double Late, double? Cost);

/// <param name="Level">0 to 1.</param> <param name="Model">The node that gives it.</param>
/// <param name="Below">Share of the test labels that do not exceed it: the level, if it keeps its word.</param>
public sealed record QuantileResult(double Level, string Model, double? Below);

/// <summary>A tenth of the test decisions.</summary>
/// <param name="Estimated">Mean of the estimates.</param> <param name="Actual">Mean of the labels.</param>
/// <param name="ActualLow">A tenth of the labels lies below.</param> <param name="ActualHigh">A tenth lies above.</param>
/// <param name="Coverage">Share of the labels within each range.</param>
public sealed record EstimateDecile(
    int Rows, double Estimated, double Actual, double ActualLow, double ActualHigh, IReadOnlyList<double> Coverage);

/// <summary>How many decisions of each part were ended without a label.</summary>
/// <param name="Event">What ended them.</param> <param name="LargestWeight">Most labelled decisions that one stands for.</param>
public sealed record CensoredResult(string Event, int Train, int Validate, int Test, double LargestWeight);
