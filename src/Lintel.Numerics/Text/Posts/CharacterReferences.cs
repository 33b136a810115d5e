using System.Globalization;
using System.Text;

namespace Lintel.Numerics.Text.Posts;

/// <summary>Characters written as HTML references, as exports of posts bring them: <c>&amp;#8217;</c>, <c>&amp;#x2019;</c>, <c>&amp;amp;</c>.</summary>
internal static class CharacterReferences
{
    private const int Longest = 10;

    /// <summary>Reads the reference that begins here.</summary>
    /// <param name="text">Begins with <c>&amp;</c>.</param> <param name="length">Characters that it takes.</param>
    /// <returns>False: it is none, and the sign stands for itself.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out Rune rune, out int length)
    {
        (rune, length) = (default, 0);
        var end = text[..Math.Min(text.Length, Longest)].IndexOf(';');
        if (end < 3) { return false; }
        var name = text[1..end];
        length = end + 1;
        if (name[0] != '#') { return Rune.TryCreate(Named(name), out rune) && rune.Value != 0; }
        var isHexadecimal = name.Length > 1 && name[1] is 'x' or 'X';
        var digits = name[(isHexadecimal ? 2 : 1)..];
        var style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) && code > 0 && Rune.TryCreate(code, out rune);
    }

    private static int Named(ReadOnlySpan<char> name) => name switch
    {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => 0,
    };
}
