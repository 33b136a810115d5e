using System.Buffers;

namespace Lintel.Models.Sparse.Ftrl;

/// <summary>A logistic regression over ids and cut numbers: base + Σ weights of the row's values, added in double.</summary>
/// <remarks>A score costs one cache line a column. 8 bytes a place. The formulas are <see cref="FtrlState"/>'s.</remarks>
public sealed class FtrlModel : IUncertainModel
{
    /// <summary>Rows whose weights are on their way while one is scored.</summary>
    private const int Ahead = 4;
    private const int Small = 64;

    internal FtrlModel(FtrlState state) => State = state;

    public int FeatureCount => State.Map.ColumnCount;

    public ScoreScale Scale => ScoreScale.LogOdds;

    /// <summary>Rows that it has learned.</summary>
    public long RowCount => State.RowCount;

    /// <summary>Memory of its weights, in bytes.</summary>
    public long Bytes => State.Bytes;

    internal FtrlState State { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        float[]? rented = null;
        int[]? rentedPlaces = null;
        var length = FtrlRow.Spans * State.Lanes;
        var room = State.Lanes <= Small ? stackalloc float[FtrlRow.Spans * Small] : (rented = ArrayPool<float>.Shared.Rent(length));
        var columns = FeatureCount;
        var places = Ahead * columns <= Small ? stackalloc int[Small] : (rentedPlaces = ArrayPool<int>.Shared.Rent(Ahead * columns));
        try
        {
            room[..length].Clear();
            var row = new FtrlRow(room[..length]);
            for (var i = -Ahead; i < margins.Length; i++)
            {
                if (i >= 0) { margins[i] = State.Margin(places.Slice(i % Ahead * columns, columns), row) + State.Offset; }
                if (i + Ahead >= margins.Length) { continue; }
                var next = places.Slice((i + Ahead) % Ahead * columns, columns);
                State.Map.Encode(rows.Slice((i + Ahead) * columns, columns), next);
                if (margins.Length > 1) { State.Hint(next); }
            }
        }
        finally
        {
            if (rented is not null) { ArrayPool<float>.Shared.Return(rented); }
            if (rentedPlaces is not null) { ArrayPool<int>.Shared.Return(rentedPlaces); }
        }
    }

    /// <summary>The weight of each column's value; the base is the intercept.</summary>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        var places = new int[FeatureCount];
        State.Map.Encode(row, places);
        var weighed = new FtrlRow(new float[FtrlRow.Spans * State.Lanes]);
        _ = State.Margin(places, weighed);
        for (var c = 0; c < contributions.Length; c++) { contributions[c] = weighed.W[c]; }
        return weighed.W[FeatureCount] + State.Offset;
    }

    /// <inheritdoc/>
    public double Variance(ReadOnlySpan<float> row)
    {
        int[]? rented = null;
        var places = FeatureCount <= Small ? stackalloc int[Small] : (rented = ArrayPool<int>.Shared.Rent(FeatureCount));
        try
        {
            State.Map.Encode(row, places[..FeatureCount]);
            return State.Variance(places[..FeatureCount]);
        }
        finally
        {
            if (rented is not null) { ArrayPool<int>.Shared.Return(rented); }
        }
    }

    public void Write(BinaryWriter writer) => State.Write(writer);
}
