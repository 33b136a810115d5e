using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Checking;
using Lintel.Design.Kinds;

namespace Lintel.Design.Grammar;

/// <summary>What the sections know of each other while a design is bound, filled in the order of the file.</summary>
internal sealed class BindingContext(string file, KindRegistry kinds, DiagnosticBag diagnostics)
{
    public string File { get; } = file;

    public KindRegistry Kinds { get; } = kinds;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public ImmutableArray<EventDesign> Events { get; set; } = [];

    /// <summary>Events whose own faults are reported: what reads them is not faulted too.</summary>
    public ImmutableHashSet<string> BrokenEvents { get; set; } = [];

    /// <summary>The decided event; null when its own fault is reported, and then nothing over it is checked.</summary>
    public EventDesign? Decided { get; set; }

    public ImmutableArray<CatalogueDesign> Catalogues { get; set; } = [];

    /// <summary>Of a ranking: one candidate's row; null: expressions read the decided event.</summary>
    public EventDesign? CandidateRow { get; set; }

    /// <summary>What expressions at the decision read; null when the decided event's own fault is reported.</summary>
    public EventDesign? Row => CandidateRow ?? Decided;

    /// <summary>What is decided, even where its own fault is reported; null: the file does not say.</summary>
    public DecisionKind? Decides { get; set; }

    /// <summary>Whether a kind is of use here; an unknown decision is no ground for a fault.</summary>
    public bool IsOfUse(Kind kind) => Decides switch
    {
        DecisionKind.Classification => kind.For.HasFlag(DecisionUse.Classification),
        DecisionKind.Regression => kind.For.HasFlag(DecisionUse.Regression),
        DecisionKind.Ranking => kind.For.HasFlag(DecisionUse.Ranking),
        _ => true,
    };

    /// <summary>Says that a kind is of no use in this decision.</summary>
    public void RefuseUse(Kind kind, string what, SourceSpan at) =>
        Error(FaultCodes.Conflict, at, $"{what} '{kind.Name}' is of no use in a {Decides.ToString()!.ToLowerInvariant()}", kind.Summary,
            string.Join(" | ", Kinds.Of(kind.Family).Where(IsOfUse).Select(static k => k.Name)) is { Length: > 0 } others ? others : null,
            "take one of those, or remove it");

    /// <summary>The decision is a ranking, even where its own fault is reported.</summary>
    public bool IsRanking => Decides == DecisionKind.Ranking;

    /// <summary>Null: no ranking, or one with a fault that is reported.</summary>
    public RankingDesign? Ranking { get; set; }

    /// <summary>Sources of candidates whose own faults are reported: what names them is not faulted too.</summary>
    public ImmutableHashSet<string> BrokenSources { get; set; } = [];

    /// <summary>Labels of a ranking by name.</summary>
    public IEnumerable<string> Labels => Ranking?.Labels.Select(static l => l.Name) ?? [];

    public ImmutableHashSet<string> LabelEvents { get; set; } = [];

    public SortedDictionary<string, FeatureType> Features { get; } = new(StringComparer.Ordinal);

    /// <summary>Features in their final order; a faulty one is missing here but not in
    /// <see cref="Features"/>.</summary>
    public ImmutableArray<FeatureDesign> FeatureOrder { get; set; } = [];

    /// <summary>How the answer's ranges follow outcomes; null: nothing says so, or it is at fault.</summary>
    public RangeDesign? Range { get; set; }

    public ImmutableHashSet<string> Models { get; set; } = [];

    /// <summary>Kind of each model by its name.</summary>
    public Dictionary<string, Kind> ModelKinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Models that are known to give one value, not quantiles.</summary>
    public ImmutableHashSet<string> SingleModels { get; set; } = [];

    /// <summary>The model whose score decides; null without one.</summary>
    public string? FinalModel { get; set; }

    public ImmutableArray<string> Outcomes { get; set; } = [];

    /// <summary>The events, and behind them the implicit <c>decision</c>, unless one is declared by that name.</summary>
    public ImmutableArray<EventDesign> EventsAndDecision =>
        Decided is not { } decided || Events.Any(static e => e.Name == DecisionEvent.Name)
            || BrokenEvents.Contains(DecisionEvent.Name)
            ? Events
            : Events.Add(DecisionEvent.Of(decided, Events.Length, decided.At, Decides == DecisionKind.Regression));

    /// <summary>What an expression may read at the moment of the decision.</summary>
    public ExpressionScope AtDecision(string place) => new()
    {
        Place = place,
        Zone = Zone,
        Events = Events,
        BrokenEvents = BrokenEvents,
        Row = Row,
        Catalogues = Catalogues,
        LabelEvents = LabelEvents,
        Features = Features,
        AllowsAggregates = true,
    };

    /// <summary>What an expression may read when the decision is judged afterwards.</summary>
    public ExpressionScope AtJudging(string place) => AtDecision(place) with { AllowsLateValues = true };

    /// <summary>Checks an expression over the decided event; null after a fault, or when that event itself is
    /// unknown.</summary>
    public Expression? Check(LocatedText text, ExpressionScope scope, params ReadOnlySpan<DataType> accepted) =>
        Decided is null ? null : ExpressionChecker.Check(text, scope, Diagnostics, accepted);

    public void Error(string code, SourceSpan at, string message, string? got = null, string? expected = null,
        string? fix = null) =>
        Diagnostics.Error(code, at, message, got, expected, fix);
}
