using System.Text.Json;
using System.Text.Json.Serialization;
using Lintel.Design;

namespace Lintel.Pipeline.Versions;

/// <summary>Everything that is said of a version: <c>manifest.json</c>, and what <c>--json</c> prints. Property names are the
/// contract that scripts rely on (camel case).</summary>
public sealed record VersionManifest
{
    /// <summary>Version of this format; a newer one is refused.</summary>
    public int Format { get; init; } = CurrentFormat;

    public const int CurrentFormat = 1;

    public required int Version { get; init; }

    public required string System { get; init; }

    public required string Goal { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    public required string LintelVersion { get; init; }

    public required string DesignHash { get; init; }

    public required string DataFingerprint { get; init; }

    /// <summary>Place of the log up to which its events are among the data; 0: files only.</summary>
    public long LogTo { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Instants that part the data: ISO 8601 UTC.</summary>
    public required SplitTimes Split { get; init; }

    public required RowCounts Rows { get; init; }

    /// <summary>Metrics of the final model, by name.</summary>
    public required SortedDictionary<string, MetricResult> Metrics { get; init; }

    /// <summary>Names of the metrics as the design lists them, those that only gates name behind; empty: by name.</summary>
    public IReadOnlyList<string> MetricOrder { get; init; } = [];

    /// <summary>Metrics of every model, by model, then metric: test figures.</summary>
    public SortedDictionary<string, SortedDictionary<string, double?>> Models { get; init; } = [];

    public IReadOnlyList<SliceResult> Slices { get; init; } = [];

    public IReadOnlyList<ClaimResult> Requirements { get; init; } = [];

    public IReadOnlyList<GateResult> Gates { get; init; } = [];

    public IReadOnlyList<FindingResult> Findings { get; init; } = [];

    public IReadOnlyList<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>What each outcome would have been on the test period.</summary>
    public IReadOnlyList<OutcomeResult> Outcomes { get; init; } = [];

    /// <summary>What each rule with a condition is worth on the test period, by replay without it.</summary>
    public IReadOnlyList<RulePriceResult> RulePrices { get; init; } = [];

    /// <summary>Of a ranking: what each source of candidates found of what was relevant on the test period, and their union.</summary>
    public IReadOnlyList<RetrievalResult> Retrieval { get; init; } = [];

    /// <summary>Of a ranking: how far its pages lie ahead of each competitor, metric by metric.</summary>
    public IReadOnlyList<GainResult> Gains { get; init; } = [];

    /// <summary>Of a ranking: what each line of the policy did on the test period.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>Of a ranking: its probabilities of what was shown; null: no metric asks for it.</summary>
    public ShownResult? Shown { get; init; }

    /// <summary>Of a ranking whose log has positions with propensities: what that log says of the pages; null: it has none.</summary>
    public OffPolicyResult? OffPolicy { get; init; }

    /// <summary>Of a regression: how its estimates and their quantiles stand beside what happened; null: it decides otherwise.</summary>
    public RegressionResult? Estimate { get; init; }

    /// <summary>How each model was sampled and corrected.</summary>
    public IReadOnlyList<LedgerEntry> Ledger { get; init; } = [];

    /// <summary>Searches over settings: every candidate with its validation figure.</summary>
    public IReadOnlyList<TuneResult> Tuning { get; init; } = [];

    public IReadOnlyList<FeatureSummary> Features { get; init; } = [];

    /// <summary>Curves of the final model on the test period: pr, roc, calibration, gain.</summary>
    public SortedDictionary<string, CurveResult> Curves { get; init; } = [];

    /// <summary>Detection by kind of positive; null: the design tells no kinds apart.</summary>
    public KindDetection? Kinds { get; init; }

    public SortedDictionary<string, double> Seconds { get; init; } = [];

    public long PeakMemoryBytes { get; init; }

    /// <summary>SHA-256 of every other file of the version folder, by relative path.</summary>
    public required SortedDictionary<string, string> Files { get; init; }

    /// <summary>The skew certificate, once <c>verify</c> has run.</summary>
    public SkewCertificate? Skew { get; init; }

    /// <summary>What the served refit is, when <c>refit: now</c>; null: the judged model is served.</summary>
    public RefitResult? Refit { get; init; }

    /// <summary>What was calibrated anew, when this version has its parent's models; null: it was trained.</summary>
    public RecalibrationResult? Recalibration { get; init; }

    /// <summary>What was learned on the stream since the root was made; null: it was trained.</summary>
    public ContinuousResult? Continuous { get; init; }

    /// <summary>What to send to try it; null: of an earlier Lintel.</summary>
    public DecisionForm? Form { get; init; }

    /// <summary>What to send to try it, a made-up record where none of the data was kept.</summary>
    public DecisionForm FormOf(SystemDesign design) => Form ?? DecisionForm.Of(design, null);

    /// <summary>The metrics in the order in which they are shown.</summary>
    public IEnumerable<KeyValuePair<string, MetricResult>> MetricsInOrder() => Metrics
        .OrderBy(m => MetricOrder.TakeWhile(name => name != m.Key).Count()).ThenBy(static m => m.Key, StringComparer.Ordinal);

    /// <summary>Of a ranking: what a classifier's manifest would say of the items that were shown; null: no metric asks for it.</summary>
    public VersionManifest? OfShown() => Shown is not { } shown ? null : this with
    {
        Rows = new(Rows.Train, 0, shown.Rows) { TrainPositives = Rows.TrainPositives, TestPositives = shown.Positives },
        Metrics = shown.Metrics,
        Models = shown.Models,
        Slices = shown.Slices,
        Gains = [],
        Steps = [],
        Retrieval = [],
        Shown = null,
    };

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

public sealed record SplitTimes(
    string TrainFrom, string TrainTo, string? ValidateFrom, string? ValidateTo, string TestFrom, string TestTo,
    string Gap, string Kind);

public sealed record RowCounts(int Train, int Validate, int Test)
{
    /// <summary>Positives in each part.</summary>
    public int TrainPositives { get; init; }

    public int ValidatePositives { get; init; }

    public int TestPositives { get; init; }

    /// <summary>As many decisions of equal weight would tell as much as the test part, whose refused decisions count by those that
    /// were let through; null: every decision counts once.</summary>
    public double? TestEffective { get; init; }

    /// <summary>Decided rows that no part holds (warm-up, gaps, unknown labels, left out by <c>where</c>).</summary>
    public int Unused { get; init; }
}

/// <param name="Test">On the test part; null: undefined there (the reason is a finding).</param>
/// <param name="Interval">95 %, bootstrapped by key and day: [low, high].</param>
/// <param name="Baselines">The same figure of each trivial competitor, on the same rows.</param>
public sealed record MetricResult(
    double? Test, double? Validate, double?[]? Interval, SortedDictionary<string, double?> Baselines)
{
    /// <summary>Whether larger is better.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>Where it is best, when that is neither as high nor as low as can be: 1 of a ratio, 0 of a bias, the share itself of a
    /// coverage; else null.</summary>
    public double? Best { get; init; }

    /// <summary>e.g. <c>share</c>, <c>nats</c>, <c>per decision</c>.</summary>
    public string Unit { get; init; } = "";
}

/// <param name="Judged">False: fewer than 100 positives, shown only.</param>
public sealed record SliceResult(
    string Slice, int Rows, int Positives, bool Judged, SortedDictionary<string, MetricResult> Metrics);

/// <summary>Holds, broken, or undecided (the interval lies across the bound).</summary>
public enum Verdict
{
    Holds,
    Broken,
    Undecided,
    /// <summary>Nothing measured it yet.</summary>
    NotMeasured,
}

/// <param name="Claim">As the design says it, e.g. <c>latency p99 ≤ 10ms</c>.</param>
/// <param name="Measured">With its unit, for people.</param>
/// <param name="Holds">True, false, or null where undecided or not measured.</param>
/// <param name="Command">What measures it.</param>
public sealed record ClaimResult(
    string Claim, string Measured, bool? Holds, string Command, Verdict Verdict, double? Value, string? Line = null);

public sealed record GateResult(
    string Gate, string Measured, bool? Holds, Verdict Verdict, double? Value, double?[]? Interval, string? Slice = null);

/// <param name="Severity">note, warning, or error (blocks).</param>
public sealed record FindingResult(
    string Code, string Severity, string File, int Line, int Column, string Message, string Evidence, string Fix)
{
    public string Rule { get; init; } = "";

    /// <summary>Step of the framework, 1 to 8.</summary>
    public int Step { get; init; }

    /// <summary>What an interviewer would ask.</summary>
    public string Question { get; init; } = "";

    /// <summary>An override that the design gives with its reason (<c>because:</c>).</summary>
    public string? Because { get; init; }
}

/// <param name="Margin">Null: no margin reaches the goal; the rule is off.</param>
public sealed record ThresholdResult(
    int Rule, string Text, string Goal, string Model, double? Margin, double? Probability,
    double? ReachedOnValidate, double? ReachedOnTest, double? PerDayMedian, double? PerDayP95, double? PerDayMax)
{
    /// <summary>A threshold by segment: what was solved for each value, those of most decisions first; the least are left out.</summary>
    public IReadOnlyList<SegmentThreshold> Segments { get; init; } = [];

    /// <summary>Values of the segment that are not listed; the threshold of all stands there.</summary>
    public int OtherSegments { get; init; }

    /// <summary>For a novelty score: the share of the training rows that are less unusual than the threshold; null for others.</summary>
    public double? Position { get; init; }
}

/// <param name="Margin">Null: it has none of its own, the threshold of all stands there; <paramref name="Why"/> says why.</param>
/// <param name="Decisions">Among which the threshold chose.</param>
public sealed record SegmentThreshold(
    string Segment, double? Margin, double? Probability, int Decisions, int Positives, double? ReachedOnValidate,
    double? ReachedOnTest, string? Why);

public sealed record OutcomeResult(
    string Outcome, int Rule, string Text, int Count, double Share, int Positives, double? Precision, double PerDayMean);

/// <summary>What a rule is worth: the test period decided again without it, thresholds unchanged, so that its decisions fall to the
/// rules behind it.</summary>
/// <param name="Chosen">Decisions that it took where thresholds were solved.</param>
/// <param name="Decisions">Decisions that it took on the test period.</param>
/// <param name="Holds">Decisions of the test period for which its condition holds, whoever took them.</param>
/// <param name="Precision">Share of positives among what it took, of known labels; null: none is known.</param>
/// <param name="Cost">Mean cost of a decision; null: the design names no costs.</param>
/// <param name="Recall">Share of positives that are refused, reviewed, or stopped by a challenge; null: there are none.</param>
/// <param name="ReviewsPerDay">Mean reviews a day.</param>
/// <param name="TakenBy">Earlier rule that took most of the decisions for which the condition holds; null: none did.</param>
/// <param name="TakenByCount">How many it took.</param>
public sealed record RulePriceResult(
    int Rule, string Text, string Outcome, int Chosen, int Decisions, int Holds, double? Precision, PriceResult? Cost,
    PriceResult? Recall, PriceResult ReviewsPerDay, int? TakenBy, int TakenByCount)
{
    /// <summary>No margin reaches the goal of its threshold.</summary>
    public bool IsOff { get; init; }
}

/// <param name="Line">Index into the policy.</param>
/// <param name="Removed">Mean number of candidates that it removed from a page.</param>
/// <param name="Infeasible">Share of requests for which it could not be kept for want of candidates.</param>
/// <param name="Price">What taking it out changes in <paramref name="Metric"/>; null: it is the page's own length.</param>
public sealed record StepResult(
    int Line, string Text, double Removed, double Infeasible, string Metric, PriceResult? Price);

/// <param name="With">With the rule.</param> <param name="Without">Without it.</param>
/// <param name="Change">What taking it out changes: without less with.</param>
/// <param name="Interval">95 % of the change, paired, bootstrapped by key and day; null: nothing changes, or it was not judged.</param>
public sealed record PriceResult(double With, double Without, double Change, double?[]? Interval);

/// <param name="KeptNegatives">Share of negatives kept when fitting.</param>
/// <param name="Offset">Added to the margin to undo it: ln(share kept).</param>
public sealed record LedgerEntry(
    string Model, double KeptNegatives, int Rows, int Positives, int RowsBefore, double Offset, ulong Seed);

public sealed record TuneResult(string Model, string Candidate, string Metric, double? Value, bool Chosen, double Seconds);

/// <param name="Importance">Mean absolute contribution to the margin on the test part.</param>
public sealed record FeatureSummary(
    string Name, string Expression, double MissingShare, double? Mean, double? Min, double? Max, double? Importance)
{
    /// <summary>1st percentile on train, of values that are there; null: none is.</summary>
    public double? Low { get; init; }

    /// <summary>99th percentile on train.</summary>
    public double? High { get; init; }
}

/// <param name="Note">What the axes are and how points were thinned.</param>
public sealed record CurveResult(string X, string Y, double[] Xs, double[] Ys, string Note)
{
    /// <summary>Rows behind each point, where that matters (calibration).</summary>
    public double[]? Weights { get; init; }
}

/// <param name="Mismatches">Decisions of which any feature, score or outcome differed in one bit.</param>
public sealed record SkewCertificate(
    DateTimeOffset Made, string Command, string From, string To, int Decisions, int Mismatches,
    int FeatureMismatches, int ScoreMismatches, int OutcomeMismatches, string? FirstDifference, string Digest);

/// <param name="AlertsJudged">Share of decisions of the last week that the judged version would not allow.</param>
public sealed record RefitResult(string TrainFrom, string TrainTo, int Rows, double AlertsJudged, double AlertsServed, bool Agrees);

/// <summary>A calibrator and thresholds fitted anew on what matured since the parent was made; models are the parent's.</summary>
/// <param name="Parent">Version whose models these are.</param>
/// <param name="FitFrom">First decision that was fitted on, ISO 8601 UTC; <paramref name="JudgeFrom"/> likewise.</param>
/// <param name="FitRows">Labelled decisions.</param>
/// <param name="Weighted">Refused decisions have no label but where they were let through: those count for the others.</param>
/// <param name="Before">The parent's calibration on the later days, <paramref name="After"/> this version's: ratio of promised and
/// seen positives (best at 1), and expected calibration error, each with its 95 % interval.</param>
public sealed record RecalibrationResult(
    int Parent, string FitFrom, string JudgeFrom, string JudgeTo, int FitRows, int FitPositives, int JudgeRows, int JudgePositives,
    bool Weighted, CalibrationFigures Before, CalibrationFigures After);

public sealed record CalibrationFigures(MetricResult Ratio, MetricResult Error);
