using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lintel.Models.Sparse.Encoding;
using Lintel.Native;
using Lintel.Numerics.Random;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>The numbers that stand for ids, [places, dimension], each beside the sum of its squared gradients.</summary>
/// <remarks>AdaGrad whose rate starts from a prior: n' = n + g², e' = e − g / ((1 + √n')/α + λ); without an L1 penalty that is
/// FTRL-Proximal with L2 penalty λ (McMahan et al., KDD 2013). An id begins at uniform draws within ±0.03 that depend on seed and place
/// alone, when it has come often enough: until then its first n is minus the rows counted, and its column's rare place stands for it.</remarks>
internal sealed class Embeddings
{
    private const float Opened = 1e-20f;
    private const float FirstRange = 0.03f;

    // a place: its numbers, then their sums
    private readonly float[] _table;
    private readonly ulong _seed;
    private readonly int _atLeast;
    private readonly float _perAlpha, _penalty;

    private Embeddings(int dimension, ulong seed, int atLeast, double rate, double penalty, float[] table)
    {
        (Dimension, _seed, _atLeast, _table) = (dimension, seed, atLeast, table);
        (Rate, Penalty) = (rate, penalty);
        (_perAlpha, _penalty) = ((float)(1 / rate), (float)penalty);
    }

    /// <summary>A multiple of 8.</summary>
    public int Dimension { get; }

    public double Rate { get; }

    public double Penalty { get; }

    public long Bytes => 4L * _table.Length;

    public static Embeddings Begun(PlaceMap map, int dimension, DcnParameters settings, ulong seed)
    {
        var length = 2L * dimension * map.PlaceCount;
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException($"{map.PlaceCount:N0} places of {2 * dimension} numbers are more than an array holds: "
                + "give 'bits' or 'dimension' a smaller number");
        }
        var table = new float[length];
        var begun = new Embeddings(dimension, seed, settings.AtLeast, settings.EmbeddingRate, settings.Penalty, table);
        foreach (var place in map.OpenPlaces()) { begun.Open(place); }
        return begun;
    }

    public Embeddings Copy() => new(Dimension, _seed, _atLeast, Rate, Penalty, [.. _table]);

    /// <summary>The place whose numbers stand for an id of a column.</summary>
    public int Find(int place, int column) => _table[(place * 2 * Dimension) + Dimension] > 0 ? place : PlaceMap.Rare(column);

    public void Hint(int place)
    {
        for (var at = place * 2 * Dimension; at < (place + 1) * 2 * Dimension; at += 16) { CacheHints.Load(ref _table[at]); }
    }

    /// <param name="place">As <see cref="Find"/> gave it.</param> <param name="numbers">[Dimension], overwritten.</param>
    public void Read(int place, Span<float> numbers) => _table.AsSpan(place * 2 * Dimension, Dimension).CopyTo(numbers);

    /// <summary>Counts an id, and opens its place when it has come often enough.</summary>
    public void Count(int place)
    {
        ref var first = ref _table[(place * 2 * Dimension) + Dimension];
        if (first > 0) { return; }
        first--;
        if (-first >= _atLeast) { Open(place); }
    }

    /// <param name="place">As <see cref="Find"/> gave it.</param> <param name="gradient">[Dimension].</param>
    public void Learn(int place, ReadOnlySpan<float> gradient)
    {
        ref var g = ref MemoryMarshal.GetReference(gradient[..Dimension]);
        ref var e = ref MemoryMarshal.GetReference(_table.AsSpan(place * 2 * Dimension, 2 * Dimension));
        var (perAlpha, penalty) = (Vector256.Create(_perAlpha), Vector256.Create(_penalty));
        for (nuint i = 0; i < (nuint)Dimension; i += 8)
        {
            var slope = Vector256.LoadUnsafe(ref g, i);
            var n = Vector256.LoadUnsafe(ref e, (nuint)Dimension + i) + (slope * slope);
            n.StoreUnsafe(ref e, (nuint)Dimension + i);
            var rate = ((Vector256<float>.One + Vector256.Sqrt(n)) * perAlpha) + penalty;
            (Vector256.LoadUnsafe(ref e, i) - (slope / rate)).StoreUnsafe(ref e, i);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_seed);
        writer.Write(_atLeast);
        writer.Write(Rate);
        writer.Write(Penalty);
        SparseFloats.Write(writer, _table);
    }

    /// <exception cref="InvalidDataException">A count or a number is outside its range.</exception>
    public static Embeddings Read(BinaryReader reader, PlaceMap map, int dimension)
    {
        var seed = reader.ReadUInt64();
        var atLeast = Payload.ReadCount(reader, "rows at least", 1, 1 << 24);
        var rate = Payload.ReadNumber(reader, "embedding rate");
        var penalty = Payload.ReadNumber(reader, "penalty");
        if (!(rate > 1e-9) || !(penalty >= 0)) { throw new InvalidDataException($"an embedding rate of {rate} and a penalty of {penalty}"); }
        var table = SparseFloats.Read(reader, "numbers of ids", 2L * dimension * map.PlaceCount);
        var read = new Embeddings(dimension, seed, atLeast, rate, penalty, table);
        for (var place = 0; place < map.PlaceCount; place++)
        {
            var n = table.AsSpan((place * 2 * dimension) + dimension, dimension);
            if (n[0] <= 0 && place >= map.IdStart) { continue; }
            if (n.ContainsAnyInRange(float.NegativeInfinity, 0)) { throw new InvalidDataException($"place {place} has sums of squares of 0 or below"); }
        }
        return read;
    }

    private void Open(int place)
    {
        var numbers = _table.AsSpan(place * 2 * Dimension, Dimension);
        for (var k = 0; k < numbers.Length; k++)
        {
            var draw = RandomStream.Mix(_seed ^ RandomStream.Mix(((ulong)place << 8) | (uint)k)) >> 40;
            numbers[k] = FirstRange * (((float)draw / (1 << 23)) - 1);
        }
        _table.AsSpan((place * 2 * Dimension) + Dimension, Dimension).Fill(Opened);
    }
}
