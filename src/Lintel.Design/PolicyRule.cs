using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>One line of the policy.</summary>
public abstract record PolicyRule(SourceSpan At, string Text)
{
    private PolicyRule() : this(default, "") { }

    /// <summary>What the rule's outcome costs in expectation, where <c>decide by cost</c> made the rule; else
    /// null.</summary>
    public Expression? ExpectedCost { get; init; }

    /// <summary><c>block if fraud &gt;= threshold(precision 90%)</c>.</summary>
    public sealed record When(SourceSpan At, string Text, string Outcome, Expression Condition) : PolicyRule(At, Text);

    /// <summary><c>allow</c>: everything that reaches the line.</summary>
    public sealed record Otherwise(SourceSpan At, string Text, string Outcome) : PolicyRule(At, Text);

    /// <summary>One step of a ranking's policy, <c>at most 2 of movie.franchise</c>, or of a regression's, <c>round to 5</c>.</summary>
    /// <param name="Kind">Registered name of the step.</param>
    /// <param name="Slots">What its sentence's slots hold, by name; an optional one that was not said is not there.</param>
    public sealed record Step(
        SourceSpan At, string Text, string Kind, ImmutableDictionary<string, StepSlot> Slots) : PolicyRule(At, Text);

    /// <summary>What the line computes from a decision's row.</summary>
    public IEnumerable<Expression> Formulas => this switch
    {
        When rule => [rule.Condition],
        Step step => step.Slots.Values.OfType<StepSlot.Formula>().Select(static f => f.Expression),
        _ => [],
    };

    /// <summary>Whether it aggregates what the policy decided before.</summary>
    public bool ReadsDecisions =>
        Formulas.SelectMany(ExpressionWalk.All).Any(static e => e is Expression.Aggregate { Source.IsDecision: true });
}

/// <summary>What one slot of a step's sentence holds.</summary>
public abstract record StepSlot
{
    private StepSlot() { }

    /// <summary>A count, a number, or a share 0 to 1.</summary>
    public sealed record Number(double Value) : StepSlot;

    public sealed record Duration(TimeSpan Value) : StepSlot;

    /// <summary>An expression over the candidate's row, of a promise over the decision's: a condition, or a value.</summary>
    public sealed record Formula(Expression Expression) : StepSlot;

    /// <summary>A column of the candidate's row that items are told apart by: a text, key, number or list.</summary>
    public sealed record Column(int Index) : StepSlot;

    /// <summary>A word, such as the name of a source.</summary>
    public sealed record Word(string Text) : StepSlot;
}
