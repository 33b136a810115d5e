using System.Text;

namespace Lintel.Numerics.Text.Posts;

/// <summary>Which n-grams stand for a text.</summary>
/// <param name="Words">Word n-grams of 1 to so many words; 0: none.</param>
/// <param name="CharactersFrom">Shortest character n-gram within a word, its two ends counted as a character each.</param>
/// <param name="CharactersTo">Longest; below <paramref name="CharactersFrom"/>: none.</param>
/// <param name="Bits">An id has so many, 8 to 24.</param>
public sealed record NgramShape(int Words = 2, int CharactersFrom = 3, int CharactersTo = 5, int Bits = 20)
{
    public const int MaxWords = 4, MaxCharacters = 8, MinBits = 8, MaxBits = 24;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Fault =>
        Words is < 0 or > MaxWords ? $"word n-grams of up to {Words} words, expected 0 to {MaxWords}"
        : CharactersFrom < 1 || CharactersTo is < 0 or > MaxCharacters
            ? $"character n-grams of {CharactersFrom} to {CharactersTo}, expected numbers from 1 to {MaxCharacters}"
        : Bits is < MinBits or > MaxBits ? $"ids of {Bits} bits, expected {MinBits} to {MaxBits}"
        : Words == 0 && CharactersTo < CharactersFrom ? "neither word nor character n-grams" : null;
}

/// <summary>N-grams of a normalised text, as ids.</summary>
/// <remarks>The id of a word n-gram joins the number of words and the hash of each (<see cref="TextHash"/>); that of a character n-gram joins
/// 0 and the hash of its characters, a blank at each end of the word among them (<c>" hate "</c>: <c>" ha"</c>, <c>"hat"</c>, …). So an id says
/// the same on every machine and in every release. N-grams that share an id count as one.</remarks>
public static class Ngrams
{
    /// <summary>Adds a text's n-grams to a bag.</summary>
    /// <param name="text">Words with one blank between them, as <see cref="PostNormaliser"/> leaves them.</param>
    /// <param name="salt">Tells the texts of two columns apart.</param>
    /// <exception cref="ArgumentException">The shape has a fault.</exception>
    public static void Add(ReadOnlySpan<char> text, NgramShape shape, GramBag bag, int salt = 0)
    {
        if (shape.Fault is { } fault) { throw new ArgumentException(fault, nameof(shape)); }
        // of the last words, the oldest first
        Span<ulong> words = stackalloc ulong[NgramShape.MaxWords];
        var seed = TextHash.Join(0, (ulong)salt);
        var seen = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(' ');
            var word = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (word.IsEmpty) { continue; }
            words[1..].CopyTo(words);
            words[^1] = TextHash.Of(word);
            seen++;
            for (var n = 1; n <= Math.Min(shape.Words, seen); n++)
            {
                var joined = TextHash.Join(seed, (ulong)n);
                foreach (var part in words[^n..]) { joined = TextHash.Join(joined, part); }
                bag.Add((int)TextHash.Id(joined, shape.Bits));
            }
            if (shape.CharactersTo >= shape.CharactersFrom) { AddCharacters(word, shape, bag, seed); }
        }
    }

    private static void AddCharacters(ReadOnlySpan<char> word, NgramShape shape, GramBag bag, ulong seed)
    {
        for (var start = -1; start < word.Length;)
        {
            var hash = TextHash.Basis;
            var at = start;
            for (var n = 1; n <= shape.CharactersTo && at <= word.Length; n++)
            {
                var length = 1;
                if (at < 0 || at == word.Length) { hash = TextHash.Append(hash, ' '); }
                else if (word[at] < 0x80) { hash = TextHash.Append(hash, word[at]); }
                else
                {
                    _ = Rune.DecodeFromUtf16(word[at..], out var rune, out length);
                    hash = TextHash.Append(hash, rune);
                }
                at += length;
                if (n >= shape.CharactersFrom) { bag.Add((int)TextHash.Id(TextHash.Join(seed, hash), shape.Bits)); }
                if (n == 1) { start = at; }
            }
        }
    }
}
