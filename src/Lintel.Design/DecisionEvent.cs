using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>The implicit event <c>decision</c>: what was decided, about the decided event, known when it was given. A policy
/// that aggregates it sees what it decided before; nothing else may, since files hold no decisions.</summary>
public static class DecisionEvent
{
    public const string Name = "decision";

    /// <summary>Dictionary of the codes of outcomes.</summary>
    public const string OutcomeDomain = "decision.outcome";

    /// <summary>Own columns, in the layout's order: what was shown; the calibrated probability, missing when scoring failed;
    /// and with what probability this outcome was shown. A regression has no outcome, and in the place of the score a column
    /// <c>promise</c>.</summary>
    public const int Outcome = 2, Score = 3, Propensity = 4;

    /// <summary>The event for a decided one; it stands behind all others.</summary>
    /// <param name="number">How many events the design declares.</param> <param name="promises">The decision is a regression.</param>
    public static EventDesign Of(EventDesign decided, int number, SourceSpan at, bool promises)
    {
        var none = new SourceExpression(at, "when it was given", "", []);
        return new()
        {
            Number = number,
            Name = Name,
            At = at,
            Source = "",
            About = new(decided, ""),
            Time = none,
            IsDecision = true,
            Columns =
            [
                Column("time", ColumnKind.Time, DataType.Time),
                Column("known", ColumnKind.Known, DataType.Time),
                Column("outcome", ColumnKind.Field, DataType.Text) with { Domain = OutcomeDomain },
                Column(promises ? "promise" : "score", ColumnKind.Field, DataType.Number),
                Column("propensity", ColumnKind.Field, DataType.Number),
                .. decided.Columns.Select(c => c with { Name = $"{decided.Name}.{c.Name}", Source = null }),
            ],
        };

        ColumnDesign Column(string name, ColumnKind kind, DataType type) =>
            new(name, kind, type, null, null, null, ColumnDesign.DefaultScale, at);
    }

    /// <summary>The implicit event of a design whose policy reads its own decisions; null: it does not.</summary>
    public static EventDesign? In(ImmutableArray<EventDesign> events) => events is [.., { IsDecision: true } last] ? last : null;
}
