using System.Runtime.InteropServices;
using Lintel.Models;

namespace Lintel.Retrieval.Neighbours;

/// <summary>The payload of a source of neighbours: how a history counts, the items by place, then each place's
/// neighbours. Little-endian.</summary>
internal static class NeighbourFormat
{
    /// <summary>Bounds on what a damaged file may ask for.</summary>
    private const int MaxItems = 1 << 24, MaxRecent = 1_000_000;

    public static void Write(BinaryWriter writer, ItemPlaces places, NeighbourTable table, int recent, float decay)
    {
        writer.Write(recent);
        writer.Write(decay);
        writer.Write(places.Count);
        writer.Write(MemoryMarshal.AsBytes(places.Items));
        writer.Write(table.Places is null);
        writer.Write(MemoryMarshal.AsBytes<int>(table.Starts));
        for (var row = 0; row < table.Count; row++)
        {
            var (from, to) = (table.Starts[row], table.Starts[row + 1]);
            if (table.Places is { } neighbours) { writer.Write(MemoryMarshal.AsBytes(neighbours.AsSpan(from..to))); }
            writer.Write(MemoryMarshal.AsBytes(table.Weights.AsSpan(from..to)));
        }
    }

    /// <exception cref="InvalidDataException">Cut short, counts that cannot be, or a number that is not
    /// finite.</exception>
    public static NeighbourSource Read(BinaryReader reader)
    {
        try { return ReadWhole(reader); }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("the table of neighbours is cut short; train again", fault);
        }
    }

    private static NeighbourSource ReadWhole(BinaryReader reader)
    {
        var recent = Payload.ReadCount(reader, "latest items", 1, MaxRecent);
        var decay = reader.ReadSingle();
        if (!(decay is > 0 and <= 1))
        {
            throw new InvalidDataException($"decay is {decay}, expected above 0 and at most 1");
        }
        var items = new int[Payload.ReadCount(reader, "items", 0, MaxItems, sizeof(int))];
        Fill(reader, MemoryMarshal.AsBytes(items.AsSpan()));
        var known = new HashSet<int>();
        foreach (var item in items)
        {
            if ((uint)item >= MaxItems || !known.Add(item))
            {
                throw new InvalidDataException($"item {item} is no item, or stands twice");
            }
        }
        var isDense = reader.ReadBoolean();
        var starts = new int[items.Length + 1];
        Fill(reader, MemoryMarshal.AsBytes(starts.AsSpan()));
        Check(reader, starts, isDense);
        var neighbours = isDense ? null : new int[starts[^1]];
        var weights = new float[starts[^1]];
        for (var row = 0; row < items.Length; row++)
        {
            if (neighbours is not null)
            {
                var part = neighbours.AsSpan(starts[row]..starts[row + 1]);
                Fill(reader, MemoryMarshal.AsBytes(part));
                foreach (var place in part)
                {
                    if ((uint)place >= (uint)items.Length)
                    {
                        throw new InvalidDataException($"row {row} has neighbour {place} of {items.Length}");
                    }
                }
            }
            var values = weights.AsSpan(starts[row]..starts[row + 1]);
            Fill(reader, MemoryMarshal.AsBytes(values));
            foreach (var value in values)
            {
                if (!float.IsFinite(value))
                {
                    throw new InvalidDataException($"row {row} holds {value}, expected finite numbers; train again");
                }
            }
        }
        return new(new(items), new(starts, neighbours, weights), recent, decay);
    }

    private static void Check(BinaryReader reader, int[] starts, bool isDense)
    {
        var rows = starts.Length - 1;
        for (var row = 0; row < rows; row++)
        {
            var length = (long)starts[row + 1] - starts[row];
            if (starts[0] != 0 || length < 0 || length > rows || (isDense && length != rows))
            {
                throw new InvalidDataException($"row {row} has {length:N0} neighbours among {rows:N0} items");
            }
        }
        var bytes = (long)starts[^1] * (isDense ? sizeof(float) : sizeof(float) + sizeof(int));
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (starts[^1] < 0 || bytes > left)
        {
            throw new InvalidDataException(
                $"{starts[^1]:N0} neighbours need {bytes:N0} bytes, {left:N0} are left; train again");
        }
    }

    private static void Fill(BinaryReader reader, Span<byte> bytes) => reader.BaseStream.ReadExactly(bytes);
}
