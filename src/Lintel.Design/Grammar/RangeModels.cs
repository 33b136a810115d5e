using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary>What an entry of ranges stands for: a feature for what each end is moved by, a model that moves it, and models that keep the
/// ends and the estimate in order.</summary>
internal static class RangeModels
{
    private const string Ordered = "ordered";
    private const string Place = "place";

    /// <summary>Of one model it is that model: what is added stands in its base.</summary>
    private const string Average = "average";
    private const double Middle = 0.5;

    /// <param name="bound">Models that stand before it.</param>
    public static ImmutableArray<ModelDesign> Expand(
        ModelDesign model, SectionValues values, IReadOnlyList<ModelDesign> bound, BindingContext context)
    {
        if (context.Range is { } other)
        {
            context.Error(FaultCodes.Duplicate, model.At, "ranges are covered twice", $"'{other.Name}' and '{model.Name}'", "one such entry", "remove one");
            return [];
        }
        var quantiles = bound.Where(m => m.Quantile is { } q && model.Of.Contains(q.Entry)).ToDictionary(static m => m.Quantile!.Level);
        if (model.Of.Length != 1 || !quantiles.TryGetValue(Middle, out var middle) || quantiles.Count < 3)
        {
            context.Error(FaultCodes.Conflict, model.At, $"'{model.Name}' covers ranges of quantiles", $"of: [{string.Join(", ", model.Of)}]",
                "one earlier model with 'quantiles'", "give that model 'quantiles', such as [10%, 50%, 90%]");
            return [];
        }
        var ends = Ends(values, quantiles, context);
        var by = values.Text(KindKeys.SliceBy) is { } text ? Slice(text, context) : null;
        if (ends.Count == 0 || context.Kinds.Find(Kinds.KindFamily.Combiner, Ordered) is not { } ordered) { return []; }

        var range = new RangeDesign(
            model.Name, model.At, model.Parameters,
            [.. ends.Select(level => new RangeEnd(level, quantiles[level].Name, $"{model.Name}.shift@{QuantileOf.LevelText(level)}"))], by);
        context.Range = range;
        context.FeatureOrder = context.FeatureOrder.AddRange(range.Ends.Select(end => ShiftOf(end, model)));
        var moved = range.Ends.Select(end => model with
        {
            Name = $"{model.Name}@{QuantileOf.LevelText(end.Level)}.fit",
            Kind = Average,
            Parameters = new Kinds.NoParameters(),
            Of = [end.Quantile],
            ResidualOver = new(null, end.Shift),
            IsPart = true,
            IsFinal = false,
        }).ToImmutableArray();

        // in the order of their levels, with the estimate among them; the estimate is told last
        var levels = ends.Append(Middle).Order().ToList();
        var places = new KindParameters(ordered);
        var order = levels.Select((level, place) => (level, place)).OrderBy(static l => l.level == Middle).Select(l => model with
        {
            Name = l.level == Middle ? model.Name : $"{model.Name}@{QuantileOf.LevelText(l.level)}",
            Kind = Ordered,
            Parameters = places.Create([KeyValuePair.Create(Place, (object)(double)l.place)]),
            Of = [.. moved.Select(static m => m.Name), middle.Name],
            IsFinal = model.IsFinal && l.level == Middle,
            Quantile = new(model.Name, l.level),
        });
        return [.. moved, .. order];
    }

    private static FeatureDesign ShiftOf(RangeEnd end, ModelDesign model)
    {
        var nothing = new Expression.Constant(model.At, DataType.Number, double.NaN);
        return new(end.Shift, model.At, "what outcomes say", nothing) { Shift = end.Level };
    }

    /// <summary>Both ends of every range, rising.</summary>
    private static List<double> Ends(SectionValues values, Dictionary<double, ModelDesign> quantiles, BindingContext context)
    {
        var ends = new SortedSet<double>();
        var before = context.Diagnostics.All.Count;
        foreach (var cover in values.Get(KindKeys.Cover, []))
        {
            foreach (var wanted in new[] { (1 - cover) / 2, (1 + cover) / 2 })
            {
                // shares are written in decimals, their sums are not exact
                var level = quantiles.Keys.FirstOrDefault(l => Math.Abs(l - wanted) < 1e-9, double.NaN);
                if (!double.IsNaN(level)) { ends.Add(level); }
                else
                {
                    context.Error(FaultCodes.Conflict, values.AtOfKey(KindKeys.Cover),
                        $"a range of {QuantileOf.LevelText(cover)} ends at the {QuantileOf.LevelText(wanted)} quantile, which the model does not give",
                        string.Join(", ", quantiles.Keys.Order().Select(QuantileOf.LevelText)), null, $"add {QuantileOf.LevelText(wanted)} to its 'quantiles'");
                }
            }
        }
        return context.Diagnostics.All.Count > before ? [] : [.. ends];
    }

    private static string? Slice(LocatedText name, BindingContext context)
    {
        var feature = context.FeatureOrder.FirstOrDefault(f => f.Name == name.Text);
        if (feature is not null && (feature.Id is not null || feature.Value.Type is DataType.Number or DataType.Bool)) { return feature.Name; }
        context.Error(feature is null ? FaultCodes.Undeclared : FaultCodes.TypeMismatch, name.At,
            feature is null ? $"there is no feature '{name.Text}'" : $"ranges are not told apart by '{name.Text}'", null,
            "a feature that is an id, a condition or a whole number", Suggestion.Fix(name.Text, context.Features.Keys));
        return null;
    }
}
