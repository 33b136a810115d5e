using System.Buffers.Binary;

namespace Lintel.Events.Log;

/// <summary>The payload of an accepted event: a view into the log's bytes. Numbers stand as register values, keys and
/// texts as texts, so that whoever reads it gives the same codes in the same order.</summary>
/// <remarks><c>known i64 | type u16 | flags u8 | id | subject | count u16 | values f64… | count u16 | (column u16 |
/// text)…</c>; a text is its length u16 and UTF-8 bytes.</remarks>
public readonly ref struct LoggedEvent
{
    /// <summary>A decision was asked for with the event.</summary>
    public const byte DecideFlag = 1;

    /// <summary>The record says when it happened; without it, it happened when it was accepted.</summary>
    public const byte TimeFlag = 2;

    private readonly ReadOnlySpan<byte> _values;

    private LoggedEvent(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        Known = reader.Int64();
        Type = reader.UInt16();
        Flags = reader.Byte();
        Id = reader.Bytes();
        Subject = reader.Bytes();
        ValueCount = reader.UInt16();
        _values = reader.Raw(ValueCount * sizeof(double));
        Texts = reader;
    }

    /// <summary>When it was accepted, microseconds since 1970 UTC.</summary>
    public long Known { get; }

    /// <summary>Index into the layout's types.</summary>
    public int Type { get; }

    public byte Flags { get; }

    /// <summary>UTF-8; empty without one.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>Id of the record it is about, UTF-8; empty without one.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    /// <summary>Own columns as they were written; those of keys and texts are NaN.</summary>
    public int ValueCount { get; }

    /// <summary>Stands before the texts: how many (u16), then for each its column (u16) and bytes.</summary>
    public PayloadReader Texts { get; }

    public double Value(int column) =>
        BinaryPrimitives.ReadDoubleLittleEndian(_values[(column * sizeof(double))..]);

    public static LoggedEvent Read(ReadOnlySpan<byte> payload) => new(payload);
}
