using System.Globalization;
using System.Text;
using Lintel.Design.Diagnostics;

namespace Lintel.Design.Expressions.Syntax;

/// <summary>Cuts an expression into words. Total: a fault is reported once and ends the stream.</summary>
internal sealed class Tokenizer(LocatedText source, DiagnosticBag diagnostics)
{
    /// <summary>Symbols, longest first.</summary>
    private static readonly string[] Symbols =
        ["<=", ">=", "!=", "??", "+", "-", "*", "/", "<", ">", "=", "(", ")", "[", "]", ",", "."];

    /// <summary>What other languages write, and what is written here.</summary>
    private static readonly (string Other, string Ours)[] Foreign =
        [("==", "="), ("<>", "!="), ("&&", "and"), ("||", "or"), ("**", "exp(y * log(x))"), ("!", "not")];

    private readonly string _text = source.Text;
    private int _at;

    public Token Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) { _at++; }
        if (_at == _text.Length) { return new(TokenKind.End, _at, _at); }
        var c = _text[_at];
        if (char.IsAsciiDigit(c)) { return ReadDate() ?? ReadNumber(); }
        if (char.IsLetter(c) || c == '_') { return ReadName(); }
        return c switch
        {
            '"' or '\'' => ReadText(c),
            '`' => ReadQuotedName(),
            _ => ReadSymbol(),
        };
    }

    /// <summary>Whether a name that is no word of the language comes next; looks, and takes nothing.</summary>
    public bool NextIsName()
    {
        var at = _at;
        while (at < _text.Length && char.IsWhiteSpace(_text[at])) { at++; }
        var start = at;
        while (at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] == '_')) { at++; }
        return at > start && !char.IsAsciiDigit(_text[start]) && !ExpressionParser.Reserved.Contains(_text[start..at]);
    }

    private Token ReadName()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) { _at++; }
        return new(TokenKind.Name, start, _at, _text[start.._at]);
    }

    private Token ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || IsPoint())) { _at++; }
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            var mark = _at + 1;
            if (mark < _text.Length && _text[mark] is '+' or '-') { mark++; }
            if (mark < _text.Length && char.IsAsciiDigit(_text[mark]))
            {
                _at = mark;
                while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) { _at++; }
            }
        }
        if (!Units.TryNumber(_text.AsSpan(start, _at - start), out var number))
        {
            return Fault(FaultCodes.Syntax, start, "this is not a number", "a number such as 12, 0.5 or 1e6");
        }
        if (_at < _text.Length && _text[_at] == '%')
        {
            return new(TokenKind.Percent, start, ++_at, Number: number / 100);
        }
        var unitStart = _at;
        while (_at < _text.Length && char.IsLetter(_text[_at])) { _at++; }
        if (unitStart == _at) { return new(TokenKind.Number, start, _at, Number: number); }
        var word = _text[unitStart.._at];
        if (Units.Find(Units.Durations, word) is not { } unit)
        {
            var units = Units.Durations.Select(static u => u.Unit);
            diagnostics.Error(FaultCodes.UnknownUnit, source.SpanOf(start, _at), $"unknown unit '{word}'",
                $"'{_text[start.._at]}'", "a unit of time: us, ms, s, m (minutes), h, d, w",
                Suggestion.Nearest(word, units) is { } near
                    ? $"did you mean '{_text[start..unitStart]}{near}'?"
                    : "put a blank after a number");
            return new(TokenKind.Fault, start, _at);
        }
        return Units.TryScale(number, unit, out var microseconds)
            ? new(TokenKind.Duration, start, _at, Number: microseconds)
            : Fault(FaultCodes.OutOfBounds, start, "this duration is too long", "at most 10,000 years");

        bool IsPoint() => _text[_at] == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]);
    }

    /// <summary>A date such as 2018-07-25, or an instant such as 2018-07-25T08:30:00 (design's time zone) or …Z
    /// (UTC).</summary>
    private Token? ReadDate()
    {
        if (!IsShape("dddd-dd-dd")) { return null; }
        var start = _at;
        _at += 10;
        if (_at < _text.Length && _text[_at] == 'T')
        {
            _at++;
            while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is ':'
                || (_text[_at] == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))) { _at++; }
        }
        var utc = _at < _text.Length && _text[_at] == 'Z';
        var written = _text[start.._at];
        if (utc) { _at++; }
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFF"];
        return DateTime.TryParseExact(written, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new(TokenKind.Date, start, _at, Date: utc ? DateTime.SpecifyKind(date, DateTimeKind.Utc) : date)
            : Fault(FaultCodes.Syntax, start, "this is no date of the calendar",
                "a date such as 2018-07-25 or 2018-07-25T08:30:00");
    }

    private bool IsShape(string shape)
    {
        if (_at + shape.Length > _text.Length) { return false; }
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 'd' ? !char.IsAsciiDigit(_text[_at + i]) : _text[_at + i] != shape[i]) { return false; }
        }
        return _at + shape.Length == _text.Length || !char.IsAsciiDigit(_text[_at + shape.Length]);
    }

    private Token ReadText(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
                value.Append(_text[_at] switch { 'n' => '\n', 't' => '\t', var other => other });
            }
            else { value.Append(_text[_at]); }
            _at++;
        }
        if (_at == _text.Length)
        {
            diagnostics.Error(FaultCodes.UnclosedText, source.SpanOf(start, _at), "a quote is opened and never closed",
                $"'{_text[start..]}'", null, $"close the text with {quote}");
            return new(TokenKind.Fault, start, _at);
        }
        return new(TokenKind.Text, start, ++_at, value.ToString());
    }

    private Token ReadQuotedName()
    {
        var start = _at++;
        var end = _text.IndexOf('`', _at);
        if (end <= _at)
        {
            _at = _text.Length;
            return Fault(FaultCodes.UnclosedText, start, "a backquote is opened and never closed", "`a column's name`");
        }
        var name = _text[_at..end];
        _at = end + 1;
        return new(TokenKind.QuotedName, start, _at, name);
    }

    private Token ReadSymbol()
    {
        var rest = _text.AsSpan(_at);
        foreach (var (other, ours) in Foreign)
        {
            if (!rest.StartsWith(other) || (other == "!" && rest.StartsWith("!="))) { continue; }
            var start = _at;
            _at += other.Length;
            diagnostics.Error(FaultCodes.Syntax, source.SpanOf(start, _at), $"'{other}' is not of this language",
                $"'{other}'", $"'{ours}'", $"write '{ours}'");
            return new(TokenKind.Fault, start, _at);
        }
        foreach (var symbol in Symbols)
        {
            if (!rest.StartsWith(symbol)) { continue; }
            _at += symbol.Length;
            return new(TokenKind.Symbol, _at - symbol.Length, _at, symbol);
        }
        _at++;
        return Fault(FaultCodes.Syntax, _at - 1, "this character has no meaning here", "an expression");
    }

    private Token Fault(string code, int start, string message, string expected)
    {
        diagnostics.Error(code, source.SpanOf(start, _at), message, $"'{Printable(_text[start.._at])}'", expected);
        return new(TokenKind.Fault, start, _at);
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(60).Select(static c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
