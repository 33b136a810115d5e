using System.Collections.Immutable;

namespace Lintel.Design.Expressions.Syntax;

// literals, names, calls, aggregates with their clauses, thresholds
internal sealed partial class ExpressionParser
{
    private SyntaxNode? ParsePrimary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number or TokenKind.Percent:
                Advance();
                return new SyntaxNode.Literal(token.Start, token.End, DataType.Number, token.Number);
            case TokenKind.Duration:
                Advance();
                return new SyntaxNode.Literal(token.Start, token.End, DataType.Duration, token.Number);
            case TokenKind.Date:
                Advance();
                return new SyntaxNode.Date(token.Start, token.End, token.Date);
            case TokenKind.Text:
                Advance();
                return new SyntaxNode.Text(token.Start, token.End, token.Text);
            case TokenKind.QuotedName:
                Advance();
                return new SyntaxNode.Name(token.Start, token.End, token.Text, Quoted: true);
            case TokenKind.Name when Constant(token) is { } constant:
                Advance();
                return constant;
            case TokenKind.Name when !Reserved.Contains(token.Text):
                if (ParseName() is not { } name) { return null; }
                return _token.Is("(") && name.Tail.Length == 0 ? ParseCall(name) : name;
            default:
                Unexpected("a value: a number, a name, a text in quotes, or '('");
                return null;
        }
    }

    private static SyntaxNode.Literal? Constant(in Token token) => token.Text switch
    {
        "true" => new(token.Start, token.End, DataType.Bool, 1),
        "false" => new(token.Start, token.End, DataType.Bool, 0),
        "missing" => new(token.Start, token.End, DataType.Missing, double.NaN),
        _ => null,
    };

    /// <summary>A name with its dots.</summary>
    public SyntaxNode.Name? ParseName()
    {
        var first = _token;
        if (first.Kind != TokenKind.Name || Reserved.Contains(first.Text))
        {
            Unexpected("a name");
            return null;
        }
        Advance();
        var value = first.Text;
        while (_token.Is("."))
        {
            Advance();
            if (_token.Kind != TokenKind.Name)
            {
                Unexpected("a name after the dot");
                return null;
            }
            value += "." + Take().Text;
        }
        return new(first.Start, _end, value);
    }

    private SyntaxNode? ParseCall(SyntaxNode.Name name)
    {
        Advance();
        if (name.Value == "threshold") { return ParseThreshold(name.Start); }
        var arguments = ImmutableArray.CreateBuilder<SyntaxNode>();
        SyntaxNode? where = null;
        if (!_token.Is(")"))
        {
            do
            {
                if (Parse(OrPower) is not { } argument) { return null; }
                arguments.Add(argument);
                if (arguments.Count > ItemLimit)
                {
                    Unexpected("')': no function takes so many arguments");
                    return null;
                }
            } while (TryTake(","));
            if (TryTake("where") && (where = Parse(OrPower)) is null) { return null; }
        }
        return Expect(")") ? ParseClauses(name, arguments.ToImmutable(), where) : null;
    }

    private SyntaxNode.Call? ParseClauses(SyntaxNode.Name name, ImmutableArray<SyntaxNode> arguments, SyntaxNode? where)
    {
        var by = ImmutableArray.CreateBuilder<SyntaxNode.Name>();
        long? over = null;
        var hasClauses = where is not null;
        if (TryTake("by"))
        {
            hasClauses = true;
            do
            {
                if (ParseName() is not { } key) { return null; }
                by.Add(key);
                // in an argument list the comma may belong to the call around it
            } while (_token.Is(",") && _tokens.NextIsName() && TryTake(","));
        }
        if (TryTake("over"))
        {
            hasClauses = true;
            if (_token.Kind != TokenKind.Duration || _token.Number < 1)
            {
                Unexpected("a duration such as 7d");
                return null;
            }
            over = (long)Take().Number;
        }
        if (_token.Is("where"))
        {
            if (where is not null)
            {
                Unexpected("one 'where'; join two conditions with 'and'");
                return null;
            }
            Advance();
            hasClauses = true;
            if ((where = Parse(OrPower)) is null) { return null; }
        }
        double? smoothed = null;
        if (name.Value == Checking.ExpressionChecker.Rate && TryTake("smoothed"))
        {
            hasClauses = true;
            if (_token.Kind != TokenKind.Number || !(_token.Number > 0))
            {
                Unexpected("a weight above 0, in counts, such as 'smoothed 20'");
                return null;
            }
            smoothed = Take().Number;
        }
        return new(name.Start, _end, name.Value, arguments, by.ToImmutable(), over, where, hasClauses) { Smoothed = smoothed };
    }

    private SyntaxNode.Threshold? ParseThreshold(int start)
    {
        var goal = _token.Kind == TokenKind.Name ? Take().Text : "";
        ThresholdGoal? read = goal switch
        {
            "precision" => Share() is { } share ? new ThresholdGoal.Precision(share) : null,
            "recall" => Share() is { } share ? new ThresholdGoal.Recall(share) : null,
            "top" => ParseTop(),
            _ => Bad("precision 90%, recall 80% or top 100/day"),
        };
        if (read is null) { return null; }
        SyntaxNode? segment = null;
        if (TryTake("by") && (segment = Parse(OrPower)) is null) { return null; }
        return Expect(")") ? new(start, _end, read, segment) : null;

        double? Share()
        {
            if (_token.Kind == TokenKind.Percent && _token.Number is > 0 and <= 1) { return Take().Number; }
            Unexpected("a percentage above 0% and up to 100%");
            return null;
        }
    }

    private ThresholdGoal? ParseTop()
    {
        if (_token.Kind != TokenKind.Number || _token.Number <= 0) { return Bad("a number of decisions above 0"); }
        var count = Take().Number;
        if (!Expect("/")) { return null; }
        if (_token.Kind == TokenKind.Name && Units.Find(Units.Periods, _token.Text) is { } period)
        {
            Advance();
            return new ThresholdGoal.Top(count, period);
        }
        return Bad("a period: second, minute, hour, day or week");
    }

    private ThresholdGoal? Bad(string expected)
    {
        Unexpected(expected);
        return null;
    }
}
