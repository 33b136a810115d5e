using System.Runtime.InteropServices;

namespace Lintel.Pipeline.Live;

/// <summary>The accepted records of one event type that later requests may name: by id, each with its number, its
/// known instant, the values that records about it inherit, and where its decision stands. Records past the retention
/// horizon are forgotten. Not thread-safe: the sequencer owns it.</summary>
/// <param name="width">Values kept for each record: all columns when other events are about this type, else 0.</param>
internal sealed class RecordTable(int width)
{
    /// <summary>The record was accepted, nobody asked for a decision.</summary>
    internal const long NotDecided = -1;

    /// <summary>A decision was asked for and is being made.</summary>
    internal const long BeingDecided = -2;

    private readonly IdIndex _ids = new();
    private readonly List<Page?> _pages = [];
    private int _freed;

    internal int Width { get; } = width;

    internal long Count => _ids.Next - _ids.First;

    internal long Find(ReadOnlySpan<byte> id) => _ids.Find(id);

    /// <returns>The record's slot.</returns>
    internal long Add(ReadOnlySpan<byte> id, int number, long known, ReadOnlySpan<double> values)
    {
        var slot = _ids.Add(id);
        if (slot >> IdIndex.PageLog == _pages.Count) { _pages.Add(new(Width)); }
        var (page, at) = At(slot);
        page.Numbers[at] = number;
        page.Known[at] = known;
        page.Decisions[at] = NotDecided;
        values[..Width].CopyTo(page.Values.AsSpan(at * Width, Width));
        return slot;
    }

    internal bool Remembers(long slot) => slot >= _ids.First && slot < _ids.Next;

    internal ReadOnlySpan<byte> Id(long slot) => _ids.Id(slot);

    internal int Number(long slot)
    {
        var (page, at) = At(slot);
        return page.Numbers[at];
    }

    internal ReadOnlySpan<double> Values(long slot)
    {
        var (page, at) = At(slot);
        return page.Values.AsSpan(at * Width, Width);
    }

    /// <summary>Place of the decision's record in the log, <see cref="NotDecided"/> or
    /// <see cref="BeingDecided"/>.</summary>
    internal ref long Decision(long slot)
    {
        var (page, at) = At(slot);
        return ref page.Decisions[at];
    }

    /// <summary>Forgets records that became known before an instant.</summary>
    internal void Forget(long knownBefore)
    {
        var slot = _ids.First;
        for (; slot < _ids.Next; slot++)
        {
            var (page, at) = At(slot);
            if (page.Known[at] >= knownBefore) { break; }
        }
        if (slot == _ids.First) { return; }
        _ids.ForgetBelow(slot);
        for (; _freed < slot >> IdIndex.PageLog; _freed++) { _pages[_freed] = null; }
    }

    /// <summary>Writes what is remembered, column by column: whole runs of memory, no record by itself.</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(Width);
        writer.Write(Count);
        _ids.Write(writer);
        EachColumn(run => writer.Write(run));
    }

    /// <exception cref="InvalidDataException">Written for another layout.</exception>
    internal static RecordTable Read(BinaryReader reader, int width)
    {
        var got = reader.ReadInt32();
        if (got != width)
        {
            throw new InvalidDataException(
                $"a live state keeps {got} values for each record, the design's events have {width}; train again.");
        }
        var table = new RecordTable(width);
        var count = reader.ReadInt64();
        table._ids.Read(reader, count);
        for (var page = 0L; page << IdIndex.PageLog < count; page++) { table._pages.Add(new(width)); }
        table.EachColumn(reader.BaseStream.ReadExactly);
        return table;
    }

    private (Page Page, int At) At(long slot) =>
        (_pages[(int)(slot >> IdIndex.PageLog)]!, (int)(slot & (IdIndex.PageSlots - 1)));

    private delegate void RunVisitor(Span<byte> run);

    /// <summary>Every column from the oldest record to the newest, in runs that stand in one page each.</summary>
    private void EachColumn(RunVisitor visit)
    {
        for (var column = 0; column < Page.ColumnCount; column++)
        {
            for (var from = _ids.First; from < _ids.Next;)
            {
                var (page, at) = At(from);
                var length = (int)Math.Min(_ids.Next - from, IdIndex.PageSlots - at);
                visit(page.Column(column, at, length, Width));
                from += length;
            }
        }
    }

    private sealed class Page(int width)
    {
        internal const int ColumnCount = 4;

        internal readonly int[] Numbers = new int[IdIndex.PageSlots];
        internal readonly long[] Known = new long[IdIndex.PageSlots];
        internal readonly long[] Decisions = new long[IdIndex.PageSlots];
        internal readonly double[] Values = new double[IdIndex.PageSlots * width];

        internal Span<byte> Column(int column, int at, int length, int width) => column switch
        {
            0 => MemoryMarshal.AsBytes(Numbers.AsSpan(at, length)),
            1 => MemoryMarshal.AsBytes(Known.AsSpan(at, length)),
            2 => MemoryMarshal.AsBytes(Decisions.AsSpan(at, length)),
            _ => MemoryMarshal.AsBytes(Values.AsSpan(at * width, length * width)),
        };
    }
}
