using System.Globalization;
using System.Text;

namespace Lintel.Numerics.Text;

/// <summary>Titles as they are compared: what one catalogue writes in several ways becomes one text.</summary>
public static class TitleText
{
    /// <summary>Words in lower case without accents, one blank between them: punctuation parts words, an apostrophe
    /// does not; <c>&amp;</c> is <c>and</c>; an English article at the start, or behind a comma (<c>Matrix, The</c>),
    /// is left out. Numbers stay, a year in brackets too: <c>Dune (1984)</c> and <c>Dune (2021)</c> are two
    /// films.</summary>
    /// <returns>Never empty unless the title is: a title without a letter or digit stays as it is.</returns>
    public static string Normalise(string title)
    {
        var text = new StringBuilder(title.Length);
        var behindComma = true;
        for (var at = 0; at < title.Length;)
        {
            var start = text.Length;
            var word = ReadWord(title, ref at, text);
            if (word)
            {
                if (behindComma && IsArticle(text, start)) { text.Length = start; }
                else { _ = text.Append(' '); }
                behindComma = false;
            }
            if (at < title.Length && !IsLetter(title[at]) && title[at] != '&') { behindComma |= title[at++] == ','; }
        }
        return text.Length > 0 ? text.ToString(0, text.Length - 1) : title.Trim().ToLowerInvariant();
    }

    // appends the word that begins here, folded; false: none does
    private static bool ReadWord(string title, ref int at, StringBuilder text)
    {
        if (at < title.Length && title[at] == '&')
        {
            _ = text.Append("and");
            at++;
            return true;
        }
        var start = text.Length;
        for (; at < title.Length; at++)
        {
            var c = title[at];
            if (LatinFolding.IsAccent(c) || (c is '\'' or '’' && text.Length > start)) { continue; }
            if (!IsLetter(c)) { break; }
            _ = text.Append(LatinFolding.Fold(c, out var second));
            if (second != '\0') { _ = text.Append(second); }
        }
        return text.Length > start;
    }

    // the halves of a character beyond the first plane, and marks of scripts that need them, are part of a word
    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || LatinFolding.IsAccent(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsArticle(StringBuilder text, int start)
    {
        Span<char> word = stackalloc char[3];
        var length = text.Length - start;
        if (length > word.Length) { return false; }
        text.CopyTo(start, word, length);
        return word[..length] is "the" or "an" or "a";
    }
}
