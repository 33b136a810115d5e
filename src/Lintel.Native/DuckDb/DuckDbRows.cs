using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Lintel.Native.DuckDb;

/// <param name="Name">As the statement names it.</param>
public readonly record struct DuckDbColumn(string Name, DuckDbType Type);

/// <summary>The rows of a statement, up to 2,048 at a time. Not thread-safe.</summary>
public sealed class DuckDbRows : IDisposable
{
    private readonly DuckDbResultHandle _result;
    private DuckDbChunkHandle? _chunk;

    internal DuckDbRows(DuckDbResultHandle result)
    {
        _result = result;
        var columns = ImmutableArray.CreateBuilder<DuckDbColumn>();
        for (var c = 0UL; c < DuckDbLibrary.duckdb_column_count(result); c++)
        {
            columns.Add(new(
                Marshal.PtrToStringUTF8(DuckDbLibrary.duckdb_column_name(result, c)) ?? "",
                DuckDbLibrary.duckdb_column_type(result, c)));
        }
        Columns = columns.ToImmutable();
    }

    public ImmutableArray<DuckDbColumn> Columns { get; }

    /// <summary>The rows that <see cref="NextChunk"/> brought; valid until it is called again.</summary>
    public DuckDbChunk Chunk => new(_chunk ?? throw new InvalidOperationException("NextChunk has not been called"), Columns);

    /// <returns>False at the end.</returns>
    public bool NextChunk()
    {
        _chunk?.Dispose();
        _chunk = DuckDbLibrary.duckdb_fetch_chunk(_result.Value);
        GC.KeepAlive(_result);
        return !_chunk.IsInvalid;
    }

    public void Dispose()
    {
        _chunk?.Dispose();
        _result.Dispose();
    }
}

/// <summary>Up to 2,048 rows in columns; spans into DuckDB's memory.</summary>
public readonly ref struct DuckDbChunk
{
    private readonly DuckDbChunkHandle _handle;
    private readonly ImmutableArray<DuckDbColumn> _columns;

    internal DuckDbChunk(DuckDbChunkHandle handle, ImmutableArray<DuckDbColumn> columns)
    {
        _handle = handle;
        _columns = columns;
        RowCount = (int)DuckDbLibrary.duckdb_data_chunk_get_size(handle);
    }

    public int RowCount { get; }

    public DuckDbType TypeOf(int column) => _columns[column].Type;

    /// <summary>Values of a column of fixed width; those of missing rows are undefined.</summary>
    /// <typeparam name="T">The column's C type: byte for booleans, long for timestamps and BIGINT, double for DOUBLE.</typeparam>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public unsafe ReadOnlySpan<T> Values<T>(int column) where T : unmanaged
    {
        if (WidthOf(_columns[column].Type) != sizeof(T))
        {
            throw new InvalidOperationException(
                $"column {column} '{_columns[column].Name}' is {_columns[column].Type}, not read as {typeof(T).Name}");
        }
        return new((void*)DuckDbLibrary.duckdb_vector_get_data(Vector(column)), RowCount);
    }

    /// <summary>Texts of a VARCHAR column.</summary>
    public unsafe DuckDbTexts Texts(int column) =>
        _columns[column].Type == DuckDbType.Varchar
            ? new(new((void*)DuckDbLibrary.duckdb_vector_get_data(Vector(column)), RowCount))
            : throw new InvalidOperationException(
                $"column {column} '{_columns[column].Name}' is {_columns[column].Type}, not a text");

    /// <summary>Which rows have a value.</summary>
    public unsafe DuckDbValidity Validity(int column)
    {
        var mask = (void*)DuckDbLibrary.duckdb_vector_get_validity(Vector(column));
        return new(mask is null ? default : new ReadOnlySpan<ulong>(mask, (RowCount + 63) / 64));
    }

    private nint Vector(int column) => DuckDbLibrary.duckdb_data_chunk_get_vector(_handle, (ulong)column);

    internal static int WidthOf(DuckDbType type) => type switch
    {
        DuckDbType.Boolean or DuckDbType.TinyInt or DuckDbType.UTinyInt => 1,
        DuckDbType.SmallInt or DuckDbType.USmallInt => 2,
        DuckDbType.Integer or DuckDbType.UInteger or DuckDbType.Float or DuckDbType.Date => 4,
        DuckDbType.HugeInt or DuckDbType.UHugeInt or DuckDbType.Interval or DuckDbType.Uuid => 16,
        DuckDbType.BigInt or DuckDbType.UBigInt or DuckDbType.Double or DuckDbType.Timestamp or DuckDbType.TimestampTz
            or DuckDbType.TimestampSeconds or DuckDbType.TimestampMilliseconds or DuckDbType.TimestampNanoseconds
            or DuckDbType.Time or DuckDbType.TimeTz => 8,
        _ => 0,
    };
}

/// <summary>One bit for each row, 1 = there.</summary>
public readonly ref struct DuckDbValidity(ReadOnlySpan<ulong> mask)
{
    private readonly ReadOnlySpan<ulong> _mask = mask;

    public bool this[int row] => _mask.IsEmpty || (_mask[row >> 6] >> (row & 63) & 1) != 0;
}

/// <summary>Texts of a chunk, UTF-8 in DuckDB's memory.</summary>
public readonly ref struct DuckDbTexts
{
    private const int InlineBytes = 12;
    private readonly ReadOnlySpan<DuckDbText> _texts;

    internal DuckDbTexts(ReadOnlySpan<DuckDbText> texts) => _texts = texts;

    /// <summary>Bytes of a text; undefined for a missing row.</summary>
    public unsafe ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ref readonly var text = ref _texts[row];
            var length = (int)text.Length;
            return length <= InlineBytes
                ? MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.AsRef(in text.Start), length)
                : new((void*)text.Pointer, length);
        }
    }

    public string Text(int row) => Encoding.UTF8.GetString(this[row]);
}

/// <summary>Mirror of <c>duckdb_string_t</c>: up to 12 bytes inline, else 4 bytes of prefix and a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct DuckDbText
{
    [FieldOffset(0)]
    internal uint Length;

    [FieldOffset(4)]
    internal byte Start;

    [FieldOffset(8)]
    internal nint Pointer;
}
