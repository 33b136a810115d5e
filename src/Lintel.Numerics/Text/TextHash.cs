using System.Text;
using Lintel.Numerics.Random;

namespace Lintel.Numerics.Text;

/// <summary>Hashes of contents that mean the same on every machine and in every release: no seed, and nothing of the order in which texts
/// came.</summary>
/// <remarks>A text is FNV-1a of 64 bits over its UTF-8 bytes (a lone surrogate counts as U+FFFD), a whole number itself. One part or several
/// join to h = Mix(… Mix(Mix(p₁) ⊕ p₂) … ⊕ pₙ), Mix being SplitMix64's step, and an id of B bits is the highest B of h. Source: Fowler, Noll
/// and Vo, RFC 9923. Test: agrees with the reference's values.</remarks>
public static class TextHash
{
    /// <summary>The hash of no text: what <see cref="Append(ulong, char)"/> starts from.</summary>
    public const ulong Basis = 0xCBF29CE484222325;

    private const ulong Prime = 0x100000001B3;

    /// <summary>The hash of one text: a part.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Basis;
        foreach (var rune in text.EnumerateRunes()) { hash = rune.IsAscii ? Append(hash, (char)rune.Value) : Append(hash, rune); }
        return hash;
    }

    /// <summary>The hash of a text and one more character of ASCII.</summary>
    public static ulong Append(ulong hash, char ascii) => (hash ^ ascii) * Prime;

    /// <summary>The hash of a text and one more character.</summary>
    public static ulong Append(ulong hash, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in bytes[..rune.EncodeToUtf8(bytes)]) { hash = (hash ^ value) * Prime; }
        return hash;
    }

    /// <summary>Joins one more part to those before; the first is joined to 0.</summary>
    public static ulong Join(ulong before, ulong part) => RandomStream.Mix(before ^ part);

    /// <summary>The id of joined parts.</summary>
    /// <param name="bits">1 to 63.</param> <returns>0 to 2^bits − 1.</returns>
    public static long Id(ulong joined, int bits) => (long)(joined >> (64 - bits));
}
