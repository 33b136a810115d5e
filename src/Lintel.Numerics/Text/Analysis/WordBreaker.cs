using System.Buffers;
using System.Globalization;

namespace Lintel.Numerics.Text.Analysis;

/// <summary>Cuts a text into words.</summary>
/// <remarks>A word is a run of letters, digits and the marks that belong to them, of any script; everything else parts words, hyphens too.
/// Within a word: an apostrophe joins and is dropped (<c>don't</c> is <c>dont</c>), and an English <c>'s</c> at the end falls off;
/// a point joins digits (<c>3.5</c>), a comma joins thousands and is dropped (<c>12,000</c>), an underscore joins the parts of an identifier
/// (<c>max_depth</c>); soft hyphens and joiners of no width are dropped. Chinese ideographs and hiragana, written without blanks, are a word
/// each. Close to Unicode's Annex 29, which keeps apostrophes and commas and joins letters by points. The tables of characters are the
/// runtime's own, not a culture's.</remarks>
internal ref struct WordBreaker(ReadOnlySpan<char> text)
{
    /// <summary>Most characters of one word: what is longer is no word.</summary>
    internal const int MaxLength = 128;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private enum Letter
    {
        None, Letter, Digit, Mark, Ideograph, Ignored,
    }

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public int Start { get; private set; }

    public int End => _at;

    /// <summary>Goes to the next word.</summary>
    /// <param name="word">Its characters, [<see cref="MaxLength"/> or more].</param>
    /// <param name="length">How many; 0: the word is too long.</param> <returns>False: there is none.</returns>
    public bool Next(scoped Span<char> word, out int length)
    {
        length = 0;
        Letter letter;
        int size;
        while ((letter = At(_at, out size)) is Letter.None or Letter.Mark or Letter.Ignored)
        {
            _at += size;
            if (_at >= _text.Length) { return false; }
        }
        Start = _at;
        var (apostrophe, fits, before) = (-1, true, letter);
        while (true)
        {
            // most words are one run of plain letters
            if (letter is Letter.Letter or Letter.Digit && char.IsAscii(_text[_at]))
            {
                var run = _text[_at..].IndexOfAnyExcept(Plain);
                size = run < 0 ? _text.Length - _at : run;
                before = char.IsAsciiDigit(_text[_at + size - 1]) ? Letter.Digit : Letter.Letter;
            }
            if (letter != Letter.Ignored) { fits &= Append(size, word, ref length); }
            _at += size;
            if (before == Letter.Ideograph || _at >= _text.Length) { break; }
            letter = At(_at, out size);
            if (letter is Letter.Letter or Letter.Digit) { before = letter; }
            else if (letter == Letter.None)
            {
                if (!Joins(before, out var kept)) { break; }
                if (_text[_at] is '\'' or '’') { apostrophe = length; }
                if (!kept) { letter = Letter.Ignored; }
            }
            else if (letter == Letter.Ideograph) { break; }
        }
        if (apostrophe > 0 && apostrophe == length - 1 && word[apostrophe] is 's' or 'S') { length--; }
        if (!fits) { length = 0; }
        return true;
    }

    private readonly bool Append(int size, scoped Span<char> word, ref int length)
    {
        if (length + size > MaxLength) { return false; }
        _text.Slice(_at, size).CopyTo(word[length..]);
        length += size;
        return true;
    }

    /// <summary>Whether the character here, no part of a word by itself, joins what stands on both sides of it.</summary>
    private readonly bool Joins(Letter before, out bool kept)
    {
        var c = _text[_at];
        kept = c is '.' or '_';
        var next = _at + 1 < _text.Length ? At(_at + 1, out _) : Letter.None;
        return c switch
        {
            '\'' or '’' => next == Letter.Letter,
            '.' => before == Letter.Digit && next == Letter.Digit,
            ',' => before == Letter.Digit && IsThousand(_at + 1),
            '_' => next is Letter.Letter or Letter.Digit,
            _ => false,
        };
    }

    private readonly bool IsThousand(int at)
    {
        if (at + 3 > _text.Length || (at + 3 < _text.Length && char.IsAsciiDigit(_text[at + 3]))) { return false; }
        return char.IsAsciiDigit(_text[at]) && char.IsAsciiDigit(_text[at + 1]) && char.IsAsciiDigit(_text[at + 2]);
    }

    /// <param name="size">Characters that it takes: 2 beyond the first plane.</param>
    private readonly Letter At(int at, out int size)
    {
        size = 1;
        if (at >= _text.Length) { return Letter.None; }
        int c = _text[at];
        if (c < 128)
        {
            return char.IsAsciiLetter((char)c) ? Letter.Letter : char.IsAsciiDigit((char)c) ? Letter.Digit : Letter.None;
        }
        if (char.IsHighSurrogate((char)c) && at + 1 < _text.Length && char.IsLowSurrogate(_text[at + 1]))
        {
            size = 2;
            c = char.ConvertToUtf32((char)c, _text[at + 1]);
        }
        if (c is 0xAD or (>= 0x200B and <= 0x200D) or 0x2060 or 0xFEFF) { return Letter.Ignored; }
        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.DecimalDigitNumber => Letter.Digit,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Letter.Mark,
            UnicodeCategory.OtherLetter when IsIdeograph(c) => Letter.Ideograph,
            <= UnicodeCategory.OtherLetter => Letter.Letter,
            _ => Letter.None,
        };
    }

    private static bool IsIdeograph(int c) =>
        c is (>= 0x3041 and <= 0x309F) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0x20000 and <= 0x323AF);
}
