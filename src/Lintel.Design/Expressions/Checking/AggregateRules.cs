using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Expressions.Checking;

// windowed aggregates: which event they read, by which keys, and what they give
internal sealed partial class ExpressionChecker
{
    internal static readonly ImmutableArray<string> AggregateNames =
        [.. Enum.GetNames<AggregateKind>().Select(static n => n.ToLowerInvariant())];

    /// <summary><c>min</c> and <c>max</c> of two values are functions; of one, and with clauses, they
    /// aggregate.</summary>
    private static AggregateKind? AggregateOf(SyntaxNode.Call call) =>
        AggregateNames.IndexOf(call.Function) is >= 0 and var index
        && (call.Arguments.Length == 1 || call.HasClauses || Functions.Find(call.Function) is null)
            ? (AggregateKind)index
            : null;

    private Expression CheckAggregate(SyntaxNode.Call node, AggregateKind kind)
    {
        if (!scope.AllowsAggregates)
        {
            return Fault(FaultCodes.NotHere, node,
                scope.IsAggregate
                    ? "an aggregate cannot stand inside another"
                    : $"{scope.Place} cannot use an aggregate",
                $"'{Quote(node)}'", null, "make it a feature and use its name");
        }
        if (node.Arguments.Length != 1)
        {
            return Fault(FaultCodes.Aggregate, node, $"'{node.Function}' aggregates one thing",
                $"{node.Arguments.Length} arguments",
                $"such as {Example(kind)}");
        }
        if (SourceOf(node, kind) is not { } aggregated)
        {
            return new Expression.Constant(At(node), DataType.Missing, double.NaN);
        }
        var inside = new ExpressionChecker(source, scope.Inside(aggregated), diagnostics);
        Expression? value = null;
        var type = kind == AggregateKind.Since ? DataType.Duration : DataType.Number;
        if (kind is not (AggregateKind.Count or AggregateKind.Since))
        {
            value = inside.Check(node.Arguments[0]);
            if (ResultOf(kind, value.Type) is not { } result)
            {
                return Mismatch(node.Arguments[0], $"'{node.Function}'", value.Type, Accepts(kind));
            }
            type = result;
        }
        var where = node.Where is null ? null : inside.CheckAs(node.Where, DataType.Bool);
        var sourceKeys = ImmutableArray.CreateBuilder<int>();
        var decisionKeys = ImmutableArray.CreateBuilder<int>();
        var keyFields = ImmutableArray.CreateBuilder<int>();
        foreach (var key in node.By)
        {
            if (KeysOf(key, aggregated) is not var (sourceKey, decisionKey, field))
            {
                return new Expression.Constant(At(node), type, double.NaN);
            }
            sourceKeys.Add(sourceKey);
            decisionKeys.Add(decisionKey);
            keyFields.Add(field);
        }
        return new Expression.Aggregate(At(node), type, kind, aggregated, value,
            sourceKeys.ToImmutable(), decisionKeys.ToImmutable(), node.OverMicroseconds, where)
        {
            KeyFields = keyFields.Any(static f => f >= 0) ? keyFields.ToImmutable() : [],
        };
    }

    /// <summary>The one event that the argument reads: the event from which all its names can be reached.</summary>
    private EventDesign? SourceOf(SyntaxNode.Call node, AggregateKind kind)
    {
        var argument = node.Arguments[0];
        if (SyntaxWalk.Names(argument).Any(n => scope.BrokenEvents.Contains(n.Head))) { return null; }
        if (SyntaxWalk.Names(argument).Any(n => n.Head == DecisionEvent.Name)
            && scope.FindEvent(DecisionEvent.Name) is null)
        {
            Fault(FaultCodes.NotHere, node, $"{scope.Place} cannot aggregate decisions: files hold none, so no model could learn from them",
                $"'{Quote(node)}'", "an aggregate over decisions in a rule of the policy",
                "move it into the rule: OUTCOME if … and count(decision where outcome = …) by KEY over 1d = 0");
            return null;
        }
        if (kind is AggregateKind.Count or AggregateKind.Since)
        {
            if (argument is SyntaxNode.Name { Quoted: false } name && scope.FindEvent(name.Value) is { } counted)
            {
                return counted;
            }
            var events = scope.Events.Select(static e => e.Name);
            if (argument is SyntaxNode.Name wrong && scope.FindEvent(wrong.Head) is null)
            {
                Fault(FaultCodes.UnknownName, argument, $"unknown event '{Quote(argument)}'", null, null,
                    Suggestion.Fix(Quote(argument), events));
            }
            else
            {
                Fault(FaultCodes.Aggregate, argument, $"'{node.Function}' takes an event, not a value",
                    $"'{Quote(argument)}'",
                    $"such as {Example(kind)}", kind == AggregateKind.Count ? "a condition goes after 'where'" : null);
            }
            return null;
        }
        var heads = new List<EventDesign>();
        foreach (var name in SyntaxWalk.Names(argument))
        {
            if (scope.FindEvent(name.Head) is { } found && !heads.Contains(found)) { heads.Add(found); }
        }
        foreach (var candidate in heads)
        {
            if (heads.TrueForAll(h => h == candidate || candidate.IsAbout(h))) { return candidate; }
        }
        Fault(FaultCodes.Aggregate, argument,
            heads.Count == 0
                ? $"'{node.Function}' of one value aggregates a field of an event"
                : $"'{node.Function}' reads events that are not about one another",
            $"'{Quote(argument)}'", $"such as {Example(kind)}",
            heads.Count == 0 && Functions.Find(node.Function) is { } function
                ? $"the function takes two values: {function.Example}"
                : null);
        return null;
    }

    /// <summary>The columns of a <c>by</c> name in the aggregated and in the decided event, and the field of a catalogue that stands
    /// in the key's place (<c>movie.genres</c>); −1: the key itself does.</summary>
    private (int Source, int Decision, int Field)? KeysOf(SyntaxNode.Name key, EventDesign aggregated)
    {
        if (scope.Catalogues.FirstOrDefault(c => c.Name == key.Head) is { } catalogue && key.Tail.Length > 0)
        {
            return FieldKeysOf(key, catalogue, aggregated);
        }
        var index = aggregated.Find(key.Value);
        if (index < 0 && key.Head == aggregated.Name) { index = aggregated.Find(key.Tail); }
        if (index >= 0 && aggregated.Columns[index].Type == DataType.Missing) { return null; }
        if (index < 0 || aggregated.Columns[index].Kind != ColumnKind.Key)
        {
            var keys = aggregated.Columns.Where(static c => c.Kind == ColumnKind.Key)
                .Select(static c => c.Name[(c.Name.LastIndexOf('.') + 1)..]);
            Fault(FaultCodes.UnknownName, key, $"event '{aggregated.Name}' has no key '{key.Value}'",
                null, null, Suggestion.Fix(key.Value, keys) ?? "declare it under 'keys:'");
            return null;
        }
        var entity = aggregated.Columns[index].Domain;
        var row = scope.Row!;
        var decision = row.Find(key.Value);
        if (decision < 0 || row.Columns[decision].Kind != ColumnKind.Key || row.Columns[decision].Domain != entity)
        {
            decision = row.FindKey(entity!);
        }
        if (decision >= 0) { return (index, decision, -1); }
        Fault(FaultCodes.Aggregate, key, $"the decided event '{row.Name}' has no key '{entity}' to look up", null, null,
            Suggestion.Fix(entity!, row.Columns.Where(static c => c.Kind == ColumnKind.Key)
                .Select(static c => c.Name)));
        return null;
    }

    private (int Source, int Decision, int Field)? FieldKeysOf(
        SyntaxNode.Name key, CatalogueDesign catalogue, EventDesign aggregated)
    {
        var field = catalogue.Find(key.Tail);
        if (field < 0 || catalogue.Fields[field].Type is not (DataType.Text or DataType.List or DataType.Bool))
        {
            Fault(FaultCodes.UnknownName, key,
                field < 0 ? $"catalogue '{catalogue.Name}' has no field '{key.Tail}'" : $"'{key.Value}' is no kind of things: records cannot be grouped by it",
                null, "a text, a condition or a list of the catalogue",
                field < 0 ? Suggestion.Fix(key.Tail, catalogue.Fields.Select(static f => f.Name)) : null);
            return null;
        }
        var (told, decision) = (aggregated.FindKey(catalogue.Name), scope.Row!.FindKey(catalogue.Name));
        if (told >= 0 && decision >= 0) { return (told, decision, field); }
        Fault(FaultCodes.Aggregate, key,
            told < 0 ? $"event '{aggregated.Name}' has no key '{catalogue.Name}'" : $"there is no '{catalogue.Name}' at the decision to look up",
            null, $"'{catalogue.Name}' as a key of both");
        return null;
    }

    private static DataType? ResultOf(AggregateKind kind, DataType value) => (kind, value) switch
    {
        (AggregateKind.Distinct, _) => DataType.Number,
        (AggregateKind.Last or AggregateKind.First, _) => value,
        (_, DataType.Missing) => DataType.Missing,
        (AggregateKind.Min or AggregateKind.Max, DataType.Number or DataType.Time or DataType.Duration) => value,
        (AggregateKind.Sum or AggregateKind.Mean or AggregateKind.Std, DataType.Number or DataType.Bool) =>
            DataType.Number,
        (AggregateKind.Sum or AggregateKind.Mean or AggregateKind.Std, DataType.Duration) => DataType.Duration,
        _ => null,
    };

    private static string Accepts(AggregateKind kind) => kind is AggregateKind.Min or AggregateKind.Max
        ? "a number, a time or a duration"
        : "a number, a condition (1 or 0) or a duration";

    private static string Example(AggregateKind kind) => kind switch
    {
        AggregateKind.Count => "count(payment) by card over 7d",
        AggregateKind.Since => "since(payment) by card",
        AggregateKind.Distinct => "distinct(payment.card) by terminal over 1d",
        _ => $"{kind.ToString().ToLowerInvariant()}(payment.amount) by card over 7d",
    };
}
