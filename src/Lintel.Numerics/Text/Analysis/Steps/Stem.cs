namespace Lintel.Numerics.Text.Analysis.Steps;

/// <summary>A word that Porter's rules shorten, and the suffix of it that was found last.</summary>
/// <remarks>With C and V for runs of consonants and vowels, a word is [C](VC){m}[V]; m is its measure. A <c>y</c> is a vowel behind a
/// consonant.</remarks>
internal ref struct Stem(Span<char> word, int length)
{
    private readonly Span<char> _word = word;

    // where the suffix begins that was found last
    private int _suffix;

    public int Length { get; private set; } = length;

    public readonly char Last => _word[Length - 1];

    /// <summary>The last letter but one; '\0' where there is none.</summary>
    public readonly char Penultimate => Length > 1 ? _word[Length - 2] : '\0';

    /// <summary>The letter before the suffix; '\0' where there is none.</summary>
    public readonly char BeforeSuffix => _suffix > 0 ? _word[_suffix - 1] : '\0';

    /// <summary>Whether the word ends so; if it does, that is the suffix.</summary>
    public bool Ends(string suffix)
    {
        if (!_word[..Length].EndsWith(suffix)) { return false; }
        _suffix = Length - suffix.Length;
        return true;
    }

    public void Replace(string replacement)
    {
        replacement.CopyTo(_word[_suffix..]);
        Length = _suffix + replacement.Length;
    }

    public void Append(char c) => _word[Length++] = c;

    public void Shorten() => Length--;

    /// <summary>m of what stands before the suffix.</summary>
    public readonly int Measure() => Measure(_suffix);

    public readonly int MeasureOfAll() => Measure(Length);

    /// <summary>Whether a vowel stands before the suffix.</summary>
    public readonly bool HasVowel()
    {
        var vowel = false;
        for (var i = 0; i < _suffix && !vowel; i++) { vowel = IsVowel(i, vowel); }
        return vowel;
    }

    /// <summary>Two equal consonants at the end.</summary>
    public readonly bool EndsInTwins => Length > 1 && Last == Penultimate && IsConsonant(Length - 1);

    /// <summary>Consonant, vowel and a consonant other than w, x and y at the end, as in <c>hop</c>.</summary>
    public readonly bool EndsShort => EndsShortAt(Length);

    public readonly bool EndsShortBeforeSuffix => EndsShortAt(_suffix);

    private readonly bool EndsShortAt(int end) =>
        end > 2 && IsConsonant(end - 1) && !IsConsonant(end - 2) && IsConsonant(end - 3) && _word[end - 1] is not ('w' or 'x' or 'y');

    private readonly int Measure(int end)
    {
        var (measure, vowel) = (0, false);
        for (var i = 0; i < end; i++)
        {
            var was = vowel;
            vowel = IsVowel(i, was);
            if (was && !vowel) { measure++; }
        }
        return measure;
    }

    /// <param name="afterVowel">Whether the letter before is a vowel.</param>
    private readonly bool IsVowel(int at, bool afterVowel) => _word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => true,
        'y' => at > 0 && !afterVowel,
        _ => false,
    };

    private readonly bool IsConsonant(int at) => _word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => at == 0 || !IsConsonant(at - 1),
        _ => true,
    };
}
