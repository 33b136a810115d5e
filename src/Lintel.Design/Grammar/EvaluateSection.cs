using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>evaluate:</c> how the system is judged, beside trivial baselines.</summary>
internal static class EvaluateSection
{
    private const string SlicePrefix = "slice ";

    private static readonly Key<ImmutableArray<LocatedText>> Metrics = new("metrics",
        new ListForm<LocatedText>(new TextForm("a metric such as auc, recall@1% or card-precision@100")),
        "What is measured on the test part. The cut-off stands after @; a metric by key carries the entity's name.",
        Required: true);

    private static readonly Key<ImmutableArray<LocatedText>> Baselines = new("baselines",
        new ListForm<LocatedText>(new ExpressionForm("random, prior, or an expression whose value is the score; of a regression mean, median, or an expression; of a ranking random, popular, or a source's name")),
        "Trivial competitors that every metric stands beside.");

    private static readonly Key<ImmutableArray<LocatedText>> Slices = new("slices",
        new ListForm<LocatedText>(new ExpressionForm("a condition such as night or amount > 100")),
        "Parts of the decisions that are judged on their own too.");

    private static readonly Key<NamedEntries<LocatedText>> Gates = new("gates",
        new NamedForm<LocatedText>("a metric, or slice and a metric",
            new ExpressionForm("a bound in quotes such as \">= 0.60\", or \">= 0.95 of all\""), "^.+$"),
        "Bounds that a version must keep to be promoted. `slice auc: \">= 0.95 of all\"` holds every slice to a " +
        "share of the figure over all.");

    private static readonly Key<LocatedText> Where = new("where", new ExpressionForm("a condition"),
        "Decisions that are judged; the others still warm the windows up.", Default: "all of the test part");

    private static readonly Key<LocatedText> Kinds =
        new("kinds", new ExpressionForm("EVENT.FIELD, a text field of a label event, such as verdict.kind"),
        "Tells kinds of positives apart: what is caught is shown for each.");

    public static readonly Section Section =
        new("evaluate", "How it is judged, on data that chose nothing, beside trivial baselines.",
        Metrics, Baselines, Slices, Kinds, Gates, Where);

    public static EvaluateDesign Bind(SectionValues? values, SourceSpan at, BindingContext context)
    {
        if (values is null) { return new([], [], [], [], null, at); }
        var metrics = values.Get(Metrics, []).Select(m => MetricReader.Read(m, context)).OfType<MetricDesign>()
            .ToImmutableArray();
        foreach (var again in metrics.GroupBy(static m => m.Name).Where(static g => g.Count() > 1))
        {
            context.Error(FaultCodes.Duplicate, again.Last()
                .Span, $"metric '{again.Key}' is already listed at {again.First().Span}", null, null,
                    "remove one of them");
        }
        var slices = ImmutableArray.CreateBuilder<SliceDesign>();
        foreach (var text in values.Get(Slices, []))
        {
            if (context.Check(text, context.AtJudging("a slice"), DataType.Bool) is { } condition)
            {
                slices.Add(new(text.Text.Trim(), text.At, condition));
            }
        }
        return new(metrics, BindBaselines(values, context), slices.ToImmutable(), BindGates(values, context),
            values.Text(Where) is { } where
                ? context.Check(where, context.AtJudging("'where'"), DataType.Bool)
                : null, values.At)
        {
            Kinds = values.Text(Kinds) is { } kinds ? BindKinds(kinds, context) : null,
        };
    }

    private static KindsDesign? BindKinds(LocatedText text, BindingContext context)
    {
        if (context.Decides == DecisionKind.Regression)
        {
            context.Error(FaultCodes.Conflict, text.At, "a regression has no positives to tell kinds of apart", null, null, "remove 'kinds', or use slices");
            return null;
        }
        var parser = new ExpressionParser(text, context.Diagnostics);
        if (parser.ParseName() is not { } name || !parser.ExpectEnd() || context.BrokenEvents.Contains(name.Head))
        {
            return null;
        }
        var labelled = context.Events.FirstOrDefault(e => e.Name == name.Head && context.LabelEvents.Contains(e.Name));
        var column = labelled is null || name.Tail.Length == 0 ? -1 : labelled.Find(name.Tail);
        if (labelled is not null && column >= 0 && column < labelled.InheritedFrom
            && labelled.Columns[column].Type == DataType.Text)
        {
            return new(text.At, labelled, column);
        }
        context.Error(FaultCodes.Undeclared, text.At, "kinds of positives are a text field of a label event",
            $"'{text.Text}'", $"EVENT.FIELD, with one of: {string.Join(", ", context.LabelEvents)}",
            "declare the field there, such as { kind: text }");
        return null;
    }

    private static ImmutableArray<BaselineDesign> BindBaselines(SectionValues values, BindingContext context)
    {
        var baselines = ImmutableArray.CreateBuilder<BaselineDesign>();
        foreach (var text in values.Get(Baselines, []))
        {
            var name = text.Text.Trim();
            if (context.IsRanking) { BindRankingBaseline(text.Trim(), baselines, context); }
            else if (context.Decides == DecisionKind.Regression ? name is "mean" or "median" : name is "random" or "prior") { baselines.Add(new(name, text.At, null)); }
            else if (context.Check(text, context.AtDecision("a baseline"), DataType.Number, DataType.Bool,
                DataType.Duration) is { } value)
            {
                baselines.Add(new(name, text.At, value));
            }
        }
        return baselines.ToImmutable();
    }

    /// <summary><c>popular</c> is the order by interactions in train; a source's name is that source alone.</summary>
    private static void BindRankingBaseline(
        LocatedText name, ImmutableArray<BaselineDesign>.Builder baselines, BindingContext context)
    {
        if (context.Ranking is not { } ranking || context.BrokenSources.Contains(name.Text)) { return; }
        string[] known = ["random", "popular", .. ranking.Candidates.Select(static c => c.Name)];
        if (known.Contains(name.Text)) { baselines.Add(new(name.Text, name.At, null)); }
        else
        {
            context.Error(FaultCodes.Undeclared, name.At, $"there is no baseline '{name.Text}' of rankings", null,
                "random, popular, or the name of a source of candidates", Suggestion.Fix(name.Text, known));
        }
    }

    private static ImmutableArray<GateDesign> BindGates(SectionValues values, BindingContext context)
    {
        var gates = ImmutableArray.CreateBuilder<GateDesign>();
        foreach (var entry in values.Get(Gates, NamedEntries<LocatedText>.None).Entries)
        {
            var everySlice = entry.Name.Text.StartsWith(SlicePrefix, StringComparison.Ordinal);
            var metric = MetricReader.Read(everySlice
                ? entry.Name.Slice(SlicePrefix.Length, entry.Name.Text.Length)
                : entry.Name, context);
            if (everySlice && !values.Has(Slices))
            {
                context.Error(FaultCodes.Conflict, entry.At, "the gate is on slices, and there are none", null,
                    "slices: [...]", "add slices, or remove the gate");
            }
            if (Bound(entry.Value, everySlice, context) is not var (comparison, bound, relative) || metric is null)
            {
                continue;
            }
            gates.Add(new($"{entry.Name.Text} {entry.Value.Text.Trim()}", entry.At, metric, everySlice, comparison,
                bound, relative));
        }
        return gates.ToImmutable();
    }

    private static (BinaryOperator Comparison, double Bound, bool Relative)? Bound(LocatedText text, bool everySlice,
        BindingContext context)
    {
        var words = text.Text.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        BinaryOperator? comparison = words.FirstOrDefault() switch
        {
            ">=" => BinaryOperator.GreaterOrEqual,
            ">" => BinaryOperator.Greater,
            "<=" => BinaryOperator.LessOrEqual,
            "<" => BinaryOperator.Less,
            _ => null,
        };
        var relative = words is [_, _, "of", "all"];
        var number = words.ElementAtOrDefault(1) ?? "";
        var isShare = number.EndsWith('%');
        if (comparison is null || (words.Length != 2 && !relative)
            || !Units.TryNumber(number.TrimEnd('%'), out var bound))
        {
            context.Error(FaultCodes.WrongForm, text.At, "this is no bound", $"'{text.Text}'",
                "such as \">= 0.60\", \"<= 2%\" or \">= 0.95 of all\"");
            return null;
        }
        if (relative && !everySlice)
        {
            context.Error(FaultCodes.Conflict, text.At, "only slices are compared with all", $"'{text.Text}'",
                "a gate on 'slice METRIC'");
            return null;
        }
        return (comparison.Value, isShare ? bound / 100 : bound, relative);
    }
}
