using Lintel.Design;

namespace Lintel.Events;

/// <summary>Every record that files brought, by type in columns, and the order in which they became known.</summary>
public sealed class EventHistory
{
    public required SystemDesign Design { get; init; }

    public required CodeDictionaries Dictionaries { get; init; }

    /// <summary>One table for each event type, by number.</summary>
    public required IReadOnlyList<EventTable> Tables { get; init; }

    /// <summary>The log's order: by known instant; then type as declared; then row of the source.</summary>
    public required LogEntry[] Order { get; init; }

    /// <summary>What was wrong in the sources, by reason; nothing is dropped unseen.</summary>
    public required SourceReport Report { get; init; }

    /// <summary>SHA-256 over every value in log order, lower-case hexadecimal: the data's fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gathers a record's values, the subject's included, into the caller's scratch.</summary>
    /// <param name="scratch">At least as long as the type has columns.</param>
    public EventRecord Read(in LogEntry entry, Span<double> scratch)
    {
        var table = Tables[entry.Type];
        var own = table.Columns.Length;
        for (var c = 0; c < own; c++) { scratch[c] = table.Columns[c][entry.Row]; }
        var subject = -1;
        var length = own;
        if (table.Subjects is { } subjects)
        {
            subject = subjects[entry.Row];
            var parent = Tables[Design.Events[entry.Type].About!.Event.Number];
            for (var c = 0; c < parent.Columns.Length; c++)
            {
                scratch[length++] = subject < 0 ? double.NaN : parent.Columns[c][subject];
            }
        }
        return new EventRecord
        {
            Type = entry.Type,
            Number = entry.Row,
            Subject = subject,
            Known = entry.Known,
            Values = scratch[..length],
        };
    }
}

/// <summary>A record's place in the log of files.</summary>
/// <param name="Known">Microseconds since 1970 UTC.</param> <param name="Row">Row of its type's table.</param>
public readonly record struct LogEntry(long Known, int Type, int Row);

/// <summary>The records of one type, in columns; rows stand in the order of time, then of the source.</summary>
public sealed class EventTable
{
    public required EventDesign Event { get; init; }

    public required int RowCount { get; init; }

    /// <summary>Own columns in the layout of <see cref="EventDesign.Columns"/> (the inherited ones are left out),
    /// <c>[column][row]</c>.</summary>
    public required double[][] Columns { get; init; }

    /// <summary>Rows of the subject's table; −1 where the subject is not there. Null without <c>about</c>.
    /// Subjects of subjects are followed by the reader of the subject's table.</summary>
    public int[]? Subjects { get; init; }

    /// <summary>Ids as the source wrote them.</summary>
    public required IdColumn Ids { get; init; }
}
