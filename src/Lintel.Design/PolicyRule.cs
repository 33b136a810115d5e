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
}
