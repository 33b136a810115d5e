using System.Collections.Frozen;
using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features.Planning;

namespace Lintel.Features;

/// <summary>What the engine keeps for each event and computes for each decision. Immutable, shared by every engine.</summary>
/// <remarks>The register file of one decision is
/// <c>[decided event's columns | aggregates | features | scores (margin, probability of each model) | solved thresholds | list
/// memberships | promise of a regression]</c>. The engine fills the first three; the pipeline fills the rest before late programs run.</remarks>
public sealed class FeaturePlan
{
    private readonly FrozenDictionary<string, int> _scoreRegisters;

    // features that are an aggregate or a column and nothing else: where it stands; −1: a program computes it
    private readonly int[] _loads;

    // of a ranking: features that differ between candidates
    private readonly int[] _candidateFeatures = [];

    internal FeaturePlan(
        SystemDesign design,
        CodeDictionaries dictionaries,
        IReadOnlyList<CatalogueTable> catalogues,
        RegisterLayout layout,
        ImmutableArray<WindowGroup> groups,
        ImmutableArray<ExpressionProgram> features,
        ImmutableArray<(int, Expression.Threshold)> thresholds,
        ImmutableArray<PlannedList> lists,
        string stateHash)
    {
        Design = design;
        Dictionaries = dictionaries;
        Catalogues = catalogues;
        Layout = layout;
        Groups = groups;
        FeaturePrograms = features;
        Thresholds = thresholds;
        Lists = lists;
        StateHash = stateHash;
        _loads = [.. features.Select(static p => p.LoadedRegister)];
        FeatureShapes = FeatureShape.Of(design.Features);
        FeatureNames = [.. design.Features.Select(static f => f.Name)];
        GroupsOf = [.. design.Events.Select(e => Enumerable.Range(0, groups.Length).Where(g => groups[g].Source.Number == e.Number).ToArray())];
        if (design.Decision.Ranking is { } ranking)
        {
            Row = new(ranking, catalogues);
            var differs = new CandidateReading(design, ranking.CandidateStart);
            RequestGroups = [.. Enumerable.Range(0, groups.Length).Where(g => !differs.Differs(groups[g].DecisionKeys))];
            CandidateGroups = [.. Enumerable.Range(0, groups.Length).Except(RequestGroups)];
            _candidateFeatures =
                [.. Enumerable.Range(0, features.Length).Where(f => differs.Differs(design.Features[f].Value))];
        }
        _scoreRegisters = design.Models.Select((m, i) => KeyValuePair.Create(m.Name, layout.ScoreStart + (2 * i))).ToFrozenDictionary();
    }

    public SystemDesign Design { get; }

    /// <summary>The dictionaries whose codes programs and states hold.</summary>
    public CodeDictionaries Dictionaries { get; }

    /// <summary>What is known of things, in the design's order.</summary>
    public IReadOnlyList<CatalogueTable> Catalogues { get; }

    /// <summary>Length of the register file of one decision.</summary>
    public int RegisterCount => Layout.Count;

    /// <summary>Features in the design's order: <c>registers[FeatureStart .. FeatureStart + FeatureCount]</c>.</summary>
    public int FeatureStart => Layout.FeatureStart;

    public int FeatureCount => FeatureNames.Length;

    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>Which of them are ids, and what ids they can be.</summary>
    public ImmutableArray<FeatureShape> FeatureShapes { get; }

    /// <summary>Registers that the pipeline fills with solved thresholds, in the order in which the policy names them.</summary>
    public ImmutableArray<(int Register, Expression.Threshold Threshold)> Thresholds { get; }

    /// <summary>Registers that the pipeline fills with 1 or 0: whether the value stands in the named list.</summary>
    public ImmutableArray<PlannedList> Lists { get; }

    /// <summary>Register of what a regression promises, the last one; −1: it is none.</summary>
    public int PromiseRegister => Design.Decision.Kind == DecisionKind.Regression ? RegisterCount - 1 : -1;

    /// <summary>Whether the policy aggregates its own decisions.</summary>
    public bool ReadsDecisions => DecisionEvent.In(Design.Events) is { } own && GroupsOf[own.Number].Length > 0;

    /// <summary>Hash of everything that shapes the state; a snapshot of another plan is refused.</summary>
    public string StateHash { get; }

    internal RegisterLayout Layout { get; }

    internal ImmutableArray<WindowGroup> Groups { get; }

    /// <summary>Groups that an event feeds, by its number.</summary>
    internal int[][] GroupsOf { get; }

    internal ImmutableArray<ExpressionProgram> FeaturePrograms { get; }

    /// <summary>How a ranking's rows are filled; null: the decision is no ranking.</summary>
    public CandidateRow? Row { get; }

    /// <summary>Groups whose keys are the request's alone; of a ranking.</summary>
    internal int[] RequestGroups { get; } = [];

    /// <summary>Groups with a key of the candidate; of a ranking.</summary>
    internal int[] CandidateGroups { get; } = [];

    /// <summary>Computes the features again from the columns and aggregates that stand in the registers: a what-if that keeps its keys
    /// and its time keeps its windows.</summary>
    public void ComputeFeatures(Span<double> registers)
    {
        var features = registers.Slice(Layout.FeatureStart, _loads.Length);
        for (var f = 0; f < features.Length; f++)
        {
            features[f] = _loads[f] >= 0 ? registers[_loads[f]] : FeaturePrograms[f].Evaluate(registers);
        }
    }

    /// <summary>Computes the features that differ between the candidates of one request.</summary>
    internal void ComputeCandidateFeatures(Span<double> registers)
    {
        foreach (var f in _candidateFeatures)
        {
            registers[Layout.FeatureStart + f] =
                _loads[f] >= 0 ? registers[_loads[f]] : FeaturePrograms[f].Evaluate(registers);
        }
    }

    /// <summary>Register of a model's margin; its probability stands in the next one.</summary>
    public int ScoreRegister(string model) => _scoreRegisters[model];
}

/// <summary>Where each stretch of the register file begins.</summary>
internal readonly record struct RegisterLayout(
    int AggregateStart, int FeatureStart, int ScoreStart, int ThresholdStart, int ListStart, int Count);

/// <summary>A question of the policy to a named list.</summary>
/// <param name="Register">Takes 1 or 0; missing where the value is missing.</param>
/// <param name="Value">The code that is looked up.</param>
/// <param name="Codes">Texts of the codes; null: the value is always missing.</param>
public sealed record PlannedList(int Register, string List, ExpressionProgram Value, CodeDictionary? Codes);
