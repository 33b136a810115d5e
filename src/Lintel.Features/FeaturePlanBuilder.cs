using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Features.Expressions;
using Lintel.Features.Planning;

namespace Lintel.Features;

/// <summary>Collects every expression that a design evaluates at a decision, shares equal aggregates, and lays out one file of
/// registers for it (see <see cref="FeaturePlan"/>).</summary>
public sealed class FeaturePlanBuilder : IOuterScope
{
    // of the snapshot's meaning: raise it when the state is kept otherwise
    private const string StateFormat = "feature state 1";

    private readonly SystemDesign _design;
    private readonly CodeDictionaries _dictionaries;
    private readonly IReadOnlyList<CatalogueTable> _catalogues;
    private readonly AggregatePlanner _aggregates;
    private readonly Dictionary<string, int> _featureIndex = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ExpressionProgram> _features;
    private readonly List<ExpressionProgram> _programs = [];
    private readonly List<Expression.Threshold> _thresholds = [];
    private readonly List<(Expression.ListMembership List, string Canonical, ExpressionProgram Value)> _lists = [];
    private string _owner = "";

    /// <param name="dictionaries">Texts that the design names get their codes now.</param>
    /// <param name="catalogues">In the design's order; needed when it has any.</param>
    public FeaturePlanBuilder(
        SystemDesign design, CodeDictionaries dictionaries, IReadOnlyList<CatalogueTable>? catalogues = null)
    {
        _design = design;
        _dictionaries = dictionaries;
        _catalogues = catalogues ?? [];
        _aggregates = new(dictionaries, design.TimeZone, _catalogues);
        if (DecisionEvent.In(design.Events) is not null)
        {
            foreach (var outcome in design.Outcomes) { dictionaries[DecisionEvent.OutcomeDomain].Add(outcome); }
        }
        for (var f = 0; f < design.Features.Length; f++) { _featureIndex.Add(design.Features[f].Name, f); }
        _features = [.. design.Features.Select(f => Compile(f.Value, $"feature '{f.Name}'"))];
    }

    /// <summary>Compiles an expression whose value is computed later than the features (policy, costs, slices, baselines); the
    /// aggregates in it are read with the features, in the same step of the sequencer.</summary>
    public ExpressionProgram Add(Expression expression) => Compile(expression, $"'{expression.At}'");

    /// <summary>Lays out the registers; the programs that <see cref="Add"/> gave can be evaluated from now on.</summary>
    public FeaturePlan Build()
    {
        var aggregateStart = _design.Decision.Row.Columns.Length;
        var featureStart = aggregateStart + _aggregates.Count;
        var scoreStart = featureStart + _features.Length;
        var thresholdStart = scoreStart + (2 * _design.Models.Length);
        var listStart = thresholdStart + _thresholds.Count;
        var promiseStart = listStart + _lists.Count;
        var layout = new RegisterLayout(
            aggregateStart, featureStart, scoreStart, thresholdStart, listStart,
            promiseStart + (_design.Decision.Kind == DecisionKind.Regression ? 1 : 0));
        foreach (var program in _programs)
        {
            program.Bind((region, index) => index + region switch
            {
                Region.Aggregate => layout.AggregateStart,
                Region.Feature => layout.FeatureStart,
                Region.Score => layout.ScoreStart,
                Region.Threshold => layout.ThresholdStart,
                Region.List => layout.ListStart,
                _ => 0,
            });
        }
        var groups = _aggregates.Build();
        return new(
            _design, _dictionaries, _catalogues, layout, groups, _features,
            [.. _thresholds.Select((t, i) => (layout.ThresholdStart + i, t))],
            [.. _lists.Select((l, i) => new PlannedList(layout.ListStart + i, l.List.List, l.Value,
                l.List.Domain is { } domain ? _dictionaries[domain] : null))],
            HashOf(groups));
    }

    (Region Region, int Index) IOuterScope.Place(Expression expression)
    {
        switch (expression)
        {
            case Expression.Aggregate aggregate: return (Region.Aggregate, _aggregates.Add(aggregate, _owner));
            case Expression.Feature feature: return (Region.Feature, _featureIndex[feature.Name]);
            case Expression.Score score:
                var model = 0;
                while (_design.Models[model].Name != score.Model) { model++; }
                return (Region.Score, (2 * model) + (score.Form == ScoreForm.Probability ? 1 : 0));
            case Expression.Threshold threshold:
                var index = _thresholds.IndexOf(threshold);
                if (index < 0)
                {
                    index = _thresholds.Count;
                    _thresholds.Add(threshold);
                }
                return (Region.Threshold, index);
            case Expression.ListMembership list:
                var canonical = CanonicalText.Of(list);
                var known = _lists.FindIndex(l => l.Canonical == canonical);
                if (known < 0)
                {
                    var value = Compile(list.Value, _owner);
                    known = _lists.Count;
                    _lists.Add((list, canonical, value));
                }
                return (Region.List, known);
            default:
                throw new ArgumentException(
                    $"{expression.At}: {expression.GetType().Name} cannot be compiled", nameof(expression));
        }
    }

    CatalogueTable IOuterScope.Catalogue(Expression expression, string entity) =>
        _catalogues.FirstOrDefault(c => c.Design.Name == entity) ?? throw new ArgumentException(
            $"{expression.At}: the catalogue '{entity}' is not there; compile the design with the catalogues that were read",
            nameof(expression));

    private ExpressionProgram Compile(Expression expression, string owner)
    {
        var before = _owner;
        _owner = owner;
        var program = ProgramCompiler.Compile(expression, _dictionaries, _design.TimeZone, this);
        _owner = before;
        _programs.Add(program);
        return program;
    }

    private string HashOf(ImmutableArray<WindowGroup> groups)
    {
        var text = new StringBuilder(StateFormat).Append('\n');
        foreach (var design in _design.Events)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{design.Name}: {string.Join(", ", design.Columns.Select(static c => $"{c.Name} {c.Type} {c.Domain}"))}\n");
        }
        foreach (var group in groups) { _ = text.Append(group.Canonical).Append('\n'); }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
