namespace Lintel.Retrieval.Interactions;

/// <summary>Who had to do with what, and how much: a sparse matrix by rows, [rows, columns]. Immutable.</summary>
public sealed class InteractionMatrix
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _weights;

    private InteractionMatrix(int columnCount, int[] starts, int[] columns, float[] weights) =>
        (ColumnCount, _starts, _columns, _weights) = (columnCount, starts, columns, weights);

    public int RowCount => _starts.Length - 1;

    public int ColumnCount { get; }

    public int Count => _columns.Length;

    /// <summary>Columns of a row, ascending.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Weights of a row, beside <see cref="Columns"/>.</summary>
    public ReadOnlySpan<float> Weights(int row) => _weights.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Position of a row's first entry among all; of the row behind the last: <see cref="Count"/>.</summary>
    internal int Start(int row) => _starts[row];

    /// <summary>Builds the matrix; several weights of one cell are added up in the order given.</summary>
    /// <param name="rows">[n], 0 to <paramref name="rowCount"/> − 1.</param>
    /// <param name="columns">[n], 0 to <paramref name="columnCount"/> − 1.</param>
    /// <param name="weights">[n], finite and above 0.</param>
    /// <exception cref="ArgumentException">Lengths differ, an index is outside, or a weight is not a positive
    /// number.</exception>
    public static InteractionMatrix Of(
        int rowCount, int columnCount, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights)
    {
        Check(rowCount, columnCount, rows, columns, weights);
        // by column first, then stably by row: the columns of each row come out ascending
        var byColumn = Order(columns, columnCount, places: null);
        var order = Order(rows, rowCount, byColumn);
        var starts = new int[rowCount + 1];
        var cells = new List<(int Column, float Weight)>(rows.Length);
        var row = 0;
        foreach (var place in order)
        {
            while (row < rows[place]) { starts[++row] = cells.Count; }
            if (cells.Count > starts[row] && cells[^1].Column == columns[place])
            {
                cells[^1] = (columns[place], cells[^1].Weight + weights[place]);
            }
            else { cells.Add((columns[place], weights[place])); }
        }
        while (row < rowCount) { starts[++row] = cells.Count; }
        return new(
            columnCount, starts, [.. cells.Select(static c => c.Column)], [.. cells.Select(static c => c.Weight)]);
    }

    /// <summary>The same interactions seen from the columns.</summary>
    public InteractionMatrix Transpose()
    {
        var starts = new int[ColumnCount + 1];
        foreach (var column in _columns) { starts[column + 1]++; }
        for (var c = 0; c < ColumnCount; c++) { starts[c + 1] += starts[c]; }
        var next = starts.AsSpan(0, ColumnCount).ToArray();
        var (rows, weights) = (new int[Count], new float[Count]);
        for (var row = 0; row < RowCount; row++)
        {
            for (var i = _starts[row]; i < _starts[row + 1]; i++)
            {
                var to = next[_columns[i]]++;
                (rows[to], weights[to]) = (row, _weights[i]);
            }
        }
        return new(RowCount, starts, rows, weights);
    }

    /// <summary>Places in the order of a key, ties as they come.</summary>
    private static int[] Order(ReadOnlySpan<int> keys, int keyCount, int[]? places)
    {
        var next = new int[keyCount + 1];
        foreach (var key in keys) { next[key + 1]++; }
        for (var k = 0; k < keyCount; k++) { next[k + 1] += next[k]; }
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var place = places is null ? i : places[i];
            order[next[keys[place]]++] = place;
        }
        return order;
    }

    private static void Check(
        int rowCount, int columnCount, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> weights)
    {
        if (rows.Length != columns.Length || rows.Length != weights.Length)
        {
            throw new ArgumentException(
                $"{rows.Length} rows, {columns.Length} columns and {weights.Length} weights; expected one of each for "
                + "every interaction");
        }
        for (var i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)rowCount || (uint)columns[i] >= (uint)columnCount)
            {
                throw new ArgumentException(
                    $"interaction {i} is of row {rows[i]} and column {columns[i]}; expected 0 to {rowCount - 1} and "
                    + $"0 to {columnCount - 1}");
            }
            if (!(weights[i] > 0 && float.IsFinite(weights[i])))
            {
                throw new ArgumentException(
                    $"interaction {i} weighs {weights[i]}; expected a number above 0: leave out what did not happen");
            }
        }
    }
}
