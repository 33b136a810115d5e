using System.Globalization;

namespace Lintel.Design.Yaml;

/// <summary>What a plain scalar means under YAML 1.2's core schema.</summary>
internal enum CoreType
{
    Text,
    Number,
    Bool,
    Null,
}

/// <summary>The core schema's rules. Source: YAML 1.2.2, section 10.3.2 (so <c>yes</c> and <c>off</c> are
/// texts).</summary>
internal static class CoreSchema
{
    public static CoreType TypeOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => CoreType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => CoreType.Bool,
        _ when IsDecimal(plain) || IsRadix(plain) || IsSpecial(plain.AsSpan()) => CoreType.Number,
        _ => CoreType.Text,
    };

    /// <summary>[-+]? ( . digits | digits ( . digits* )? ) ( [eE] [-+]? digits )?</summary>
    private static bool IsDecimal(string text) =>
        text.IndexOfAny(Digits) >= 0
        && text.AsSpan().IndexOfAnyExcept(DecimalLetters) < 0
        && double.TryParse(text,
            NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out _);

    private static bool IsRadix(string text) =>
        (text.StartsWith("0o", StringComparison.Ordinal) && text.Length > 2
            && text.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0)
        || (text.StartsWith("0x", StringComparison.Ordinal) && text.Length > 2
            && text.AsSpan(2).ContainsAnyExcept(HexDigits) is false);

    private static bool IsSpecial(ReadOnlySpan<char> text) =>
        text.TrimStart("+-") is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN";

    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly System.Buffers.SearchValues<char> DecimalLetters =
        System.Buffers.SearchValues.Create("0123456789.eE+-");

    private static readonly System.Buffers.SearchValues<char> HexDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
