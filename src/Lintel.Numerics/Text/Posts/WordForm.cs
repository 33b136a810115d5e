namespace Lintel.Numerics.Text.Posts;

/// <summary>A word as it would be written without disguise: digits that stand for letters are letters, and letters that were repeated for
/// effect stand once.</summary>
internal static class WordForm
{
    // by digit; '2' and numbers stay
    private const string Letters = "oi2easgtbg";

    // letters that English words hardly ever have twice in a row; three of any are too many
    private const string Single = "ahijkquvwxy";

    /// <summary>Brings a word into its form, in place; twice is once.</summary>
    /// <param name="word">Lower case, without blanks.</param> <returns>Its length, not more than before; not 0 unless it was.</returns>
    public static int Settle(Span<char> word)
    {
        if (!HasLetter(word) || (char.IsAsciiDigit(word[0]) && IsNumberWithUnit(word))) { return word.Length; }
        foreach (ref var c in word)
        {
            if (char.IsAsciiDigit(c)) { c = Letters[c - '0']; }
        }
        var length = 0;
        for (var i = 0; i < word.Length;)
        {
            var c = word[i];
            if (i + 1 == word.Length || word[i + 1] != c)
            {
                word[length++] = c;
                i++;
                continue;
            }
            var run = 2;
            while (i + run < word.Length && word[i + run] == c) { run++; }
            // halves of a character, and digits, are not letters that are repeated
            var kept = !char.IsLetter(c) ? run : run == 2 && !Single.Contains(c) ? 2 : 1;
            word.Slice(i, kept).CopyTo(word[length..]);
            length += kept;
            i += run;
        }
        return length;
    }

    private static bool HasLetter(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLetter(c)) { return true; }
        }
        return false;
    }

    /// <summary>1st, 22nd, 90s, 5k, 10pm: a number that was meant as one.</summary>
    private static bool IsNumberWithUnit(ReadOnlySpan<char> word)
    {
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && word[digits..] is "st" or "nd" or "rd" or "th" or "s" or "k" or "m" or "b" or "h" or "x" or "am" or "pm" or "hr"
            or "hrs" or "min" or "yr" or "yrs" or "km" or "mph";
    }
}
