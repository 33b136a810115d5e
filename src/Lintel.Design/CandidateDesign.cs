using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>One source of candidates: its kind's parameters, what it learns from and how many it may offer.</summary>
/// <param name="Kind">Registered name, e.g. <c>als</c>.</param>
/// <param name="Parameters">The kind's own parameter record, checked.</param>
/// <param name="Take">Quota: the most that it offers to a request.</param>
/// <param name="Feed">What it learns from and reads; null: its kind needs the catalogue alone.</param>
public sealed record CandidateDesign(
    string Name, SourceSpan At, string Kind, object Parameters, int Take, FeedDesign? Feed)
{
    /// <summary>Whether it may offer what its feed says that the user had to do with already. Default false.</summary>
    public bool OffersKnown { get; init; }

    /// <summary>Name of the row's column with its rank, from 1; missing where it did not offer the item.</summary>
    public string RankColumn => $"{Name}.rank";

    /// <summary>Name of the row's column with 1 − (rank − 1) / take; 0 where it did not offer the item.</summary>
    public string ScoreColumn => $"{Name}.score";
}

/// <summary>Interactions of an entity with items, as one event tells them. Sources with equal feeds share their state.</summary>
/// <param name="Event">What happened, e.g. <c>rating</c>.</param>
/// <param name="Where">Over the event's columns: records that count; null: all.</param>
/// <param name="Weight">Over the event's columns: how much one counts, above 0; null: 1.</param>
/// <param name="Entity">Whose interactions: an entity that the decided event has, e.g. <c>user</c>.</param>
/// <param name="EntityColumn">Column of the event with that entity's key.</param>
/// <param name="AskedColumn">Column of the decided event with it.</param>
/// <param name="ItemColumn">Column of the event with the item's key.</param>
/// <param name="Over">Windowed kinds look back this far; null: over all time.</param>
/// <param name="Segment">Windowed kinds count by it: columns of the event and of the decided event of one name; null: for all.</param>
public sealed record FeedDesign(
    EventDesign Event, Expression? Where, Expression? Weight, string Entity, int EntityColumn, int AskedColumn, int ItemColumn,
    TimeSpan? Over, (int Event, int Asked)? Segment);
