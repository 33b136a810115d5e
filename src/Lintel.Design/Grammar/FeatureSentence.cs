using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;

namespace Lintel.Design.Grammar;

/// <summary>A feature as it was written: an expression, and what stands behind it.</summary>
/// <param name="Parts">The expression, or the parts of <c>cross(a, b)</c>.</param>
/// <param name="Bits"><c>hashed 22 bits</c>; 0: not said.</param>
/// <param name="Most"><c>most 3</c>, of a list; 0: not said.</param>
/// <param name="Serving"><c>(serving 1)</c>; null: not said.</param>
internal sealed record FeatureSentence(ImmutableArray<SyntaxNode> Parts, int Bits, int Most, SyntaxNode? Serving)
{
    public const string Cross = "cross";

    /// <summary>Most columns that a list becomes.</summary>
    public const int MostMembers = 50;

    private const string BitsExpected = "a whole number of bits from 8 to 24, such as 'hashed 22 bits'";

    public static FeatureSentence? Parse(LocatedText text, DiagnosticBag diagnostics)
    {
        var parser = new ExpressionParser(text, diagnostics);
        if (parser.ParseExpression() is not { } node) { return null; }
        var isCross = node is SyntaxNode.Call { Function: Cross, HasClauses: false };
        if (isCross && ((SyntaxNode.Call)node).Arguments.Length < 2)
        {
            diagnostics.Error(FaultCodes.Function, text.SpanOf(node.Start, node.End), "'cross' joins several values",
                $"{((SyntaxNode.Call)node).Arguments.Length}", "cross(user, ad.creative) hashed 22 bits");
            return null;
        }
        var (most, bits) = (0, 0);
        if (parser.TryTake("most") && !ReadCount(parser, 1, MostMembers, $"a whole number from 1 to {MostMembers}, such as 'most 3'", out most))
        {
            return null;
        }
        if (parser.TryTake("hashed")
            && !(ReadCount(parser, IdDesign.LeastBits, IdDesign.MostBits, BitsExpected, out bits) && parser.Expect("bits")))
        {
            return null;
        }
        SyntaxNode? serving = null;
        if (parser.TryTake("(")
            && !(parser.Expect("serving") && (serving = parser.ParseExpression()) is not null && parser.Expect(")")))
        {
            return null;
        }
        if (!parser.ExpectEnd()) { return null; }
        if (isCross && bits == 0)
        {
            diagnostics.Error(FaultCodes.Syntax, text.SpanOf(node.Start, node.End), "a cross has no dictionary of its own",
                $"'{text.Text}'", "cross(user, ad.creative) hashed 22 bits", "say how many bits its ids have");
            return null;
        }
        return new(isCross ? ((SyntaxNode.Call)node).Arguments : [node], bits, most, serving);
    }

    private static bool ReadCount(ExpressionParser parser, int least, int largest, string expected, out int count)
    {
        count = 0;
        if (parser.Peek.Kind != TokenKind.Number || parser.Peek.Number != Math.Floor(parser.Peek.Number)
            || parser.Peek.Number < least || parser.Peek.Number > largest)
        {
            return parser.Unexpected(expected);
        }
        count = (int)parser.Take().Number;
        return true;
    }
}
