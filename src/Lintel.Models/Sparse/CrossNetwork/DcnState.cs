using System.Runtime.InteropServices;
using Lintel.Design;
using Lintel.Models.Sparse.Encoding;

namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>All that a network of crossed ids knows: a model reads it, a learner changes it.</summary>
internal sealed class DcnState
{
    private readonly int[] _ids, _numbers;

    private DcnState(PlaceMap map, NetworkShape shape, NumberScale[] scales, Embeddings embeddings, float[] weights, AdamSteps steps)
    {
        (Map, Shape, Scales, Embeddings, Weights, Steps) = (map, shape, scales, embeddings, weights, steps);
        _ids = Columns(map, static s => s.IsId);
        _numbers = Columns(map, static s => !s.IsId);
    }

    public PlaceMap Map { get; }

    public NetworkShape Shape { get; }

    /// <summary>[number columns].</summary>
    public NumberScale[] Scales { get; }

    public Embeddings Embeddings { get; }

    public float[] Weights { get; }

    public AdamSteps Steps { get; }

    /// <summary>Rows of one step.</summary>
    public required int Batch { get; init; }

    public required double ClassWeight { get; init; }

    /// <summary>Added to the margin: undoes class weights and sampling.</summary>
    public required double Offset { get; init; }

    public long RowCount { get; set; }

    public ReadOnlySpan<int> IdColumns => _ids;

    public ReadOnlySpan<int> NumberColumns => _numbers;

    /// <exception cref="InvalidDataException">More weights or places than there may be.</exception>
    public static DcnState Begin(DcnParameters settings, PlaceMap map, Func<int, NumberScale> scale, ulong seed)
    {
        var (ids, numbers) = (Columns(map, static s => s.IsId), Columns(map, static s => !s.IsId));
        var rank = NetworkShape.Rounded(settings.Rank);
        var shape = new NetworkShape(ids.Length, numbers.Length, (settings.Dimension + 7) / 8 * 8, settings.CrossLayers, rank,
            settings.HiddenLayers, settings.HiddenLayers == 0 ? 0 : NetworkShape.Rounded(settings.HiddenUnits));
        shape.Check();
        var embeddings = Embeddings.Begun(map, shape.Dimension, settings, seed);
        var steps = new AdamSteps(shape.WeightCount, settings.LearningRate);
        return new(map, shape, [.. numbers.Select(scale)], embeddings, NetworkWeights.Begin(shape, seed), steps)
        {
            Batch = settings.Batch,
            ClassWeight = settings.ClassWeight,
            Offset = -Math.Log(settings.ClassWeight),
        };
    }

    public DcnState Copy() => new(Map, Shape, [.. Scales], Embeddings.Copy(), [.. Weights], Steps.Copy())
    {
        Batch = Batch,
        ClassWeight = ClassWeight,
        Offset = Offset,
        RowCount = RowCount,
    };

    public DcnState WithOffset(double offset) => new(Map, Shape, Scales, Embeddings, Weights, Steps)
    {
        Batch = Batch,
        ClassWeight = ClassWeight,
        Offset = Offset + offset,
        RowCount = RowCount,
    };

    /// <summary>The network's inputs of rows, and where their ids stand.</summary>
    /// <param name="rows">Row-major, [n, columns].</param>
    public void Encode(ReadOnlySpan<float> rows, NetworkPass pass)
    {
        var columns = Map.ColumnCount;
        var count = rows.Length / columns;
        for (var i = 0; i < count; i++)
        {
            var places = pass.Places.AsSpan(i * columns, columns);
            Map.Encode(rows.Slice(i * columns, columns), places);
            foreach (var c in _ids) { Embeddings.Hint(places[c]); }
        }
        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * columns, columns);
            var at = i * columns;
            var input = pass.Input(i);
            input.Clear();
            for (var j = 0; j < _ids.Length; j++)
            {
                var found = pass.Found[at + j] = Embeddings.Find(pass.Places[at + _ids[j]], _ids[j]);
                Embeddings.Read(found, input[(j * Shape.Dimension)..]);
            }
            var start = _ids.Length * Shape.Dimension;
            for (var j = 0; j < _numbers.Length; j++)
            {
                var x = row[_numbers[j]];
                if (float.IsNaN(x)) { input[start + (2 * j) + 1] = 1; }
                else { input[start + (2 * j)] = Scales[j].Scaled(x); }
            }
        }
    }

    public void Write(BinaryWriter writer)
    {
        Map.Write(writer);
        foreach (var size in (ReadOnlySpan<int>)[Shape.Dimension, Shape.CrossLayers, Shape.Rank, Shape.HiddenLayers, Shape.Hidden, Batch])
        {
            writer.Write(size);
        }
        writer.Write(ClassWeight);
        writer.Write(Offset);
        writer.Write(RowCount);
        foreach (var scale in Scales) { scale.Write(writer); }
        writer.Write(MemoryMarshal.AsBytes<float>(Weights));
        Steps.Write(writer);
        Embeddings.Write(writer);
    }

    /// <exception cref="InvalidDataException">A count or a number is outside its range; the message says which.</exception>
    public static DcnState Read(BinaryReader reader)
    {
        var map = PlaceMap.Read(reader);
        var dimension = Payload.ReadCount(reader, "numbers an id", 8, 64);
        var crossLayers = Payload.ReadCount(reader, "cross layers", 1, 6);
        var rank = Payload.ReadCount(reader, "ranks", 0, 1_024);
        var hiddenLayers = Payload.ReadCount(reader, "hidden layers", 0, 6);
        var hidden = Payload.ReadCount(reader, "hidden units", 0, 2_048);
        var batch = Payload.ReadCount(reader, "rows of a step", 1, 65_536);
        if (dimension % 8 != 0 || rank % MatrixProduct.Step != 0 || hidden % MatrixProduct.Step != 0 || (hidden == 0) != (hiddenLayers == 0))
        {
            throw new InvalidDataException($"dimension {dimension}, rank {rank} and {hidden} hidden units do not fit");
        }
        var ids = Columns(map, static s => s.IsId).Length;
        var shape = new NetworkShape(ids, map.ColumnCount - ids, dimension, crossLayers, rank, hiddenLayers, hidden);
        shape.Check();
        var classWeight = Payload.ReadNumber(reader, "class weight");
        var offset = Payload.ReadNumber(reader, "offset");
        var rowCount = reader.ReadInt64();
        if (!(classWeight > 0) || rowCount < 0) { throw new InvalidDataException($"a class weight of {classWeight} over {rowCount:N0} rows"); }
        var scales = new NumberScale[shape.NumberColumns];
        for (var j = 0; j < scales.Length; j++) { scales[j] = NumberScale.Read(reader); }
        var weights = NetworkWeights.ReadFloats(reader, "weights", shape.WeightCount);
        var steps = AdamSteps.Read(reader, shape.WeightCount);
        return new(map, shape, scales, Embeddings.Read(reader, map, dimension), weights, steps)
        {
            Batch = batch,
            ClassWeight = classWeight,
            Offset = offset,
            RowCount = rowCount,
        };
    }

    private static int[] Columns(PlaceMap map, Func<FeatureShape, bool> chosen)
    {
        var columns = new List<int>();
        for (var c = 0; c < map.ColumnCount; c++)
        {
            if (chosen(map.Shapes[c])) { columns.Add(c); }
        }
        return [.. columns];
    }
}
