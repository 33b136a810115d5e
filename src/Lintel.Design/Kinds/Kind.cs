using System.Collections.Immutable;

namespace Lintel.Design.Kinds;

/// <summary>What a kind belongs to: each family is one plug-in point of the grammar.</summary>
public enum KindFamily
{
    Model,
    /// <summary>A model made of other models' scores.</summary>
    Combiner,
    Calibrator,
    Metric,
    /// <summary>A metric of ranked lists.</summary>
    RankingMetric,
    /// <summary>A source of candidates.</summary>
    CandidateSource,
    /// <summary>A step of a ranking's policy.</summary>
    PolicyStep,
    /// <summary>A step of a regression's policy.</summary>
    PromiseStep,
}

/// <summary>The kinds of decisions that something is of use for.</summary>
[Flags]
public enum DecisionUse
{
    Classification = 1,
    Regression = 2,
    Ranking = 4,
    /// <summary>Where a label is yes or no, or a grade.</summary>
    Conditions = Classification | Ranking,
    All = Classification | Regression | Ranking,
}

/// <summary>A kind: a name that the design file may use, the record of its parameters, and its documentation. The room
/// that implements a kind registers it; the schema, the reference and the checker read it here.</summary>
/// <param name="Parameters">A sealed record with <see cref="ParameterAttribute"/> on each property, a parameterless
/// constructor and defaults; its keys in the file are the properties' names in lower case with blanks (<c>min child
/// weight</c>).</param>
/// <param name="Summary">One sentence in the field's words.</param>
public sealed record Kind(KindFamily Family, string Name, Type Parameters, string Summary)
{
    /// <summary>How a policy step is said, with its slots: <c>at most {count} of {column}</c>; other families: null.</summary>
    public string? Sentence { get; init; }

    /// <summary>Of a promise's step: costs that the design must name for it; each is a slot of its line.</summary>
    public ImmutableArray<string> Costs { get; init; } = [];

    /// <summary>Of a model: it reads features that are ids, texts and keys as well as numbers.</summary>
    public bool ReadsIds { get; init; }

    /// <summary>Of a model: it can go on learning, row by row, after its fit.</summary>
    public bool LearnsOnline { get; init; }

    /// <summary>Of a model: it knows how unsure it is of a row, the variance of its margin.</summary>
    public bool KnowsVariance { get; init; }

    /// <summary>Decisions that it is of use for; most kinds learn, judge or calibrate whether something happens.</summary>
    public DecisionUse For { get; init; } = DecisionUse.Conditions;

    /// <summary>Of a model: the order in which its features are written matters to it.</summary>
    public bool ReadsInOrder { get; init; }

    /// <summary>Of a model: parameters that have another default in a regression, by their keys.</summary>
    public ImmutableDictionary<string, object> RegressionDefaults { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>Of a model: the parameters with which it fits one quantile of the label, 0 to 1; null: it fits none.</summary>
    public Func<object, double, object>? AtQuantile { get; init; }

    /// <summary>Of a combiner: it covers ranges of another entry's quantiles, moved by what outcomes say.</summary>
    public bool CoversRanges { get; init; }

    /// <summary>Of a model: what is wrong with parameters in a decision of this kind, and what is right; null, or a null answer: nothing.</summary>
    public Func<object, DecisionKind, (string Wrong, string Right)?>? Fault { get; init; }

    /// <summary>Of a source of candidates: what it learns from.</summary>
    public FeedNeed Feed { get; init; }
}

/// <summary>What a kind of candidate source learns from besides the catalogue.</summary>
public enum FeedNeed
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Interactions, which an event tells (<c>from</c>).</summary>
    Needed,
    /// <summary>Interactions, counted over a window and by a segment (<c>over</c>, <c>by</c>).</summary>
    Windowed,
}

/// <summary>Documents and bounds one parameter of a kind.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string summary) : Attribute
{
    public string Summary { get; } = summary;

    public double Min { get; set; } = double.NegativeInfinity;

    public double Max { get; set; } = double.PositiveInfinity;

    /// <summary>A percentage such as 80% is meant: 0.8 in the record.</summary>
    public bool Share { get; set; }

    /// <summary>The values that a text parameter may take; empty: any.</summary>
    public string[] OneOf { get; set; } = [];

    /// <summary>What a text parameter names; the checker says when there is none of that name.</summary>
    public ParameterNames Names { get; set; }
}

/// <summary>A kind without parameters.</summary>
public sealed record NoParameters;

/// <summary>Every kind that this program knows, put together once at the composition root.</summary>
public sealed class KindRegistry
{
    private readonly Dictionary<(KindFamily, string), Kind> _kinds = [];

    public KindRegistry(IEnumerable<Kind> kinds)
    {
        foreach (var kind in kinds) { _kinds.Add((kind.Family, kind.Name), kind); }
    }

    public Kind? Find(KindFamily family, string name) => _kinds.GetValueOrDefault((family, name));

    public IEnumerable<Kind> Of(KindFamily family) =>
        _kinds.Values.Where(k => k.Family == family).OrderBy(static k => k.Name, StringComparer.Ordinal);
}
