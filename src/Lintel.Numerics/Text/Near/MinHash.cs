using System.Numerics;
using System.Runtime.InteropServices;
using Lintel.Numerics.Random;

namespace Lintel.Numerics.Text.Near;

/// <summary>Signatures of sets of which the share of equal numbers estimates Jaccard's likeness, cut into bands: sets that are alike agree in
/// all numbers of one band at least.</summary>
/// <remarks>Number k is the least of aₖ·x + bₖ (32 bits) over the set's elements x, mixed before. Two sets of likeness s agree in a band of r rows
/// with a chance of s^r, in one of b bands with 1 − (1 − s^r)^b. The rows are as many as leave at most one pair in ten thousand unfound
/// at the least likeness. Source: Broder, 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3rd ed., section 3.4.</remarks>
internal sealed class MinHash
{
    /// <summary>Numbers of a signature: a whole number of vectors of any width.</summary>
    private const int Size = 96;
    private const double MostUnfound = 1e-4;

    private readonly uint[] _factors = new uint[Size];
    private readonly uint[] _terms = new uint[Size];
    private readonly uint[] _least = new uint[Size];

    /// <param name="likeness">0.5 to 1: from here on pairs are to be found.</param>
    public MinHash(double likeness)
    {
        var random = new RandomStream(0x6D696E68617368);
        for (var k = 0; k < Size; k++)
        {
            (_factors[k], _terms[k]) = ((uint)random.NextUInt64() | 1, (uint)random.NextUInt64());
        }
        for (Rows = 12; Rows > 1 && Math.Pow(1 - Math.Pow(likeness, Rows), Size / Rows) > MostUnfound; Rows--) { }
    }

    public int Rows { get; }

    public int BandCount => Size / Rows;

    /// <summary>The hash of each band of a set's signature.</summary>
    /// <param name="elements">1 or more, all different.</param> <param name="bands">[<see cref="BandCount"/>], overwritten.</param>
    public void Read(ReadOnlySpan<ulong> elements, Span<ulong> bands)
    {
        _least.AsSpan().Fill(uint.MaxValue);
        var factors = MemoryMarshal.Cast<uint, Vector<uint>>(_factors);
        var terms = MemoryMarshal.Cast<uint, Vector<uint>>(_terms);
        var least = MemoryMarshal.Cast<uint, Vector<uint>>(_least.AsSpan());
        foreach (var element in elements)
        {
            var x = new Vector<uint>((uint)(RandomStream.Mix(element) >> 32));
            for (var v = 0; v < least.Length; v++) { least[v] = Vector.Min(least[v], (x * factors[v]) + terms[v]); }
        }
        for (var b = 0; b < BandCount; b++)
        {
            var hash = (ulong)b;
            foreach (var number in _least.AsSpan(b * Rows, Rows)) { hash = TextHash.Join(hash, number); }
            bands[b] = hash;
        }
    }
}
