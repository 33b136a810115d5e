using System.Collections.Immutable;

namespace Lintel.Design.Expressions.Syntax;

/// <summary>An expression as it was written, before any name has a meaning. Places are offsets into its text.</summary>
/// <param name="Depth">Levels below and with this one; the parser bounds it, so that walks may recurse.</param>
internal abstract record SyntaxNode(int Start, int End, int Depth)
{
    /// <summary>Deepest expression that is read.</summary>
    public const int DepthLimit = 200;

    private SyntaxNode() : this(0, 0, 0) { }

    /// <summary>A number, bool, duration (microseconds), or <c>missing</c>.</summary>
    public sealed record Literal(int Start, int End, DataType Type, double Value) : SyntaxNode(Start, End, 1);

    /// <summary>A date or instant as written; Utc kind where it ends in Z.</summary>
    public sealed record Date(int Start, int End, DateTime Value) : SyntaxNode(Start, End, 1);

    public sealed record Text(int Start, int End, string Value) : SyntaxNode(Start, End, 1);

    /// <summary><c>amount</c>, <c>payment.amount</c>.</summary>
    public sealed record Name(int Start, int End, string Value, bool Quoted = false) : SyntaxNode(Start, End, 1)
    {
        /// <summary>The part before the first dot.</summary>
        public string Head => Quoted || Value.IndexOf('.') is not (> 0 and var dot) ? Value : Value[..dot];

        /// <summary>What follows the head; empty without a dot.</summary>
        public string Tail => Head.Length == Value.Length ? "" : Value[(Head.Length + 1)..];
    }

    public sealed record Unary(int Start, int End, UnaryOperator Operator, SyntaxNode Operand)
        : SyntaxNode(Start, End, Operand.Depth + 1);

    public sealed record Binary(int Start, int End, BinaryOperator Operator, SyntaxNode Left, SyntaxNode Right)
        : SyntaxNode(Start, End, Math.Max(Left.Depth, Right.Depth) + 1);

    public sealed record Conditional(int Start, int End, SyntaxNode Condition, SyntaxNode Then, SyntaxNode Else)
        : SyntaxNode(Start, End, Math.Max(Condition.Depth, Math.Max(Then.Depth, Else.Depth)) + 1);

    public sealed record Membership(int Start, int End, SyntaxNode Value, ImmutableArray<SyntaxNode> Items)
        : SyntaxNode(Start, End, Math.Max(Value.Depth, Items.Max(static i => i.Depth)) + 1);

    public sealed record ListMembership(int Start, int End, SyntaxNode Value, string List)
        : SyntaxNode(Start, End, Value.Depth + 1);

    /// <summary>A function, or an aggregate with its clauses.</summary>
    public sealed record Call(
        int Start, int End, string Function, ImmutableArray<SyntaxNode> Arguments, ImmutableArray<Name> By,
        long? OverMicroseconds, SyntaxNode? Where, bool HasClauses)
        : SyntaxNode(Start, End,
            Math.Max(Where?.Depth ?? 0, Arguments.IsEmpty ? 0 : Arguments.Max(static a => a.Depth)) + 1)
    {
        /// <summary>Weight of the overall rate, in counts; null: not said.</summary>
        public double? Smoothed { get; init; }
    }

    public sealed record Threshold(int Start, int End, ThresholdGoal Goal, SyntaxNode? Segment)
        : SyntaxNode(Start, End, 1 + (Segment?.Depth ?? 0));
}
