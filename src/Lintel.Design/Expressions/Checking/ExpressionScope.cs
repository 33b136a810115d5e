using System.Collections.Immutable;

namespace Lintel.Design.Expressions.Checking;

/// <summary>What a name may mean at one place of the design.</summary>
internal sealed record ExpressionScope
{
    /// <summary>Where the expression stands, for messages: "a feature", "the policy".</summary>
    public required string Place { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public required ImmutableArray<EventDesign> Events { get; init; }

    /// <summary>Events whose own faults are reported: what reads them is not faulted too.</summary>
    public ImmutableHashSet<string> BrokenEvents { get; init; } = [];

    /// <summary>The event whose columns bare names mean: the decided one, or inside an aggregate the aggregated
    /// one.</summary>
    public required EventDesign? Row { get; init; }

    /// <summary>Catalogues whose fields may stand in the place of their keys.</summary>
    public ImmutableArray<CatalogueDesign> Catalogues { get; init; } = [];

    /// <summary>Events that carry the label.</summary>
    public ImmutableHashSet<string> LabelEvents { get; init; } = [];

    /// <summary>Features that may be read, with their types and text domains.</summary>
    public IReadOnlyDictionary<string, FeatureType> Features { get; init; } =
        ImmutableDictionary<string, FeatureType>.Empty;

    /// <summary>Models whose scores may be read.</summary>
    public ImmutableHashSet<string> Models { get; init; } = [];

    /// <summary>The model whose calibrated probability the name <c>p</c> means; null: it has no meaning
    /// here.</summary>
    public string? Probability { get; init; }

    public bool AllowsAggregates { get; init; }

    /// <summary>Rules may ask named lists and solved thresholds; nothing else may, since both change without a new
    /// version of the features.</summary>
    public bool IsPolicy { get; init; }

    /// <summary>Fields that become known after their record may be read: only after the fact, in labels, costs and
    /// slices.</summary>
    public bool AllowsLateValues { get; init; }

    /// <summary>Outcomes that can be decided: inside an aggregate of decisions their bare names are texts.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>Inside an aggregate, names mean the aggregated event's columns and nothing else.</summary>
    public bool IsAggregate { get; init; }

    public EventDesign? FindEvent(string name) => Events.FirstOrDefault(e => e.Name == name);

    public ExpressionScope Inside(EventDesign source) => new()
    {
        Place = "an aggregate",
        Zone = Zone,
        Events = Events,
        BrokenEvents = BrokenEvents,
        Row = source,
        Outcomes = source.IsDecision ? Outcomes : [],
        IsAggregate = true,
    };

    /// <summary>Everything that a bare name could be here, for suggestions.</summary>
    public IEnumerable<string> Names =>
        (Row?.Columns.Select(static c => c.Name) ?? []).Concat(Features.Keys).Concat(Models)
            .Concat(IsAggregate ? Outcomes : []);
}

/// <summary>Type of a feature; <see cref="DataType.Missing"/> where its own fault is already reported.</summary>
internal readonly record struct FeatureType(DataType Type, string? Domain);
