using System.Globalization;
using System.Text;

namespace Lintel.Numerics.Text.Posts;

/// <summary>Posts as they are learned and compared: what one writes in many ways, to be seen or not to be found, becomes one text.</summary>
/// <remarks>Tokens with one blank between them. In order:
/// <list type="bullet">
/// <item>HTML references are read; what is not seen is left out; look-alikes become the letter that they show (<see cref="LookAlikes"/>); lower case
/// without the accents of Latin letters (<see cref="LatinFolding"/>); a hashtag's words are parted where its capitals say so (<c>#BuildIt</c>).</item>
/// <item>A mention is <c>@</c>, a link <c>http</c>, a hashtag <c>#</c> before its words; <c>!</c>, <c>?</c> and each emoji are tokens, once
/// in a row; all other punctuation parts words. An apostrophe or a star within a word is left out (<c>don't</c>, <c>f*ck</c>);
/// within a word <c>@</c> is a and <c>!</c> is i, and <c>$</c> beside a letter is s.</item>
/// <item>In a word that has letters, digits are the letters they stand for (<c>h4t3</c>), but not in <c>1st</c> or <c>10pm</c>; a letter
/// repeated more often than English does stands once (<c>haaaate</c>).</item>
/// <item>Single letters that only punctuation parts are one word (<c>h.a.t.e</c>), and so are three or more with blanks between them
/// (<c>h a t e</c>).</item>
/// </list>
/// Normalising twice is normalising once. The result is at most three times as long. Letters of scripts that the tables do not know stay. It
/// needs no culture's data. Its buffers are used again: allocation-free once they have grown to the longest text; one thread at a time.</remarks>
public sealed class PostNormaliser
{
    private const int Growth = 4;

    private char[] _folded = new char[2_048], _text = new char[2_048], _word = new char[2_048];
    private int _length;

    // the last token is a single letter or digit, and no blank came since
    private bool _isTight;

    // so far; few texts have enough of them to be joined
    private int _singleCount, _tightCount;

    /// <summary>The normal form of a post.</summary>
    /// <param name="text">Any text; a lone half of a character parts words.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<char> Normalise(ReadOnlySpan<char> text)
    {
        // at most two letters for one, a blank before them in a hashtag, and one behind each token
        if (_folded.Length < Growth * text.Length)
        {
            _folded = new char[Growth * text.Length];
            _text = new char[Growth * text.Length];
            _word = new char[Growth * text.Length];
        }
        var folded = _folded.AsSpan(0, Fold(text));
        (_length, _isTight, _singleCount, _tightCount) = (0, false, 0, 0);
        for (var at = 0; at < folded.Length;) { at += ReadToken(folded, at); }
        var whole = _text.AsSpan(0, _length);
        if (_tightCount > 0) { whole = whole[..SpacedLetters.Join(whole, SpacedLetters.Tight)]; }
        return _singleCount < SpacedLetters.Least ? whole : whole[..SpacedLetters.Join(whole, ' ')];
    }

    /// <summary>Plain characters in lower case, in the folded buffer.</summary>
    private int Fold(ReadOnlySpan<char> text)
    {
        var count = 0;
        bool inTag = false, afterSmall = false;
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            Rune plain;
            bool isWord, isCapital;
            if (c < 0x80 && c != '&')
            {
                at++;
                if (c < ' ' && LookAlikes.IsUnseen(c)) { continue; }
                isCapital = char.IsAsciiLetterUpper(c);
                isWord = char.IsAsciiLetterOrDigit(c);
                plain = new(isCapital ? (char)(c | 0x20) : c);
            }
            else
            {
                if (c != '&' || !CharacterReferences.TryRead(text[at..], out var rune, out var length))
                {
                    _ = Rune.DecodeFromUtf16(text[at..], out rune, out length);
                }
                at += length;
                if (LookAlikes.IsUnseen(rune.Value)) { continue; }
                plain = Plain(rune);
                isWord = IsWord(plain);
                isCapital = isWord && Rune.IsUpper(rune);
            }
            if (plain.Value == '#') { inTag = count == 0 || _folded[count - 1] == ' '; }
            else if (!isWord) { inTag = false; }
            if (inTag && isCapital && afterSmall) { _folded[count++] = ' '; }
            afterSmall = isWord && !isCapital;
            if (isWord && plain.IsAscii) { _folded[count++] = (char)plain.Value; }
            else if (Rune.IsWhiteSpace(plain)) { _folded[count++] = ' '; }
            else if (plain.IsBmp)
            {
                _folded[count++] = LatinFolding.Fold((char)plain.Value, out var second);
                if (second != '\0') { _folded[count++] = second; }
            }
            else { count += plain.EncodeToUtf16(_folded.AsSpan(count)); }
        }
        return count;
    }

    /// <summary>What it is drawn like, in lower case.</summary>
    private static Rune Plain(Rune rune)
    {
        if (rune.IsAscii) { return Rune.ToLowerInvariant(rune); }
        var plain = LookAlikes.Plain(rune.Value);
        // a capital without a look-alike of its own may have one in lower case
        return plain < 0x80 ? new(plain) : new(LookAlikes.Plain(Rune.ToLowerInvariant(new Rune(plain)).Value));
    }

    /// <summary>Reads what begins here, and writes its token, if it is one.</summary>
    /// <returns>Characters read, 1 or more.</returns>
    private int ReadToken(ReadOnlySpan<char> folded, int at)
    {
        var rest = folded[at..];
        if (rest[0] == ' ')
        {
            _isTight = false;
            return 1;
        }
        if (IsLink(rest))
        {
            Append("http", ' ');
            _isTight = false;
            return rest.IndexOf(' ') is var end and >= 0 ? end : rest.Length;
        }
        _ = Rune.DecodeFromUtf16(rest, out var rune, out var length);
        if (IsWord(rune) || (rune.Value == '$' && length < rest.Length && BeginsLetter(rest[length..]))) { return ReadWord(rest); }
        if (rune.Value == '@')
        {
            WriteSign(rest[..1]);
            for (; length < rest.Length && (rest[length] == '_' || BeginsWord(rest[length..])); length++) { }
            return length;
        }
        if (rune.Value is '#' or '!' or '?' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol && rune != Rune.ReplacementChar)
        {
            WriteSign(rest[..length]);
        }
        return length;
    }

    /// <summary>Reads a word with what stands for letters in it.</summary>
    private int ReadWord(ReadOnlySpan<char> rest)
    {
        var (at, count) = (0, 0);
        while (at < rest.Length)
        {
            var c = rest[at];
            if (char.IsAsciiLetterOrDigit(c))
            {
                _word[count++] = c;
                at++;
                continue;
            }
            if (c == ' ') { break; }
            _ = Rune.DecodeFromUtf16(rest[at..], out var rune, out var length);
            var next = rest[(at + length)..];
            var behindLetter = count > 0 && char.IsLetter(_word[count - 1]);
            if (IsWord(rune))
            {
                rest.Slice(at, length).CopyTo(_word.AsSpan(count));
                count += length;
            }
            else if (c == '$' && (behindLetter || BeginsLetter(next))) { _word[count++] = 's'; }
            else if (c is '@' or '!' && count > 0 && (behindLetter ? BeginsWord(next) : BeginsLetter(next))) { _word[count++] = c == '@' ? 'a' : 'i'; }
            else
            {
                // stars are passed at once: there may be many
                length += c == '*' && next.IndexOfAnyExcept('*') is var stars and > 0 ? stars : 0;
                if (!(c is '*' or '\'' or '’' or '‘' or '`' or '´' && BeginsWord(rest[(at + length)..]))) { break; }
            }
            at += length;
        }
        count = WordForm.Settle(_word.AsSpan(0, count));
        var isSingle = count == 1;
        Append(_word.AsSpan(0, count), _isTight && isSingle ? SpacedLetters.Tight : ' ');
        _tightCount += _isTight && isSingle ? 1 : 0;
        _singleCount += isSingle ? 1 : 0;
        _isTight = isSingle;
        return at;
    }

    /// <summary>Writes a token that is no word, unless it repeats the one before.</summary>
    private void WriteSign(ReadOnlySpan<char> sign)
    {
        _isTight = false;
        var text = _text.AsSpan(0, _length);
        if (text.EndsWith(sign) && (text.Length == sign.Length || text[^(sign.Length + 1)] == ' ')) { return; }
        Append(sign, ' ');
    }

    private void Append(ReadOnlySpan<char> token, char separator)
    {
        if (_length > 0) { _text[_length++] = separator; }
        token.CopyTo(_text.AsSpan(_length));
        _length += token.Length;
    }

    private static bool IsLink(ReadOnlySpan<char> rest) => rest[0] is 'h' or 'w'
        && (rest.StartsWith("http://") || rest.StartsWith("https://") || (rest.StartsWith("www.") && rest.Length > 4 && rest[4] != ' '));

    private static bool BeginsWord(ReadOnlySpan<char> rest) =>
        Rune.DecodeFromUtf16(rest, out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool BeginsLetter(ReadOnlySpan<char> rest) =>
        Rune.DecodeFromUtf16(rest, out var rune, out _) == System.Buffers.OperationStatus.Done && Rune.IsLetter(rune);

    /// <summary>Letters, digits, and the marks that other scripts write with.</summary>
    private static bool IsWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
