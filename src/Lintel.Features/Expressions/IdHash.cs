using Lintel.Events;
using Lintel.Numerics.Text;

namespace Lintel.Features.Expressions;

/// <summary>The id of parts that stand on the stack; see <see cref="TextHash"/>. No allocation.</summary>
internal sealed class IdHash
{
    // of each part; null: it is a number
    private readonly CodeDictionary?[] _dictionaries;
    private readonly int _bits;

    /// <param name="dictionaries">They keep the hashes of their texts from now on.</param>
    internal IdHash(CodeDictionary?[] dictionaries, int bits)
    {
        (_dictionaries, _bits) = (dictionaries, bits);
        foreach (var dictionary in dictionaries) { dictionary?.KeepHashes(); }
    }

    /// <summary>Missing where a part is, where a number is not whole, and for a text that no record brought yet.</summary>
    internal double Of(ReadOnlySpan<double> parts, TimeZoneInfo zone)
    {
        var joined = 0UL;
        for (var p = 0; p < parts.Length; p++)
        {
            ulong part;
            if (_dictionaries[p] is { } dictionary)
            {
                if (!dictionary.TryHash(parts[p], out part)) { return double.NaN; }
            }
            else
            {
                if (!(Math.Abs(parts[p]) <= 1L << 53) || Math.Floor(parts[p]) != parts[p]) { return double.NaN; }
                part = (ulong)(long)parts[p];
            }
            joined = TextHash.Join(joined, part);
        }
        return TextHash.Id(joined, _bits);
    }
}
