using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Checking;

namespace Lintel.Design.Grammar;

/// <summary>Features that only training knows: <c>position: impression.position (serving 1)</c>.</summary>
internal sealed class ShownFeatures(BindingContext context)
{
    public (Expression Value, Expression? Shown, string? Domain)? Bind(LocatedText text, FeatureSentence sentence)
    {
        if (context.Ranking?.Shown is not { } shown)
        {
            // a ranking with a fault of its own is reported there
            if (!context.IsRanking || context.Ranking is not null)
            {
                context.Error(FaultCodes.Conflict, text.At, "'serving' is said of what a ranking has shown", $"'{text.Text}'",
                    "a ranking with 'shown: EVENT' under 'decision:'",
                    "without 'shown' everything that is known in training is known when serving");
            }
            return null;
        }
        var before = context.Diagnostics.All.Count;
        var checker = new ExpressionChecker(text, Scope(shown), context.Diagnostics);
        var parts = sentence.Parts.Select(checker.Check).ToImmutableArray();
        var constants = new ExpressionChecker(text, Scope(null), context.Diagnostics);
        var served = constants.Check(sentence.Serving!);
        if (context.Diagnostics.All.Count > before || !KeepsLabel(shown, parts)) { return null; }
        if (sentence is not { Most: 0 } || parts is not [var value])
        {
            context.Error(FaultCodes.Conflict, text.At, "'serving' gives one value", $"'{text.Text}'", "one value of the shown event");
            return null;
        }
        var domain = checker.DomainOf(value);
        var constant = served switch
        {
            Expression.TextConstant name when domain is not null => name with { Domain = domain },
            Expression.Constant { Type: DataType.Missing } nothing => nothing with { Type = value.Type },
            Expression.Constant same when same.Type == value.Type => same,
            Expression.Unary { Operator: UnaryOperator.Negate, Operand: Expression.Constant one } when one.Type == value.Type =>
                one with { Value = -one.Value },
            _ => (Expression?)null,
        };
        if (constant is null)
        {
            context.Error(FaultCodes.TypeMismatch, served.At, "this cannot stand for it when serving",
                $"'{text.Text}', {ExpressionChecker.Noun(served.Type)} for {ExpressionChecker.Noun(value.Type)}",
                $"a constant, {ExpressionChecker.Noun(value.Type)} such as (serving 1), or (serving missing)");
            return null;
        }
        return FeatureBinding.Hash(text, sentence, [constant], _ => domain, context) is { } atRequest
            ? (atRequest, FeatureBinding.Hash(text, sentence, parts, checker.DomainOf, context), domain)
            : null;
    }

    private ExpressionScope Scope(EventDesign? row) => new()
    {
        Place = row is null ? "'serving'" : "a feature of what was shown",
        Zone = context.Zone,
        Events = row is null ? [] : context.Events,
        BrokenEvents = context.BrokenEvents,
        Row = row,
    };

    /// <summary>What the label is read from is not what is learnt from.</summary>
    private bool KeepsLabel(EventDesign shown, ImmutableArray<Expression> parts)
    {
        var told = context.Ranking!.Labels.SelectMany(static l => l.Sources).Where(s => s.Event == shown && s.Value is not null)
            .SelectMany(static s => ExpressionWalk.Columns(s.Value!)).Select(static c => c.ColumnIndex).ToHashSet();
        foreach (var column in parts.SelectMany(ExpressionWalk.Columns).Where(c => told.Contains(c.ColumnIndex)))
        {
            context.Error(FaultCodes.LabelLeak, column.At, $"a feature would read the label: '{shown.Columns[column.ColumnIndex].Name}'",
                null, "what is known when it is shown");
            return false;
        }
        return true;
    }
}
