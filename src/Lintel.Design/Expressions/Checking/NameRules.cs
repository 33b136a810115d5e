using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Expressions.Checking;

// what a name means, and which readings would be a leak
internal sealed partial class ExpressionChecker
{
    private Expression CheckName(SyntaxNode.Name node)
    {
        if (node.Quoted)
        {
            return Fault(FaultCodes.NotHere, node, "a name in backquotes is a source's column", $"'{node.Value}'",
                "a name of the design", "give the column a name under 'fields:' with 'from'");
        }
        if (node.Value == "p" && scope.Probability is { } model)
        {
            return new Expression.Score(At(node), model, ScoreForm.Probability);
        }
        if (scope.Models.Contains(node.Value))
        {
            return new Expression.Score(At(node), node.Value, ScoreForm.Probability);
        }
        if (scope.Row is { } row)
        {
            var index = row.Find(node.Value);
            if (index < 0 && node.Head == row.Name && node.Tail.Length > 0) { index = row.Find(node.Tail); }
            if (index >= 0) { return CheckColumn(node, row, index); }
            if (KnownOf(node, row) is { } known) { return known; }
        }
        if (scope.IsAggregate && scope.Outcomes.Contains(node.Value))
        {
            return new Expression.TextConstant(At(node), node.Value, DecisionEvent.OutcomeDomain);
        }
        if (scope.Features.TryGetValue(node.Value, out var feature))
        {
            return new Expression.Feature(At(node), feature.Type, node.Value);
        }
        return Unknown(node);
    }

    /// <summary>A field of a catalogue whose key the row has; null: the name is none.</summary>
    private Expression.Known? KnownOf(SyntaxNode.Name node, EventDesign row)
    {
        if (scope.Catalogues.FirstOrDefault(c => c.Name == node.Head) is not { } catalogue) { return null; }
        var (key, field) = (row.FindKey(catalogue.Name), catalogue.Find(node.Tail));
        // of a list, a row holds no value
        if (key < 0 || field < 0 || catalogue.Fields[field].Type == DataType.List) { return null; }
        return new(At(node), new(At(node), DataType.Key, row, key), catalogue, field);
    }

    private Expression CheckColumn(SyntaxNode.Name node, EventDesign row, int index)
    {
        var column = row.Columns[index];
        if (column.KnownAt is { } late && !scope.AllowsLateValues)
        {
            return Fault(FaultCodes.LateValue, node,
                $"'{node.Value}' becomes known later than its {row.Name} (known {late.Text}); {scope.Place} would " +
                $"read the future",
                null, "what is known at the decision",
                $"declare an event of its own (about: {row.Name}, known: {late.Text}) and aggregate that");
        }
        return new Expression.Column(At(node), column.Type, row, index);
    }

    private Expression.Constant Unknown(SyntaxNode.Name node)
    {
        if (scope.BrokenEvents.Contains(node.Head)) { return new(At(node), DataType.Missing, double.NaN); }
        var other = scope.FindEvent(node.Head);
        if (other is not null && other != scope.Row && !scope.IsAggregate)
        {
            if (node.Tail.Length > 0 && other.Find(node.Tail) < 0)
            {
                return Fault(FaultCodes.UnknownName, node, $"event '{other.Name}' has no field '{node.Tail}'", null,
                    null, Suggestion.Fix(node.Tail, other.Columns.Select(static c => c.Name)));
            }
            var name = node.Tail.Length == 0 ? other.Name : node.Value;
            return scope.LabelEvents.Contains(other.Name)
                ? Fault(FaultCodes.LabelLeak, node,
                    $"{scope.Place} would read the label: '{name}' becomes known after the decision",
                    $"'{node.Value}'", "what is known at the decision",
                    $"aggregate the verdicts of others that are known by then: mean({name}) by KEY over 30d")
                : Fault(FaultCodes.Aggregate, node,
                    $"'{name}' is another event: {scope.Place} reads it through an aggregate",
                    $"'{node.Value}'", $"such as last({name}) by KEY");
        }
        if (scope.Row is { } row && node.Head == row.Name && node.Tail.Length > 0)
        {
            return Fault(FaultCodes.UnknownName, node, $"event '{row.Name}' has no field '{node.Tail}'", null, null,
                Suggestion.Fix(node.Tail, row.Columns.Select(static c => c.Name)));
        }
        if (node.Value == scope.Row?.Name)
        {
            return Fault(FaultCodes.UnknownName, node, $"'{node.Value}' is an event, not a value", null,
                $"one of its fields, such as {node.Value}.{scope.Row.Columns[^1].Name}, or count({node.Value})");
        }
        var where = scope.Row is null ? "" : scope.IsAggregate ? $" in event '{scope.Row.Name}'" : $" in {scope.Place}";
        return Fault(FaultCodes.UnknownName, node, $"unknown name '{node.Value}'{where}", null, null,
            Suggestion.Fix(node.Value, scope.Names));
    }
}
