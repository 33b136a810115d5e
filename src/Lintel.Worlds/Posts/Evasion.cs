using System.Text;
using Lintel.Numerics.Random;

namespace Lintel.Worlds.Posts;

/// <summary>Ways to write a word so that a list of words does not find it.</summary>
internal enum Evasion
{
    /// <summary>Digits for letters.</summary>
    Leet,
    /// <summary>Cyrillic letters that look like Latin ones.</summary>
    Homoglyph,
    /// <summary>A blank or a dot between letters.</summary>
    Spaced,
    /// <summary>Characters that are not seen.</summary>
    ZeroWidth,
    /// <summary>From behind: comes up at the drift.</summary>
    Backwards,
}

/// <summary>Writes words so.</summary>
internal static class Evasions
{
    private const string Plain = "aeiost", Digits = "431057", Latin = "aceopxy", Cyrillic = "асеорху";

    /// <summary>One of the ways that are in use on a day.</summary>
    public static Evasion Draw(bool isDrifted, RandomStream random) =>
        isDrifted && random.NextDouble() < 0.6 ? Evasion.Backwards : (Evasion)random.NextInt32((int)Evasion.Backwards);

    public static string Write(string word, Evasion way, RandomStream random) => way switch
    {
        Evasion.Leet => Exchanged(word, Plain, Digits),
        Evasion.Homoglyph => Exchanged(word, Latin, Cyrillic),
        Evasion.Spaced => string.Join(random.NextInt32(2) == 0 ? ' ' : '.', word.ToCharArray()),
        Evasion.ZeroWidth => string.Join('\u200B', word.ToCharArray()),
        _ => string.Concat(word.Reverse()),
    };

    private static string Exchanged(string word, string from, string to)
    {
        var text = new StringBuilder(word);
        for (var i = 0; i < text.Length; i++)
        {
            if (from.IndexOf(text[i]) is >= 0 and var at) { text[i] = to[at]; }
        }
        return text.ToString();
    }
}
