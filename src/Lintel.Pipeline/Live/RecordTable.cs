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
    private int[] _numbers = new int[1024];
    private long[] _known = new long[1024];
    private long[] _decisions = new long[1024];
    private double[] _values = new double[1024 * width];

    internal int Width { get; } = width;

    internal long Count => _ids.Next - _ids.First;

    internal long Find(ReadOnlySpan<byte> id) => _ids.Find(id);

    /// <returns>The record's slot.</returns>
    internal long Add(ReadOnlySpan<byte> id, int number, long known, ReadOnlySpan<double> values)
    {
        var slot = _ids.Add(id);
        if (_numbers.Length < _ids.Capacity) { Grow(); }
        var at = At(slot);
        _numbers[at] = number;
        _known[at] = known;
        _decisions[at] = NotDecided;
        values[..Width].CopyTo(_values.AsSpan(at * Width, Width));
        return slot;
    }

    internal bool Remembers(long slot) => slot >= _ids.First && slot < _ids.Next;

    internal ReadOnlySpan<byte> Id(long slot) => _ids.Id(slot);

    internal int Number(long slot) => _numbers[At(slot)];

    internal ReadOnlySpan<double> Values(long slot) => _values.AsSpan(At(slot) * Width, Width);

    /// <summary>Place of the decision's record in the log, <see cref="NotDecided"/> or
    /// <see cref="BeingDecided"/>.</summary>
    internal ref long Decision(long slot) => ref _decisions[At(slot)];

    /// <summary>Forgets records that became known before an instant.</summary>
    internal void Forget(long knownBefore)
    {
        var slot = _ids.First;
        while (slot < _ids.Next && _known[At(slot)] < knownBefore) { slot++; }
        if (slot > _ids.First) { _ids.ForgetBelow(slot); }
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Width);
        writer.Write(Count);
        for (var slot = _ids.First; slot < _ids.Next; slot++)
        {
            var id = _ids.Id(slot);
            writer.Write((ushort)id.Length);
            writer.Write(id);
            writer.Write(Number(slot));
            writer.Write(_known[At(slot)]);
            writer.Write(Decision(slot));
            writer.Write(MemoryMarshal.AsBytes(Values(slot)));
        }
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
        Span<byte> id = stackalloc byte[IdIndex.MaxIdBytes];
        var values = new double[width];
        for (var count = reader.ReadInt64(); count > 0; count--)
        {
            var length = reader.ReadUInt16();
            reader.BaseStream.ReadExactly(id[..length]);
            var number = reader.ReadInt32();
            var known = reader.ReadInt64();
            var decision = reader.ReadInt64();
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            table.Decision(table.Add(id[..length], number, known, values)) = decision;
        }
        return table;
    }

    private int At(long slot) => (int)(slot & (_numbers.Length - 1));

    private void Grow()
    {
        var (numbers, known, decisions, values) = (_numbers, _known, _decisions, _values);
        var before = numbers.Length;
        var after = _ids.Capacity;
        (_numbers, _known, _decisions) = (new int[after], new long[after], new long[after]);
        _values = new double[after * Width];
        for (var slot = _ids.First; slot < _ids.Next; slot++)
        {
            var (from, to) = ((int)(slot & (before - 1)), (int)(slot & (after - 1)));
            _numbers[to] = numbers[from];
            _known[to] = known[from];
            _decisions[to] = decisions[from];
            values.AsSpan(from * Width, Width).CopyTo(_values.AsSpan(to * Width, Width));
        }
    }
}
