using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lintel.Models.Sparse.Encoding;
using Lintel.Native;

namespace Lintel.Models.Sparse.Ftrl;

/// <summary>All that a logistic regression by FTRL-Proximal knows: a model reads it, a learner changes it.</summary>
/// <remarks>The weight of a coordinate is w = −(z − sgn(z)·λ₁) / ((β + √n)/α + λ₂), 0 where |z| ≤ λ₁. A row has one coordinate of value 1
/// for each column and the intercept, so all have the gradient g = p − y; a row of weight ω counts as ω rows: n' = n + ω·g²,
/// σ = (√n' − √n)/α, z' = z + ω·g − σ·w. Rates and sums are in float, the margin in double, in one order on any machine.
/// Where two columns of a row hold the same id of one space, it learns once. Source: McMahan et al., "Ad Click Prediction: a View from
/// the Trenches", KDD 2013, algorithm 1; its section 4.2 for weights only after several rows.
/// <para>Variance: the posterior of a weight is taken as normal and independent, its precision λ₂ + β/α + n, in which n estimates the
/// Hessian, E[(p − y)²] = p(1 − p) (Chapelle and Li, NIPS 2011); an id without a weight of its own has the mean of g² for each of its rows.</para></remarks>
internal sealed class FtrlState
{
    private readonly Coordinate[] _coordinates;
    private readonly float[] _l1, _l2;
    private readonly float _alpha, _beta;
    private readonly double _prior;

    private FtrlState(FtrlRates rates, PlaceMap map, Coordinate[] coordinates, double offset, double squares, long rowCount)
    {
        (Rates, Map, _coordinates) = (rates, map, coordinates);
        (Offset, Squares, RowCount) = (offset, squares, rowCount);
        (_alpha, _beta, _prior) = ((float)rates.Alpha, (float)rates.Beta, rates.L2 + (rates.Beta / rates.Alpha));
        Lanes = (map.ColumnCount + Vector512<float>.Count) / Vector512<float>.Count * Vector512<float>.Count;
        _l1 = new float[Lanes];
        _l2 = new float[Lanes];
        // the intercept, which follows the columns, is free of penalties; what fills up the last vector can never weigh anything
        _l1.AsSpan().Fill(float.PositiveInfinity);
        _l1[map.ColumnCount] = 0;
        _l1.AsSpan(0, map.ColumnCount).Fill((float)rates.L1);
        _l2.AsSpan(0, map.ColumnCount).Fill((float)rates.L2);
    }

    public FtrlRates Rates { get; }

    public PlaceMap Map { get; }

    /// <summary>Added to the margin: undoes class weights and sampling.</summary>
    public double Offset { get; }

    /// <summary>Sum of squared gradients of all rows, by weight.</summary>
    public double Squares { get; private set; }

    public long RowCount { get; private set; }

    /// <summary>Whether rows that are learned count for the ids without a weight; false while a fit learns rows that it counted before.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>Length of the vectors of one row: columns, intercept, and what fills up a vector.</summary>
    public int Lanes { get; }

    /// <summary>Memory of the weights, in bytes.</summary>
    public long Bytes => 8L * _coordinates.Length;

    public static FtrlState Empty(FtrlRates rates, PlaceMap map)
    {
        var coordinates = new Coordinate[map.PlaceCount];
        foreach (var place in map.OpenPlaces()) { coordinates[place].N = Coordinate.Opened; }
        return new(rates, map, coordinates, -Math.Log(rates.ClassWeight), 0, 0);
    }

    public FtrlState Copy() => new(Rates, Map, [.. _coordinates], Offset, Squares, RowCount);

    public FtrlState WithOffset(double offset) => new(Rates, Map, _coordinates, Offset + offset, Squares, RowCount);

    /// <summary>Counts an id, and opens a weight for it when it has come often enough.</summary>
    public void Count(int place)
    {
        ref var coordinate = ref _coordinates[place];
        if (coordinate.N > 0) { return; }
        coordinate.N--;
        if (-coordinate.N >= Rates.AtLeast) { coordinate.N = Coordinate.Opened; }
    }

    /// <summary>Gives a place a weight to start from, as sure as that many squared gradients would make it.</summary>
    /// <param name="squares">0 or more.</param>
    public void Begin(int place, double weight, double squares)
    {
        ref var coordinate = ref _coordinates[place];
        coordinate.N = Math.Max(Coordinate.Opened, (float)squares);
        var isIntercept = place == 0;
        var rate = ((_beta + MathF.Sqrt(coordinate.N)) / _alpha) + (isIntercept ? 0 : Rates.L2);
        coordinate.Z = (float)((-weight * rate) - (isIntercept ? 0 : Math.Sign(weight) * Rates.L1));
    }

    /// <summary>Begins to bring a row's weights into the cache.</summary>
    public void Hint(ReadOnlySpan<int> places)
    {
        foreach (var place in places) { CacheHints.Load(ref _coordinates[place]); }
    }

    /// <summary>Margin of an encoded row, without <see cref="Offset"/>.</summary>
    /// <param name="places">[columns].</param> <param name="row">Overwritten; columns and intercept stand in it afterwards.</param>
    public double Margin(ReadOnlySpan<int> places, in FtrlRow row)
    {
        for (var c = 0; c < places.Length; c++)
        {
            var coordinate = _coordinates[places[c]];
            if (coordinate.N <= 0) { coordinate = _coordinates[PlaceMap.Rare(c)]; }
            row.Z[c] = coordinate.Z;
            row.N[c] = coordinate.N;
        }
        return Weigh(row, places.Length);
    }

    /// <summary>Learns an encoded row.</summary>
    /// <param name="places">[columns]; an id without a weight of its own is replaced by its column's rare place.</param>
    /// <returns>The margin before, without <see cref="Offset"/>.</returns>
    public double Learn(Span<int> places, in FtrlRow row, float label, float weight)
    {
        for (var c = 0; c < places.Length; c++)
        {
            ref var coordinate = ref _coordinates[places[c]];
            if (coordinate.N <= 0)
            {
                // its own weight, once it is open, begins with the next row: this one was predicted without it
                if (Counts) { Count(places[c]); }
                places[c] = PlaceMap.Rare(c);
                coordinate = ref _coordinates[places[c]];
            }
            row.Z[c] = coordinate.Z;
            row.N[c] = coordinate.N;
        }
        var margin = Weigh(row, places.Length);
        var gradient = (1 / (1 + Math.Exp(-margin))) - label;
        weight *= label == 1 ? (float)Rates.ClassWeight : 1;
        Step(row, (float)(weight * gradient), (float)(weight * gradient * gradient));
        for (var c = 0; c < places.Length; c++) { _coordinates[places[c]] = new(row.Z[c], row.N[c]); }
        _coordinates[0] = new(row.Z[places.Length], row.N[places.Length]);
        Squares += weight * gradient * gradient;
        RowCount++;
        return margin;
    }

    /// <summary>Variance of an encoded row's margin.</summary>
    public double Variance(ReadOnlySpan<int> places)
    {
        var mean = RowCount > 0 ? Squares / RowCount : 0;
        var variance = 1 / ((_beta / _alpha) + (double)_coordinates[0].N);
        foreach (var place in places)
        {
            double n = _coordinates[place].N;
            variance += 1 / (_prior + (n > 0 ? n : -n * mean));
        }
        return variance;
    }

    public void Write(BinaryWriter writer)
    {
        Rates.Write(writer);
        Map.Write(writer);
        writer.Write(Offset);
        writer.Write(Squares);
        writer.Write(RowCount);
        SparseFloats.Write(writer, MemoryMarshal.Cast<Coordinate, float>(_coordinates));
    }

    /// <exception cref="InvalidDataException">A count or a number is outside its range; the message says which.</exception>
    public static FtrlState Read(BinaryReader reader)
    {
        var rates = FtrlRates.Read(reader);
        var map = PlaceMap.Read(reader);
        var offset = Payload.ReadNumber(reader, "offset");
        var squares = Payload.ReadNumber(reader, "squared gradients");
        var rowCount = reader.ReadInt64();
        if (squares < 0 || rowCount < 0) { throw new InvalidDataException($"squared gradients of {squares} in {rowCount:N0} rows"); }
        var numbers = SparseFloats.Read(reader, "weights", 2L * map.PlaceCount);
        var state = new FtrlState(rates, map, MemoryMarshal.Cast<float, Coordinate>(numbers).ToArray(), offset, squares, rowCount);
        foreach (var place in map.OpenPlaces())
        {
            if (!(state._coordinates[place].N > 0)) { throw new InvalidDataException($"weight {place} was never opened"); }
        }
        return state;
    }

    /// <summary>Weights from z and n, and their sum.</summary>
    private double Weigh(in FtrlRow row, int columns)
    {
        (row.Z[columns], row.N[columns]) = (_coordinates[0].Z, _coordinates[0].N);
        ref var z = ref MemoryMarshal.GetReference(row.Z);
        ref var n = ref MemoryMarshal.GetReference(row.N);
        ref var w = ref MemoryMarshal.GetReference(row.W);
        var perAlpha = Vector512.Create(1 / _alpha);
        var beta = Vector512.Create(_beta);
        var sums = Vector512<double>.Zero;
        for (var i = 0; i < row.Z.Length; i += Vector512<float>.Count)
        {
            var at = (nuint)i;
            var sum = Vector512.LoadUnsafe(ref z, at);
            var over = Vector512.Max(Vector512.Abs(sum) - Vector512.LoadUnsafe(ref _l1[0], at), Vector512<float>.Zero);
            var rate = ((beta + Vector512.Sqrt(Vector512.LoadUnsafe(ref n, at))) * perAlpha) + Vector512.LoadUnsafe(ref _l2[0], at);
            var weight = Vector512.CopySign(over / rate, -sum);
            weight.StoreUnsafe(ref w, at);
            var (lower, upper) = Vector512.Widen(weight);
            sums += lower;
            sums += upper;
        }
        var four = sums.GetLower() + sums.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    private void Step(in FtrlRow row, float gradient, float squared)
    {
        ref var z = ref MemoryMarshal.GetReference(row.Z);
        ref var n = ref MemoryMarshal.GetReference(row.N);
        ref var w = ref MemoryMarshal.GetReference(row.W);
        var perAlpha = Vector512.Create(1 / _alpha);
        var (g, g2) = (Vector512.Create(gradient), Vector512.Create(squared));
        for (var i = 0; i < row.Z.Length; i += Vector512<float>.Count)
        {
            var at = (nuint)i;
            var before = Vector512.LoadUnsafe(ref n, at);
            var after = before + g2;
            var sigma = (Vector512.Sqrt(after) - Vector512.Sqrt(before)) * perAlpha;
            (Vector512.LoadUnsafe(ref z, at) + g - (sigma * Vector512.LoadUnsafe(ref w, at))).StoreUnsafe(ref z, at);
            after.StoreUnsafe(ref n, at);
        }
    }
}

/// <summary>Room for one row's coordinates, [<see cref="FtrlState.Lanes"/>] each; what fills up the last vector weighs nothing.</summary>
internal readonly ref struct FtrlRow(Span<float> room)
{
    public const int Spans = 3;

    public readonly Span<float> Z = room[..(room.Length / Spans)];
    public readonly Span<float> N = room.Slice(room.Length / Spans, room.Length / Spans);
    public readonly Span<float> W = room[(2 * room.Length / Spans)..];
}
