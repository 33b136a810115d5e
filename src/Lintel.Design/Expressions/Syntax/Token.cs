namespace Lintel.Design.Expressions.Syntax;

internal enum TokenKind
{
    End,
    Number,
    /// <summary>A number before a percent sign, already divided by 100.</summary>
    Percent,
    Duration,
    Date,
    Text,
    Name,
    /// <summary>A name in backquotes: a source column with a name of any letters.</summary>
    QuotedName,
    Symbol,
    /// <summary>Already reported.</summary>
    Fault,
}

/// <summary>A word of an expression.</summary>
/// <param name="Text">The name, the symbol, or the text without its quotes.</param>
/// <param name="Number">The number; a duration in microseconds.</param>
/// <param name="Date">A date literal as written; its kind is Utc where it ends in Z.</param>
internal readonly record struct Token(
    TokenKind Kind, int Start, int End, string Text = "", double Number = 0, DateTime Date = default)
{
    public bool Is(string word) => Kind is TokenKind.Name or TokenKind.Symbol && Text == word;
}
