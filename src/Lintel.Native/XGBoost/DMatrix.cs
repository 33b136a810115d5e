using System.Globalization;

namespace Lintel.Native.XGBoost;

/// <summary>Rows as XGBoost holds them: a copy, made once. Not thread-safe; free it when the booster is done.</summary>
public sealed class DMatrix : IDisposable
{
    private DMatrix(DMatrixHandle handle) => Handle = handle;

    internal DMatrixHandle Handle { get; }

    public int RowCount
    {
        get
        {
            XGBoostLibrary.XGDMatrixNumRow(Handle, out var count).OrThrow("count rows");
            return checked((int)count);
        }
    }

    public int ColumnCount
    {
        get
        {
            XGBoostLibrary.XGDMatrixNumCol(Handle, out var count).OrThrow("count columns");
            return checked((int)count);
        }
    }

    /// <param name="rows">Row-major, [n, columns]; missing is NaN; infinity is refused by the library.</param>
    /// <param name="threads">Threads that copy, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="columns"/>, or there is no row.</exception>
    public static unsafe DMatrix FromDense(ReadOnlySpan<float> rows, int columns, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (rows.IsEmpty || rows.Length % columns != 0)
        {
            throw new ArgumentException($"{rows.Length:N0} values, expected one or more rows of {columns}", nameof(rows));
        }
        fixed (float* first = rows)
        {
            XGBoostLibrary.XGDMatrixCreateFromDense(
                ArrayInterface((nint)first, rows.Length / columns, columns),
                string.Create(CultureInfo.InvariantCulture, $$"""{"missing":NaN,"nthread":{{threads}}}"""),
                out var handle).OrThrow("create matrix");
            return new DMatrix(handle);
        }
    }

    /// <param name="labels">[RowCount].</param>
    public void SetLabels(ReadOnlySpan<float> labels) => SetFloats("label", labels);

    /// <param name="weights">[RowCount], 0 or more.</param>
    public void SetWeights(ReadOnlySpan<float> weights) => SetFloats("weight", weights);

    public void Dispose() => Handle.Dispose();

    internal static string ArrayInterface(nint address, int rows, int columns) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"data":[{{address}},true],"shape":[{{rows}},{{columns}}],"typestr":"<f4","version":3}""");

    private unsafe void SetFloats(string field, ReadOnlySpan<float> values)
    {
        // the library itself takes any multiple of the rows, as several outputs
        if (values.Length != RowCount)
        {
            throw new ArgumentException($"{values.Length:N0} values of {field} for {RowCount:N0} rows", nameof(values));
        }
        fixed (float* first = values)
        {
            XGBoostLibrary.XGDMatrixSetFloatInfo(Handle, field, first, (ulong)values.Length).OrThrow($"set {field}");
        }
    }
}
