using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

public sealed record EvaluateDesign(
    ImmutableArray<MetricDesign> Metrics,
    ImmutableArray<BaselineDesign> Baselines,
    ImmutableArray<SliceDesign> Slices,
    ImmutableArray<GateDesign> Gates,
    Expression? Where,
    SourceSpan At)
{
    /// <summary>What tells kinds of positives apart; null: nothing does.</summary>
    public KindsDesign? Kinds { get; init; }
}

/// <summary>A text field of a label event whose values name the kinds of positives, such as attacks.</summary>
/// <param name="ColumnIndex">Index into the event's columns.</param>
public sealed record KindsDesign(SourceSpan At, EventDesign Event, int ColumnIndex);

/// <summary>A metric with its cut-off: <c>card-precision@100</c> is kind <c>key-precision</c> of key card at
/// 100.</summary>
/// <param name="Name">As written.</param> <param name="Kind">Registered metric, e.g. <c>recall</c>.</param>
/// <param name="Key">The entity of a by-key metric, else null.</param>
/// <param name="At">The cut-off: a count, or a share 0 to 1 where <paramref name="IsShare"/>; null: none.</param>
public sealed record MetricDesign(string Name, SourceSpan Span, string Kind, string? Key, double? At, bool IsShare)
{
    /// <summary>Of a ranking: it judges the probabilities of shown items as a classifier's are judged, not pages.</summary>
    public bool OfShown { get; init; }
}

/// <summary>A trivial competitor: <c>random</c>, <c>prior</c>, or an expression such as <c>amount</c> (its value is the
/// score).</summary>
public sealed record BaselineDesign(string Name, SourceSpan At, Expression? Value);

public sealed record SliceDesign(string Name, SourceSpan At, Expression Condition);

/// <summary>A gate on a metric: an absolute bound, or a share of the whole for every slice.</summary>
/// <param name="EverySlice">The gate holds for each slice (<c>slice auc</c>).</param>
/// <param name="RelativeToAll">The bound is this share of the figure over all (<c>&gt;= 0.95 of all</c>).</param>
public sealed record GateDesign(
    string Text, SourceSpan At, MetricDesign Metric, bool EverySlice, BinaryOperator Comparison, double Bound,
    bool RelativeToAll);
