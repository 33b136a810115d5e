using Lintel.Design;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live;

/// <summary>How the log's events were laid out when they were written, and where their columns stand now. A log
/// outlives versions: one whose design has other fields reads the same events by name.</summary>
internal sealed class LogLayout
{
    private readonly byte[] _written;

    private LogLayout(byte[] written, LogType[] types) => (_written, Types) = (written, types);

    internal LogType[] Types { get; }

    /// <param name="Event">The design's event of that name; null: it has none.</param>
    /// <param name="Columns">Index now of each column as written; −1: gone, or of another type.</param>
    internal sealed record LogType(EventDesign? Event, int[] Columns);

    /// <summary>The layout that a design writes.</summary>
    internal static LogLayout Of(SystemDesign design)
    {
        var writer = new PayloadWriter();
        var types = design.Events.Where(static e => !e.IsDecision).ToList();
        writer.UInt16(types.Count);
        foreach (var type in types)
        {
            writer.Text(type.Name);
            writer.UInt16(type.InheritedFrom);
            foreach (var column in type.Columns.Take(type.InheritedFrom))
            {
                writer.Text(column.Name);
                writer.Byte((byte)column.Type);
            }
        }
        return Read(writer.Written, design);
    }

    internal static LogLayout Read(ReadOnlySpan<byte> payload, SystemDesign design)
    {
        var types = LoggedLayout.Read(payload).Types.Select(written =>
            design.Events.FirstOrDefault(e => e.Name == written.Name && !e.IsDecision) is { } now
                ? new LogType(now, written.ColumnsIn(now))
                : new LogType(null, [.. written.Columns.Select(static _ => -1)]));
        return new(payload.ToArray(), [.. types]);
    }

    internal ReadOnlySpan<byte> Written => _written;
}

/// <summary>Every layout of a log, by the place from which it holds.</summary>
internal sealed class LogLayouts
{
    private readonly List<(long From, LogLayout Layout)> _layouts = [];

    internal LogLayout? Last => _layouts.Count == 0 ? null : _layouts[^1].Layout;

    /// <summary>A layout holds from a place on; one that says what the last one says, as a new segment's first record
    /// does, is none.</summary>
    /// <param name="from">Behind every place added before.</param>
    internal void Add(long from, LogLayout layout)
    {
        if (Last is { } last && last.Written.SequenceEqual(layout.Written)) { return; }
        _layouts.Add((from, layout));
    }

    /// <summary>Null: the place is older than what was read of the log.</summary>
    internal LogLayout? At(long place) => _layouts.FindLast(l => l.From <= place).Layout;

    internal void Write(BinaryWriter writer)
    {
        writer.Write(_layouts.Count);
        foreach (var (from, layout) in _layouts)
        {
            writer.Write(from);
            writer.Write(layout.Written.Length);
            writer.Write(layout.Written);
        }
    }

    internal void Read(BinaryReader reader, SystemDesign design)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var from = reader.ReadInt64();
            Add(from, LogLayout.Read(reader.ReadBytes(reader.ReadInt32()), design));
        }
    }
}
