using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design;

/// <summary>What a ranking chooses from, and how it is told afterwards what was right.</summary>
/// <param name="Of">What is ranked, e.g. movies.</param>
/// <param name="Shown">The event that says which items were shown; null: examples are sampled from the candidates.</param>
/// <param name="Labels">By name: <c>like</c>, <c>finish</c>. The first one is judged. Each source's event has a key of
/// <paramref name="Of"/> and is about the decided event, or that one is made from it.</param>
public sealed record RankingDesign(CatalogueDesign Of, EventDesign? Shown, ImmutableArray<NamedLabel> Labels)
{
    public required ImmutableArray<CandidateDesign> Candidates { get; init; }

    /// <summary>What expressions at the decision read: the decided event's columns, those of its keys' catalogues
    /// (<c>user.age</c>), then those of one candidate: its key, its catalogue's fields, and each source's rank and score.</summary>
    public required EventDesign Row { get; init; }

    /// <summary>The first column of <see cref="Row"/> that differs between candidates: the item's key.</summary>
    public required int CandidateStart { get; init; }

    /// <summary>Column of a source's rank; its score stands in the next.</summary>
    public int RankColumn(int source) => Row.Columns.Length - (2 * (Candidates.Length - source));
}

public sealed record NamedLabel(string Name, SourceSpan At, ImmutableArray<LabelSource> Sources);

/// <summary>Decided events that are made from others: a visit begins with the first event of an entity after a pause.</summary>
/// <param name="From">The event they are made from; it has the entity's key.</param>
/// <param name="Pause">A visit ends when nothing happened for so long.</param>
public sealed record VisitDesign(EventDesign From, TimeSpan Pause);
