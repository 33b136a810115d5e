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
/// repeated more often than English does stands once or twice (<c>haaaate</c>, <c>gooood</c>).</item>
/// <item>Three or more single letters in a row are one word (<c>h a t e</c>, <c>h.a.t.e</c>).</item>
/// </list>
/// Normalising twice is normalising once. The result is at most three times as long. Letters of scripts that the tables do not know stay. It
/// needs no culture's data. Its buffers are used again: allocation-free once they have grown to the longest text; one thread at a time.</remarks>
public sealed class PostNormaliser
{
    /// <summary>Single letters in a row that are one word, digits among them.</summary>
    private const int LeastSpaced = 3, LeastLetters = 2;

    private char[] _folded = new char[2_048];
    private char[] _text = new char[4_096], _word = new char[2_048];
    private int _length;

    // the single letters and digits that stand last
    private int _spacedFrom, _spacedCount, _spacedLetters;

    /// <summary>The normal form of a post.</summary>
    /// <param name="text">Any text; a lone half of a character parts words.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<char> Normalise(ReadOnlySpan<char> text)
    {
        if (_folded.Length < 2 * text.Length)
        {
            _folded = new char[2 * text.Length];
            _text = new char[4 * text.Length];
            _word = new char[2 * text.Length];
        }
        var folded = _folded.AsSpan(0, Fold(text));
        (_length, _spacedFrom, _spacedCount, _spacedLetters) = (0, 0, 0, 0);
        for (var at = 0; at < folded.Length;) { at += ReadToken(folded, at); }
        JoinSpaced();
        return _text.AsSpan(0, _length);
    }

    /// <summary>Plain characters in lower case, in the folded buffer.</summary>
    private int Fold(ReadOnlySpan<char> text)
    {
        var count = 0;
        bool inTag = false, afterSmall = false;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '&' || !CharacterReferences.TryRead(text[at..], out var rune, out var length))
            {
                _ = Rune.DecodeFromUtf16(text[at..], out rune, out length);
            }
            at += length;
            if (LookAlikes.IsUnseen(rune.Value)) { continue; }
            var plain = Plain(rune);
            var isWord = IsWord(plain);
            var isCapital = isWord && Rune.IsUpper(rune);
            if (plain.Value == '#') { inTag = count == 0 || _folded[count - 1] == ' '; }
            else if (!isWord) { inTag = false; }
            if (inTag && isCapital && afterSmall) { _folded[count++] = ' '; }
            afterSmall = isWord && !isCapital;
            if (Rune.IsWhiteSpace(plain)) { _folded[count++] = ' '; }
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
        if (IsLink(rest))
        {
            WriteWord("http");
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
            else if (!(c is '*' or '\'' or '’' or '‘' or '`' or '´' && BeginsWord(next.TrimStart('*')))) { break; }
            at += length;
        }
        WriteWord(_word.AsSpan(0, WordForm.Settle(_word.AsSpan(0, count))));
        return at;
    }

    private void WriteWord(ReadOnlySpan<char> word)
    {
        if (word.Length > 1) { JoinSpaced(); }
        else
        {
            if (_spacedCount++ == 0) { _spacedFrom = _length > 0 ? _length + 1 : 0; }
            _spacedLetters += char.IsLetter(word[0]) ? 1 : 0;
        }
        Append(word);
    }

    /// <summary>Writes a token that is no word, unless it repeats the one before.</summary>
    private void WriteSign(ReadOnlySpan<char> sign)
    {
        JoinSpaced();
        var text = _text.AsSpan(0, _length);
        if (text.EndsWith(sign) && (text.Length == sign.Length || text[^(sign.Length + 1)] == ' ')) { return; }
        Append(sign);
    }

    private void Append(ReadOnlySpan<char> token)
    {
        if (_length > 0) { _text[_length++] = ' '; }
        token.CopyTo(_text.AsSpan(_length));
        _length += token.Length;
    }

    /// <summary>Makes one word of the single letters that stand last, if they are enough.</summary>
    private void JoinSpaced()
    {
        if (_spacedCount >= LeastSpaced && _spacedLetters >= LeastLetters)
        {
            var word = _text.AsSpan(_spacedFrom, _spacedCount * 2);
            for (var i = 1; i < _spacedCount; i++) { word[i] = word[2 * i]; }
            _length = _spacedFrom + WordForm.Settle(word[.._spacedCount]);
        }
        (_spacedCount, _spacedLetters) = (0, 0);
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
