using System.Text;
using Lintel.Numerics.Random;

namespace Lintel.Numerics.Tests.Text.Posts;

/// <summary>How a word is hidden.</summary>
internal enum Disguise
{
    /// <summary>Digits and signs for letters.</summary>
    Leet,
    /// <summary>A blank, point, hyphen or star between the letters of a word.</summary>
    Spacing,
    /// <summary>Letters of other alphabets that look alike.</summary>
    Homoglyphs,
    /// <summary>Characters that are not seen, and accents.</summary>
    Unseen,
    /// <summary>Letters repeated.</summary>
    Repeats,
    /// <summary>Two letters swapped, or one left out: nothing that a table could undo.</summary>
    Typos,
}

/// <summary>Hides the words of a text as those do who do not want to be found; mentions and links stay. A seed gives one text.</summary>
/// <param name="share">Of the words of four letters or more that are hidden, 0 to 1.</param>
internal sealed class Obfuscator(ulong seed, double share)
{
    // a letter, then what stands for it
    private static readonly Dictionary<char, string> Leet = Table("a4@ e3 i1! o0 s5$ t7 b8 g9");

    private static readonly Dictionary<char, string> Alike = Table(
        "aаαａ𝐚 bЬｂ𝒃 cсϲ𝖈 dԁｄ eеｅ𝓮 fｆ𝔣 gɡｇ hһｈ iіι𝗶 jј kκк lｌ𝘭 mмｍ nոｎ oоοօ pрρ qԛ rｒ𝕣 sѕｓ tтτ uυս vνѵ wԝｗ xхχ yуγ zｚ𝚣");

    private readonly RandomStream _random = new(seed);

    public string Hide(string text, Disguise disguise)
    {
        var words = text.Split(' ');
        for (var w = 0; w < words.Length; w++)
        {
            var word = words[w];
            var letters = word.Count(char.IsAsciiLetter);
            if (letters < 4 || word[0] is '@' or '#' || word.StartsWith("http", StringComparison.Ordinal) || word.Contains('&')) { continue; }
            if (_random.NextDouble() < share) { words[w] = Hide(word, disguise, letters); }
        }
        return string.Join(' ', words);
    }

    private string Hide(string word, Disguise disguise, int letters)
    {
        var hidden = new StringBuilder();
        var separator = " .-*"[_random.NextInt32(4)];
        var repeated = _random.NextInt32(letters);
        var letter = 0;
        if (disguise == Disguise.Typos) { return Mistyped(word); }
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            var small = char.ToLowerInvariant(c);
            var isLetter = char.IsAsciiLetter(c);
            switch (disguise)
            {
                // a sign stands for a letter only between letters
                case Disguise.Leet when Leet.TryGetValue(small, out var signs):
                    var isInside = i > 0 && i + 1 < word.Length && char.IsAsciiLetter(word[i + 1]) && char.IsLetter(hidden[^1]);
                    hidden.Append(_random.NextDouble() < 0.3 ? c : isInside ? signs[_random.NextInt32(signs.Length)] : signs[0]);
                    break;
                case Disguise.Spacing when isLetter && i > 0 && char.IsAsciiLetter(word[i - 1]): hidden.Append(separator).Append(c); break;
                case Disguise.Homoglyphs when Alike.TryGetValue(small, out var alike) && _random.NextDouble() < 0.6:
                    var runes = alike.EnumerateRunes().ToArray();
                    hidden.Append(runes[_random.NextInt32(runes.Length)]);
                    break;
                case Disguise.Unseen when isLetter: hidden.Append(c).Append("\u200B\u200D\u0336\u00AD\u0301"[_random.NextInt32(5)]); break;
                case Disguise.Repeats when isLetter && letter++ == repeated: hidden.Append(c, 3 + _random.NextInt32(4)); break;
                default: hidden.Append(c); break;
            }
        }
        return hidden.ToString();
    }

    private string Mistyped(string word)
    {
        var at = 1 + _random.NextInt32(word.Length - 2);
        var rest = word[(at + 1)..];
        return _random.NextInt32(2) == 0 ? word[..at] + rest : $"{word[..at]}{rest[0]}{word[at]}{rest[1..]}";
    }

    private static Dictionary<char, string> Table(string groups) => groups.Split(' ').ToDictionary(static g => g[0], static g => g[1..]);
}
