using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design.Expressions.Syntax;

/// <summary>Reads one expression by operator precedence. Total and bounded: the first fault of an expression is
/// reported and ends it (null), and nothing recurses deeper than <see cref="SyntaxNode.DepthLimit"/>.</summary>
/// <remarks>From loosest to tightest: <c>if then else</c>; <c>or</c>; <c>and</c>; <c>not</c>; comparisons and
/// <c>in</c>, which do not chain; <c>??</c> (right); <c>+ −</c>; <c>* /</c>; unary <c>−</c>; calls with <c>by over
/// where</c>. Source of the method: Pratt, Top down operator precedence, POPL 1973.</remarks>
internal sealed partial class ExpressionParser
{
    private const int OrPower = 1;
    private const int AndPower = 2;
    private const int NotPower = 3;
    private const int ComparisonPower = 4;
    private const int CoalescePower = 5;
    private const int SumPower = 6;
    private const int ProductPower = 7;
    private const int NegatePower = 8;

    /// <summary>Most values in brackets after <c>in</c>, and most arguments: evaluation holds them all at
    /// once.</summary>
    private const int ItemLimit = 200;

    /// <summary>Words that cannot be names.</summary>
    internal static readonly ImmutableArray<string> Reserved =
        ["and", "or", "not", "in", "if", "then", "else", "by", "over", "where", "true", "false", "missing"];

    private readonly LocatedText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly Tokenizer _tokens;
    private Token _token;
    private int _end;
    private int _nesting;

    public ExpressionParser(LocatedText source, DiagnosticBag diagnostics)
    {
        _source = source;
        _diagnostics = diagnostics;
        _tokens = new(source, diagnostics);
        _token = _tokens.Next();
    }

    /// <summary>The whole text as one expression; null after a fault.</summary>
    public static SyntaxNode? Parse(LocatedText source, DiagnosticBag diagnostics)
    {
        var parser = new ExpressionParser(source, diagnostics);
        return parser.ParseExpression() is { } node && parser.ExpectEnd() ? node : null;
    }

    public SyntaxNode? ParseExpression() => Parse(OrPower);

    /// <summary>One alternative of a label: everything that binds tighter than <c>or</c>.</summary>
    public SyntaxNode? ParseAlternative() => Parse(AndPower);

    /// <summary>The word that comes next.</summary>
    public Token Peek => _token;

    public LocatedText Source => _source;

    public bool TryTake(string word)
    {
        if (!_token.Is(word)) { return false; }
        Advance();
        return true;
    }

    public Token Take()
    {
        var token = _token;
        Advance();
        return token;
    }

    public bool ExpectEnd() => _token.Kind == TokenKind.End || Unexpected("the end of the expression");

    public bool Expect(string word)
    {
        if (_token.Is(word))
        {
            Advance();
            return true;
        }
        return Unexpected($"'{word}'");
    }

    /// <summary>Reports the next word as out of place, unless the tokenizer already did; false.</summary>
    public bool Unexpected(string expected)
    {
        if (_token.Kind == TokenKind.Fault) { return false; }
        var got = _token.Kind == TokenKind.End ? "the end" : $"'{_source.Text[_token.Start.._token.End]}'";
        _diagnostics.Error(FaultCodes.Syntax, _source.SpanOf(_token.Start, _token.End),
            "the expression cannot go on like this", got, expected);
        return false;
    }

    private void Advance()
    {
        _end = _token.End;
        if (_token.Kind != TokenKind.Fault) { _token = _tokens.Next(); }
    }

    private SyntaxNode? Parse(int power)
    {
        if (++_nesting > SyntaxNode.DepthLimit) { return TooDeep(); }
        var left = ParsePrefix(power);
        while (left is not null && Infix() is var (infix, tightness) && tightness >= power)
        {
            var start = left.Start;
            if (infix is null)
            {
                left = ParseIn(left);
            }
            else
            {
                Advance();
                var right = Parse(tightness == CoalescePower ? tightness : tightness + 1);
                left = right is null ? null : new SyntaxNode.Binary(start, _end, infix.Value, left, right);
            }
            if (left?.Depth > SyntaxNode.DepthLimit) { return TooDeep(); }
            if (left is not null && tightness == ComparisonPower && Infix() is (_, ComparisonPower))
            {
                Unexpected("one comparison; join two with 'and'");
                return null;
            }
        }
        _nesting--;
        return left;
    }

    /// <summary>The operator that comes next with its tightness; a null operator is <c>in</c>.</summary>
    private (BinaryOperator? Operator, int Power)? Infix() => _token.Kind is TokenKind.Symbol or TokenKind.Name
        ? _token.Text switch
        {
            "or" => (BinaryOperator.Or, OrPower),
            "and" => (BinaryOperator.And, AndPower),
            "=" => (BinaryOperator.Equal, ComparisonPower),
            "!=" => (BinaryOperator.NotEqual, ComparisonPower),
            "<" => (BinaryOperator.Less, ComparisonPower),
            "<=" => (BinaryOperator.LessOrEqual, ComparisonPower),
            ">" => (BinaryOperator.Greater, ComparisonPower),
            ">=" => (BinaryOperator.GreaterOrEqual, ComparisonPower),
            "in" => (null, ComparisonPower),
            "??" => (BinaryOperator.Coalesce, CoalescePower),
            "+" => (BinaryOperator.Add, SumPower),
            "-" => (BinaryOperator.Subtract, SumPower),
            "*" => (BinaryOperator.Multiply, ProductPower),
            "/" => (BinaryOperator.Divide, ProductPower),
            _ => null,
        }
        : null;

    private SyntaxNode? TooDeep()
    {
        _diagnostics.Error(FaultCodes.TooDeep, _source.SpanOf(_token.Start, _token.End),
            "the expression is nested too deeply", null, $"at most {SyntaxNode.DepthLimit} levels",
            "name parts of it as features of their own");
        return null;
    }

    private SyntaxNode? ParsePrefix(int power)
    {
        var start = _token.Start;
        if (_token.Is("not"))
        {
            if (power > NotPower) { Fail("parentheses around 'not …'"); return null; }
            Advance();
            return Parse(NotPower) is { } operand
                ? new SyntaxNode.Unary(start, _end, UnaryOperator.Not, operand)
                : null;
        }
        if (_token.Is("-"))
        {
            Advance();
            return Parse(NegatePower) is { } operand
                ? new SyntaxNode.Unary(start, _end, UnaryOperator.Negate, operand)
                : null;
        }
        if (_token.Is("if")) { return ParseConditional(start); }
        if (_token.Is("("))
        {
            Advance();
            return Parse(OrPower) is { } inner && Expect(")") ? inner : null;
        }
        return ParsePrimary();
    }

    private SyntaxNode.Conditional? ParseConditional(int start)
    {
        Advance();
        return Parse(OrPower) is { } condition && Expect("then")
            && Parse(OrPower) is { } then && Expect("else")
            && Parse(OrPower) is { } otherwise
            ? new SyntaxNode.Conditional(start, _end, condition, then, otherwise)
            : null;
    }

    private SyntaxNode? ParseIn(SyntaxNode value)
    {
        Advance();
        if (_token.Kind == TokenKind.Name && !Reserved.Contains(_token.Text))
        {
            var list = Take().Text;
            return new SyntaxNode.ListMembership(value.Start, _end, value, list);
        }
        if (!_token.Is("["))
        {
            Fail("a list such as [1, 2], or the name of a list such as blocklist");
            return null;
        }
        Advance();
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        do
        {
            if (Parse(CoalescePower) is not { } item) { return null; }
            items.Add(item);
            if (items.Count <= ItemLimit) { continue; }
            _diagnostics.Error(FaultCodes.TooMany, _source.SpanOf(item.Start, item.End),
                "the list after 'in' is too long", null,
                $"at most {ItemLimit} values", "keep it as a named list: x in NAME");
            return null;
        } while (TryTake(","));
        return Expect("]") ? new SyntaxNode.Membership(value.Start, _end, value, items.ToImmutable()) : null;
    }

    private void Fail(string expected) => Unexpected(expected);
}
