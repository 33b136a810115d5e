using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>What one design file said, checked: every name resolved, every expression typed.</summary>
public sealed record SystemDesign
{
    /// <summary>Where the file stands; sources are relative to its folder.</summary>
    public required string Path { get; init; }

    /// <summary>The file's text, as it was read.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the text with line ends normalised, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required string System { get; init; }

    public required string Goal { get; init; }

    /// <summary>Where calendar functions are meant; UTC by default.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    public required RequirementsDesign Requirements { get; init; }

    /// <summary>Event types; the index is the type's number everywhere.</summary>
    public required ImmutableArray<EventDesign> Events { get; init; }

    public required DecisionDesign Decision { get; init; }

    public required SplitDesign Split { get; init; }

    /// <summary>Features in an order in which each comes after those it reads.</summary>
    public required ImmutableArray<FeatureDesign> Features { get; init; }

    /// <summary>Models in an order in which each comes after those it reads.</summary>
    public required ImmutableArray<ModelDesign> Models { get; init; }

    public required EvaluateDesign Evaluate { get; init; }

    public required ImmutableArray<string> Outcomes { get; init; }

    /// <summary>Rules in order; the first that matches decides.</summary>
    public required ImmutableArray<PolicyRule> Policy { get; init; }

    public required ServeDesign Serve { get; init; }

    public required MonitorDesign Monitor { get; init; }

    public required RetrainDesign Retrain { get; init; }

    /// <summary>Warnings and notes that the loader had; it throws when there are errors.</summary>
    public required ImmutableArray<Diagnostic> Remarks { get; init; }

    /// <summary>Folder that relative sources start from, unless the caller points them elsewhere.</summary>
    public string Folder => global::System.IO.Path.GetDirectoryName(global::System.IO.Path.GetFullPath(Path))!;

    /// <summary>The model whose score decides: the last one declared.</summary>
    public ModelDesign FinalModel => Models.First(m => m.IsFinal);
}

/// <summary>What the system must keep; each is measured. Null: nothing is claimed.</summary>
public sealed record RequirementsDesign
{
    /// <summary>Percentile of the latency of one decision, e.g. 99, and its bound.</summary>
    public required ImmutableArray<LatencyClaim> Latency { get; init; }

    /// <summary>Decisions a second that must be sustained.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>An event counts in features this soon after it is accepted.</summary>
    public TimeSpan? Freshness { get; init; }

    /// <summary>Cases that human reviewers can judge, per day.</summary>
    public double? ReviewersPerDay { get; init; }

    /// <summary>Costs by name (missed, blocked, review …): number expressions over the decided event.</summary>
    public required ImmutableArray<CostDesign> Costs { get; init; }

    /// <summary>Where each claim stands in the file, by its key (latency, rate, freshness, reviewers, costs).</summary>
    public required ImmutableDictionary<string, SourceSpan> At { get; init; }
}

/// <param name="Percentile">0 to 100.</param>
public sealed record LatencyClaim(double Percentile, TimeSpan Bound);

public sealed record CostDesign(string Name, Expression Value);

/// <summary>One type of record: what happens, and when it becomes known.</summary>
public sealed record EventDesign
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required SourceSpan At { get; init; }

    /// <summary>Files, relative to the data folder, wildcards allowed.</summary>
    public required string Source { get; init; }

    /// <summary>Column or SQL-like column expression of the source that identifies a record; null: its position.</summary>
    public string? Id { get; init; }

    /// <summary>When this event is about another one: that one, and the source column that names its id.</summary>
    public SubjectDesign? About { get; init; }

    /// <summary>How source rows become values; files only.</summary>
    public required SourceExpression Time { get; init; }

    /// <summary>When a record of a file becomes known; null: at its time.</summary>
    public SourceExpression? Known { get; init; }

    /// <summary>Rows of the source that count; null: all.</summary>
    public SourceExpression? Where { get; init; }

    /// <summary>Layout of a record's values: time, known, own keys, own fields, then everything of the subject
    /// (named <c>payment.amount</c>; a subject's key that is not declared anew also answers to its bare name).</summary>
    public required ImmutableArray<ColumnDesign> Columns { get; init; }

    /// <summary>Columns of the subject's record start here; equals the number of columns without a subject.</summary>
    public int InheritedFrom => About is null ? Columns.Length : Columns.Length - About.Event.Columns.Length;

    public override string ToString() => Name;

    // events refer to each other; identity is the number
    public bool Equals(EventDesign? other) => other is not null && other.Number == Number && other.Name == Name;

    public override int GetHashCode() => Number;
}

/// <param name="Event">The event this one is about.</param>
/// <param name="Column">Column of this event's source that holds the subject's id.</param>
public sealed record SubjectDesign(EventDesign Event, string Column);

public enum ColumnKind
{
    Time,
    Known,
    Key,
    Field,
}

/// <summary>One value of a record.</summary>
/// <param name="Domain">Dictionary of its codes: the entity for keys, <see cref="TextDomain"/> for texts, else null.</param>
/// <param name="Source">Where files hold it; null for inherited columns (they come from the subject's record).</param>
/// <param name="KnownAt">A field that becomes known later than its record: the source column of that instant.</param>
/// <param name="Scale">Unit in which exact sums hold the field.</param>
public sealed record ColumnDesign(
    string Name,
    ColumnKind Kind,
    DataType Type,
    string? Domain,
    SourceExpression? Source,
    SourceExpression? KnownAt,
    double Scale,
    SourceSpan At)
{
    /// <summary>The dictionary that all text fields share.</summary>
    public const string TextDomain = "text";

    public const double DefaultScale = 1e-6;
}

/// <summary>An expression over the columns of a source file: its text, as DuckDB SQL with every name quoted and every
/// duration an INTERVAL, so that files are read, renamed and computed in one scan; and the columns it reads.</summary>
/// <param name="Text">As the design says it.</param> <param name="Sql">What DuckDB evaluates.</param>
/// <param name="IsPosition">The source has no clock: the row order is the time.</param>
public sealed record SourceExpression(
    SourceSpan At, string Text, string Sql, ImmutableArray<string> Columns, bool IsPosition = false);

public enum DecisionKind
{
    Classification,
    Regression,
    Ranking,
}

/// <summary>The ML formulation: what is decided at each event, and which later record tells the truth.</summary>
public sealed record DecisionDesign(
    SourceSpan At, EventDesign Each, DecisionKind Kind, ImmutableArray<LabelSource> Label);

/// <summary>One place where the label comes from; several are combined with or.</summary>
/// <param name="Value">Over the label event's columns; null: the event's existence is the label.</param>
/// <param name="Within">A label that must happen this soon after its subject; null: whenever.</param>
public sealed record LabelSource(SourceSpan At, EventDesign Event, Expression? Value, TimeSpan? Within);

/// <summary>How decisions are parted into those that fit, that choose, and that judge.</summary>
public abstract record SplitDesign(SourceSpan At, string? Because)
{
    private SplitDesign() : this(default, null) { }

    /// <summary>Consecutive stretches of time; the gap stands before validate and before test. Shares are of the rest.</summary>
    public sealed record ByTime(
        SourceSpan At, string? Because, Stretch Train, Stretch? Validate, Stretch Test, TimeSpan Gap)
        : SplitDesign(At, Because);

    /// <summary>The test part stands in files of its own.</summary>
    public sealed record ByFile(SourceSpan At, string? Because, string Train, string? Validate, string Test)
        : SplitDesign(At, Because);

    /// <summary>By a key: <c>folds: 5</c>, <c>leave: last</c>, or <c>random: 75%, seeds: 5</c>.</summary>
    public sealed record ByKey(
        SourceSpan At, string? Because, string Key, int? Folds, string? Leave, double? Random, int? Seeds)
        : SplitDesign(At, Because);

    /// <summary>Rows at random: what the review refuses, unless <c>because:</c> gives a reason.</summary>
    public sealed record AtRandom(
        SourceSpan At, string? Because, double Train, double Validate, double Test, ulong Seed)
        : SplitDesign(At, Because);
}

/// <summary>A stretch of a split: a share of the whole, or dates (first and last day, both included).</summary>
public abstract record Stretch
{
    private protected Stretch() { }

    /// <param name="Part">0 to 1.</param>
    public sealed record Share(double Part) : Stretch;

    public sealed record Days(DateOnly First, DateOnly Last) : Stretch;
}

/// <summary>A feature: one expression under a name. Braces are already expanded.</summary>
public sealed record FeatureDesign(string Name, SourceSpan At, string Text, Expression Value);

/// <summary>A model: its kind's parameters, and what it reads.</summary>
/// <param name="Kind">Registered name, e.g. <c>xgboost</c>.</param>
/// <param name="Parameters">The kind's own parameter record, checked.</param>
/// <param name="Uses">Features it reads, in feature order; empty for a model made of models.</param>
/// <param name="Of">Models it combines; empty for a model of features.</param>
/// <param name="Calibrate">Registered calibrator, e.g. <c>isotonic</c>; null: none.</param>
/// <param name="NegativeSample">Share of negatives kept when fitting, 0 to 1; 1: all.</param>
/// <param name="Tune">Settings to search over: parameter name to candidate values, each as a checked parameter record
/// in <see cref="TuneDesign.Candidates"/>; null: no search.</param>
public sealed record ModelDesign(
    string Name,
    SourceSpan At,
    string Kind,
    object Parameters,
    ImmutableArray<string> Uses,
    ImmutableArray<string> Of,
    string? Calibrate,
    double NegativeSample,
    TuneDesign? Tune,
    bool IsFinal);

/// <param name="Metric">Judges the candidates on the validation days.</param>
/// <param name="Candidates">Every combination, as the kind's parameter record.</param>
/// <param name="Labels">What each candidate sets, e.g. <c>trees 300, depth 4</c>.</param>
public sealed record TuneDesign(
    SourceSpan At, string Metric, ImmutableArray<object> Candidates, ImmutableArray<string> Labels);

public sealed record EvaluateDesign(
    ImmutableArray<MetricDesign> Metrics,
    ImmutableArray<BaselineDesign> Baselines,
    ImmutableArray<SliceDesign> Slices,
    ImmutableArray<GateDesign> Gates,
    Expression? Where,
    SourceSpan At);

/// <summary>A metric with its cut-off: <c>card-precision@100</c> is kind <c>key-precision</c> of key card at 100.</summary>
/// <param name="Name">As written.</param> <param name="Kind">Registered metric, e.g. <c>recall</c>.</param>
/// <param name="Key">The entity of a by-key metric, else null.</param>
/// <param name="At">The cut-off: a count, or a share 0 to 1 where <paramref name="IsShare"/>; null: none.</param>
public sealed record MetricDesign(string Name, SourceSpan Span, string Kind, string? Key, double? At, bool IsShare);

/// <summary>A trivial competitor: <c>random</c>, <c>prior</c>, or an expression such as <c>amount</c> (its value is the score).</summary>
public sealed record BaselineDesign(string Name, SourceSpan At, Expression? Value);

public sealed record SliceDesign(string Name, SourceSpan At, Expression Condition);

/// <summary>A gate on a metric: an absolute bound, or a share of the whole for every slice.</summary>
/// <param name="EverySlice">The gate holds for each slice (<c>slice auc</c>).</param>
/// <param name="RelativeToAll">The bound is this share of the figure over all (<c>&gt;= 0.95 of all</c>).</param>
public sealed record GateDesign(
    string Text, SourceSpan At, MetricDesign Metric, bool EverySlice, BinaryOperator Comparison, double Bound,
    bool RelativeToAll);

/// <summary>One line of the policy.</summary>
public abstract record PolicyRule(SourceSpan At, string Text)
{
    private PolicyRule() : this(default, "") { }

    /// <summary><c>block if fraud &gt;= threshold(precision 90%)</c>.</summary>
    public sealed record When(SourceSpan At, string Text, string Outcome, Expression Condition) : PolicyRule(At, Text);

    /// <summary><c>allow</c>: everything that reaches the line.</summary>
    public sealed record Otherwise(SourceSpan At, string Text, string Outcome) : PolicyRule(At, Text);
}

public enum ServeMode
{
    Online,
    Batch,
}

/// <param name="LetThrough">Share of the hardest outcome that passes anyway, so that outcomes stay observable; 0 to 1.</param>
public sealed record ServeDesign(ServeMode Mode, string? OnFailure, double LetThrough, SourceSpan At);

/// <param name="DriftMeasure">e.g. psi.</param>
public sealed record MonitorDesign(
    string? DriftMeasure, double? DriftBound, TimeSpan? Window, ImmutableArray<string> Alert, SourceSpan At);

/// <param name="RefitOnAll"><c>refit: now</c>: after judging, the same recipe is fitted on all that is known.</param>
/// <param name="Promote">The condition as written; the default is "when no gate is broken and no slice is worse".</param>
public sealed record RetrainDesign(TimeSpan? Every, bool RefitOnAll, string Promote, SourceSpan At);
