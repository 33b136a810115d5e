using Lintel.Design;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lintel.Models.Sparse.Encoding;

/// <summary>Where each value of a row keeps its weights: one place for each column, a number below <see cref="PlaceCount"/>.</summary>
/// <remarks>Place 0 is nobody's (a learner may keep its intercept there); then each column has one for missing and one for what is
/// rare, unseen or out of range; then each space of ids has a region, of one place an id, or of 2^bits places where there can be more
/// ids: id XOR (id >> bits), its lower bits, so that a smaller id keeps a place of its own until a larger one meets it there; and each
/// number that is cut has a region of one place a bin. The size depends on the shapes alone, not on what comes.</remarks>
internal sealed class PlaceMap
{
    public const int MaxBits = 24;

    /// <summary>A bound on what shapes, or a damaged file, may ask for: 2 GiB of the smallest records.</summary>
    private const long MaxPlaces = 1L << 28;
    private const int MaxColumns = 1 << 16;

    private readonly FeatureShape[] _shapes;
    private readonly NumberCuts?[] _cuts;
    private readonly int _bits;

    // per column: where its region starts, and below what a value is an id
    private readonly int[] _starts;
    private readonly float[] _limits;
    private readonly int[] _numbers;

    /// <param name="cuts">[columns]; null: an id, or a number without places: all its values stand at place 0.</param>
    /// <param name="bits">A space has at most 2^bits places.</param>
    /// <exception cref="InvalidDataException">Too many places or columns.</exception>
    public PlaceMap(FeatureShape[] shapes, NumberCuts?[] cuts, int bits)
    {
        if (shapes.Length is < 1 or > MaxColumns) { throw new InvalidDataException($"{shapes.Length:N0} columns, expected 1 to {MaxColumns:N0}"); }
        (_shapes, _cuts, _bits) = (shapes, cuts, bits);
        _starts = new int[shapes.Length];
        _limits = new float[shapes.Length];
        _numbers = [.. Enumerable.Range(0, shapes.Length).Where(c => !shapes[c].IsId)];
        var sizes = new Dictionary<int, int>();
        foreach (var shape in shapes.Where(static s => s.IsId))
        {
            sizes[shape.Space] = Math.Max(sizes.GetValueOrDefault(shape.Space), Math.Min(shape.Ids, 1 << bits));
        }
        var regions = new Dictionary<int, int>();
        long next = 1 + (2L * shapes.Length);
        for (var c = 0; c < shapes.Length; c++)
        {
            _limits[c] = shapes[c].Ids;
            if (shapes[c].IsId)
            {
                if (!regions.TryGetValue(shapes[c].Space, out _starts[c]))
                {
                    regions[shapes[c].Space] = _starts[c] = (int)next;
                    next += sizes[shapes[c].Space];
                }
            }
            else
            {
                _starts[c] = (int)next;
                next += cuts[c]?.BinCount ?? 0;
            }
            if (next > MaxPlaces)
            {
                throw new InvalidDataException($"ids of column {c} bring the places to {next:N0}, expected at most {MaxPlaces:N0}; "
                    + "give 'bits' a smaller number, so that ids share places");
            }
        }
        IdStart = 1 + (2 * shapes.Length);
        PlaceCount = (int)next;
    }

    public int ColumnCount => _shapes.Length;

    public int PlaceCount { get; }

    /// <summary>First place of the regions; those before it are open from the start.</summary>
    public int IdStart { get; }

    public ReadOnlySpan<FeatureShape> Shapes => _shapes;

    public static int Missing(int column) => 1 + (2 * column);

    public static int Rare(int column) => 2 + (2 * column);

    /// <summary>Places that are not an id's: they need no count of rows to be opened.</summary>
    public IEnumerable<int> OpenPlaces()
    {
        for (var place = 0; place < IdStart; place++) { yield return place; }
        foreach (var c in _numbers)
        {
            for (var b = 0; b < (_cuts[c]?.BinCount ?? 0); b++) { yield return _starts[c] + b; }
        }
    }

    /// <param name="row">[columns].</param> <param name="places">[columns], overwritten.</param>
    public void Encode(ReadOnlySpan<float> row, Span<int> places)
    {
        if (row.Length != _shapes.Length || places.Length != _shapes.Length) { Throw(row.Length); }
        EncodeIds(row, places);
        foreach (var c in _numbers)
        {
            var x = row[c];
            places[c] = float.IsNaN(x) ? Missing(c) : _cuts[c] is { } cuts ? _starts[c] + cuts.Bin(x) : 0;
        }
    }

    private void EncodeIds(ReadOnlySpan<float> row, Span<int> places)
    {
        var c = 0;
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var place = ref MemoryMarshal.GetReference(places);
        ref var starts = ref MemoryMarshal.GetArrayDataReference(_starts);
        ref var limits = ref MemoryMarshal.GetArrayDataReference(_limits);
        var mask = (1 << _bits) - 1;
        if (row.Length >= Vector512<float>.Count)
        {
            var last = row.Length - Vector512<float>.Count;
            var lanes = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
            // the last step overlaps the one before, which costs less than a row's end one by one
            for (c = 0; ; c = Math.Min(c + Vector512<float>.Count, last))
            {
                var value = Vector512.LoadUnsafe(ref x, (nuint)c);
                var isId = Vector512.GreaterThanOrEqual(value, Vector512<float>.Zero) & Vector512.LessThan(value, Vector512.LoadUnsafe(ref limits, (nuint)c));
                var id = Vector512.ConvertToInt32(Vector512.ConditionalSelect(isId, value, Vector512<float>.Zero));
                id = (id ^ Vector512.ShiftRightLogical(id, _bits)) & Vector512.Create(mask);
                // a true lane of a comparison is −1: missing stands before rare
                var other = Vector512.Create(Rare(c)) + lanes + (~Vector512.Equals(value, value)).AsInt32();
                var found = Vector512.ConditionalSelect(isId.AsInt32(), Vector512.LoadUnsafe(ref starts, (nuint)c) + id, other);
                found.StoreUnsafe(ref place, (nuint)c);
                if (c == last) { return; }
            }
        }
        for (; c < row.Length; c++)
        {
            var value = row[c];
            if (value >= 0 && value < _limits[c])
            {
                var id = (int)value;
                places[c] = _starts[c] + ((id ^ (id >>> _bits)) & mask);
            }
            else { places[c] = float.IsNaN(value) ? Missing(c) : Rare(c); }
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_bits);
        writer.Write(_shapes.Length);
        for (var c = 0; c < _shapes.Length; c++)
        {
            writer.Write(_shapes[c].Ids);
            writer.Write(_shapes[c].Space);
            if (_shapes[c].IsId) { continue; }
            writer.Write(_cuts[c] is not null);
            _cuts[c]?.Write(writer);
        }
    }

    /// <exception cref="InvalidDataException">A count is outside its range; the message says which.</exception>
    public static PlaceMap Read(BinaryReader reader)
    {
        var bits = Payload.ReadCount(reader, "bits", 1, MaxBits);
        var shapes = new FeatureShape[Payload.ReadCount(reader, "columns", 1, MaxColumns, 2 * sizeof(int))];
        var cuts = new NumberCuts?[shapes.Length];
        for (var c = 0; c < shapes.Length; c++)
        {
            shapes[c] = new(Payload.ReadCount(reader, $"ids of column {c}", 0, FeatureShape.MaxIds), reader.ReadInt32());
            if (!shapes[c].IsId && reader.ReadBoolean()) { cuts[c] = NumberCuts.Read(reader); }
        }
        return new(shapes, cuts, bits);
    }

    [DoesNotReturn]
    private void Throw(int values) => throw new ArgumentException(
        $"a row of {values:N0} values; the learner was started for {_shapes.Length} features");
}
