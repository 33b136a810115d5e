namespace Lintel.Numerics.Text.Posts;

/// <summary>Words that were written letter by letter: <c>h a t e</c>, <c>h.a.t.e</c>.</summary>
internal static class SpacedLetters
{
    /// <summary>Stands between single letters that no blank parts, until they are joined; no text has it, since it is not seen.</summary>
    public const char Tight = '\u0001';

    /// <summary>Single letters in a row that are one word, digits among them, where blanks part them.</summary>
    public const int Least = 3;

    /// <summary>Where punctuation alone does.</summary>
    private const int LeastTight = 2;
    private const int LeastLetters = 2;

    /// <summary>Makes one word of single letters in a row, in place, where they are enough; all that is left stands between blanks.</summary>
    /// <param name="text">Tokens with a blank or <see cref="Tight"/> between them.</param> <param name="separator">What stands between letters that are joined.</param>
    /// <returns>The text's length, not more than before.</returns>
    public static int Join(Span<char> text, char separator)
    {
        var least = separator == Tight ? LeastTight : Least;
        var (at, length) = (0, 0);
        while (at < text.Length)
        {
            var (count, letters) = (0, 0);
            for (var i = at; IsSingle(text, i); i += 2)
            {
                count++;
                letters += char.IsLetter(text[i]) ? 1 : 0;
                if (i + 1 >= text.Length || text[i + 1] != separator) { break; }
            }
            if (length > 0) { text[length++] = ' '; }
            if (count > 0)
            {
                var isWord = count >= least && letters >= LeastLetters;
                var step = isWord ? 1 : 2;
                for (var i = 0; i < count; i++)
                {
                    text[length + (step * i)] = text[at + (2 * i)];
                    if (!isWord && i > 0) { text[length + (2 * i) - 1] = ' '; }
                }
                length += isWord ? WordForm.Settle(text.Slice(length, count)) : (2 * count) - 1;
                at += 2 * count;
                continue;
            }
            var end = text[at..].IndexOfAny(' ', Tight) is var found and >= 0 ? at + found : text.Length;
            text[at..end].CopyTo(text[length..]);
            length += end - at;
            at = end + 1;
        }
        return length;
    }

    private static bool IsSingle(ReadOnlySpan<char> text, int at) => at < text.Length && char.IsLetterOrDigit(text[at])
        && (at + 1 == text.Length || text[at + 1] is ' ' or Tight);
}
