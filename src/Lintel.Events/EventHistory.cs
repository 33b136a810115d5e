using Lintel.Design;
using Lintel.Events.Catalogues;
using Lintel.Native;

namespace Lintel.Events;

/// <summary>Every record that files and the log brought, by type in columns, and the order in which they became
/// known.</summary>
public sealed class EventHistory
{
    public required SystemDesign Design { get; init; }

    public required CodeDictionaries Dictionaries { get; init; }

    /// <summary>One table for each event type, by number.</summary>
    public required IReadOnlyList<EventTable> Tables { get; init; }

    /// <summary>What is known of things, one for each catalogue of the design, in its order.</summary>
    public IReadOnlyList<CatalogueTable> Catalogues { get; init; } = [];

    /// <summary>The log's order: by known instant; then type as declared; then row of the source.</summary>
    public required LogEntry[] Order { get; init; }

    /// <summary>What was wrong in the sources, by reason; nothing is dropped unseen.</summary>
    public required SourceReport Report { get; init; }

    /// <summary>SHA-256 over every value in log order, lower-case hexadecimal: the data's fingerprint.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Place of the log up to which its records are here; 0: none was read.</summary>
    public long LogTo { get; init; }

    /// <summary>Place of the log where whoever has taken the first records of <see cref="Order"/> goes on.</summary>
    /// <param name="processed">How many were taken.</param>
    public long PlaceAfter(int processed)
    {
        // known rises with places, so the first record of the log that is left has the lowest
        foreach (var entry in Order.AsSpan(processed))
        {
            if (Tables[entry.Type].Places is { } places && places[entry.Row] >= 0) { return places[entry.Row]; }
        }
        return LogTo;
    }

    /// <summary>Gathers a record's values, the subject's (and its subject's) included, into the caller's scratch. A field that
    /// becomes known later than its record is missing here.</summary>
    /// <param name="scratch">At least as long as the type has columns.</param>
    public EventRecord Read(in LogEntry entry, Span<double> scratch)
    {
        var table = Tables[entry.Type];
        var length = table.Read(entry.Row, scratch);
        var subject = -1;
        if (table.Subjects is { } subjects)
        {
            subject = subjects[entry.Row];
            var row = subject;
            while (true)
            {
                var above = Tables[table.Event.About!.Event.Number];
                var own = above.Columns.Length;
                if (row < 0) { scratch.Slice(length, own).Fill(double.NaN); }
                else { _ = above.Read(row, scratch[length..]); }
                length += own;
                if (above.Subjects is not { } next) { break; }
                row = row < 0 ? -1 : next[row];
                table = above;
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

    /// <summary>Begins to bring a row that will be read soon into the caches: the columns are more streams than a processor follows.
    /// Changes nothing.</summary>
    public void Hint(in LogEntry entry)
    {
        // one line holds eight rows
        if ((entry.Row & 7) != 0) { return; }
        var (table, row) = (Tables[entry.Type], entry.Row);
        while (true)
        {
            foreach (var column in table.Columns) { CacheHints.Load(ref column[row]); }
            if (table.Subjects is not { } subjects || subjects[row] < 0) { return; }
            (table, row) = (Tables[table.Event.About!.Event.Number], subjects[row]);
        }
    }
}

/// <summary>A record's place in the log of files.</summary>
/// <param name="Known">Microseconds since 1970 UTC.</param> <param name="Row">Row of its type's table.</param>
public readonly record struct LogEntry(long Known, int Type, int Row);

/// <summary>The records of one type, in columns; rows stand in the order of time, then of the source.</summary>
public sealed class EventTable
{
    // the layout begins with time and known
    private const int KnownColumn = 1;

    public required EventDesign Event { get; init; }

    public required int RowCount { get; init; }

    /// <summary>Own columns in the layout of <see cref="EventDesign.Columns"/> (the inherited ones are left out),
    /// <c>[column][row]</c>.</summary>
    public required double[][] Columns { get; init; }

    /// <summary>For own columns with a known instant of their own: that instant by row, <see cref="long.MaxValue"/> for never; null
    /// for the others, and null when no column has one.</summary>
    public long[]?[]? FieldsKnown { get; init; }

    /// <summary>Rows of the subject's table; −1 where the subject is not there. Null without <c>about</c>.</summary>
    public int[]? Subjects { get; init; }

    /// <summary>Of the event that visits are made from: row of the visit table that each row belongs to, −1: of none (it names nobody, or came
    /// live without one); else null.</summary>
    public int[]? VisitOf { get; internal set; }

    /// <summary>Ids as the source wrote them.</summary>
    public required IdColumn Ids { get; init; }

    /// <summary>Place in the log of each row; −1: a file brought it. Null: files brought them all.</summary>
    public long[]? Places { get; init; }

    /// <summary>When a row became known, microseconds since 1970 UTC.</summary>
    public long KnownOf(int row) => (long)Columns[KnownColumn][row];

    /// <summary>Own values of a row as they stood when it became known.</summary>
    /// <returns>How many.</returns>
    internal int Read(int row, Span<double> values)
    {
        for (var c = 0; c < Columns.Length; c++) { values[c] = Columns[c][row]; }
        if (FieldsKnown is { } later)
        {
            for (var c = 0; c < later.Length; c++)
            {
                if (later[c] is { } known && known[row] > KnownOf(row)) { values[c] = double.NaN; }
            }
        }
        return Columns.Length;
    }
}
