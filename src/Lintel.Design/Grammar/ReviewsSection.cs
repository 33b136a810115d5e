using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Grammar.Forms;

namespace Lintel.Design.Grammar;

/// <summary><c>reviews:</c> how people review what the policy gives them.</summary>
internal static class ReviewsSection
{
    private static readonly TimeSpan DefaultLock = TimeSpan.FromMinutes(15);

    private static readonly Key<LocatedText> Verdict = new("verdict", new ExpressionForm("EVENT.FIELD, such as inspection.fraud"),
        "The event and its bool field that carry a reviewer's verdict; the event is about the decided one.",
        Required: true);

    private static readonly Key<LocatedText> Priority =
        new("priority", new ExpressionForm("a number expression such as p * amount; p is the decision's probability"),
        "Who is reviewed first: the largest.", Default: "p times the cost missed, or p without one");

    private static readonly Key<TimeSpan> Lock = new("lock", new DurationForm(),
        "How long a reviewer holds a case before another may take it.", Default: "15m");

    private static readonly Key<TimeSpan> Within = new("within", new DurationForm(), "The time to a verdict that is promised.");

    public static readonly Section Section =
        new("reviews", "How people review what the policy gives them.", Verdict, Priority, Lock, Within);

    public static ReviewsDesign? Bind(
        SectionValues? values, ImmutableArray<OutcomeDesign> outcomes, BindingContext context)
    {
        if (values is null || values.Text(Verdict) is not { } text || context.Decided is not { } decided) { return null; }
        var parser = new ExpressionParser(text, context.Diagnostics);
        if (parser.ParseName() is not { } name || !parser.ExpectEnd()) { return null; }
        if (context.Events.FirstOrDefault(e => e.Name == name.Head) is not { } verdict)
        {
            if (!context.BrokenEvents.Contains(name.Head))
            {
                context.Error(FaultCodes.Undeclared, text.At, $"there is no event '{name.Head}'", null, null,
                    Suggestion.Fix(name.Head, context.Events.Select(static e => e.Name)));
            }
            return null;
        }
        if (verdict.About?.Event != decided)
        {
            context.Error(FaultCodes.Conflict, text.At, $"event '{verdict.Name}' is not about the decided event", null,
                $"an event with 'about: {decided.Name}'");
            return null;
        }
        var column = name.Tail.Length == 0 ? -1 : verdict.Find(name.Tail);
        if (column < 0 || column >= verdict.InheritedFrom || verdict.Columns[column].Type != DataType.Bool)
        {
            context.Error(FaultCodes.TypeMismatch, text.At, "a verdict is a bool field of its event", $"'{text.Text}'",
                $"such as {verdict.Name}.{verdict.Columns.FirstOrDefault(static c => c.Type == DataType.Bool)?.Name ?? "fraud"}");
            return null;
        }
        if (!outcomes.IsEmpty && outcomes.All(static o => o.Role != OutcomeRole.Reviewed))
        {
            context.Error(FaultCodes.Conflict, values.At, "nothing is sent to review", null,
                "an outcome with the role review", "add one to 'outcomes', or remove 'reviews'");
        }
        foreach (var key in new[] { Lock, Within })
        {
            if (values.TryGet(key, out var duration)) { Bounds.AboveZero(duration > TimeSpan.Zero, values, key, context); }
        }
        var scope = context.AtDecision("the priority") with
        {
            Models = context.Models,
            Probability = context.FinalModel,
            AllowsAggregates = false,
        };
        var priority = values.Text(Priority) is { } order ? context.Check(order, scope, DataType.Number) : null;
        return new(verdict, column, priority, values.Get(Lock, DefaultLock),
            values.TryGet(Within, out var within) ? within : null, values.At);
    }
}
