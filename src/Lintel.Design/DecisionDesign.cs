using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

public enum DecisionKind
{
    Classification,
    Regression,
    Ranking,
}

/// <summary>The ML formulation: what is decided at each event, and which later record tells the truth.</summary>
public sealed record DecisionDesign(
    SourceSpan At, EventDesign Each, DecisionKind Kind, ImmutableArray<LabelSource> Label)
{
    /// <summary>What is ranked; null: the decision is no ranking.</summary>
    public RankingDesign? Ranking { get; init; }

    /// <summary>Of a regression: what ends a decision without a label, about the decided event or the same subject; null: nothing.</summary>
    public EventDesign? Censored { get; init; }

    /// <summary>What expressions at the decision read: the decided event, or one candidate's row.</summary>
    public EventDesign Row => Ranking?.Row ?? Each;
}

/// <summary>One place where the label comes from; several are combined with or.</summary>
/// <param name="Value">Over the label event's columns; null: the event's existence is the label.</param>
/// <param name="Within">A label that must happen this soon after its subject; null: whenever.</param>
public sealed record LabelSource(SourceSpan At, EventDesign Event, Expression? Value, TimeSpan? Within)
{
    /// <summary>What <see cref="Value"/> reads where the event is not about the decided one but about the same subject: the event's
    /// columns, and behind them the decided event's own. Null: it reads the event's columns.</summary>
    public EventDesign? Row { get; init; }
}
