namespace Lintel.Models.Sparse.CrossNetwork;

/// <summary>A network whose cross layers multiply columns with columns, beside hidden layers; ids stand in it as learned numbers.</summary>
/// <remarks>The formulas are <see cref="NetworkPass"/>'s; a margin is summed in float. Rows are scored in batches of 64.</remarks>
public sealed class DcnModel : IModel
{
    private const int Chunk = 64;

    private readonly Spares<NetworkPass> _passes;

    internal DcnModel(DcnState state)
    {
        State = state;
        _passes = new(() => new(state.Shape, state.Map.ColumnCount, Chunk));
    }

    public int FeatureCount => State.Map.ColumnCount;

    public ScoreScale Scale => ScoreScale.LogOdds;

    /// <summary>Rows that it has learned.</summary>
    public long RowCount => State.RowCount;

    /// <summary>Memory of the ids' numbers, in bytes.</summary>
    public long Bytes => State.Embeddings.Bytes;

    internal DcnState State { get; }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        var pass = _passes.Take();
        for (var from = 0; from < margins.Length; from += Chunk)
        {
            var count = Math.Min(Chunk, margins.Length - from);
            State.Encode(rows.Slice(from * FeatureCount, count * FeatureCount), pass);
            pass.Forward(State.Weights, count);
            for (var i = 0; i < count; i++) { margins[from + i] = pass.Margins[i] + State.Offset; }
        }
        _passes.Return(pass);
    }

    /// <summary>Shares of a walk from the row without ids whose numbers are usual, which is the base, to this one: each column adds what
    /// the margin changes by when its value is put in, once in the order of the columns and once in reverse, half of each.</summary>
    /// <remarks>Two permutations of the sampled Shapley values of Štrumbelj and Kononenko, JMLR 11, 2010: exact in their sum, and in each
    /// share where columns work together in pairs only.</remarks>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        contributions.Clear();
        var pass = _passes.Take();
        State.Encode(row, pass);
        var whole = pass.Input(0).ToArray();
        pass.Input(0).Clear();
        var start = Margin(pass);
        Walk(pass, whole, start, contributions, reverse: false);
        pass.Input(0).Clear();
        Walk(pass, whole, start, contributions, reverse: true);
        _passes.Return(pass);
        return start + State.Offset;
    }

    public void Write(BinaryWriter writer) => State.Write(writer);

    private void Walk(NetworkPass pass, ReadOnlySpan<float> whole, double start, Span<double> contributions, bool reverse)
    {
        var before = start;
        for (var step = 0; step < contributions.Length; step++)
        {
            var column = reverse ? contributions.Length - 1 - step : step;
            var inputs = Inputs(column);
            whole[inputs].CopyTo(pass.Input(0)[inputs]);
            var after = Margin(pass);
            contributions[column] += (after - before) / 2;
            before = after;
        }
    }

    private Range Inputs(int column)
    {
        var shape = State.Shape;
        var id = State.IdColumns.IndexOf(column);
        var start = id >= 0 ? id * shape.Dimension : (shape.IdColumns * shape.Dimension) + (2 * State.NumberColumns.IndexOf(column));
        return start..(start + (id >= 0 ? shape.Dimension : 2));
    }

    private double Margin(NetworkPass pass)
    {
        pass.Forward(State.Weights, 1);
        return pass.Margins[0];
    }
}
