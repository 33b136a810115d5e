using Lintel.Events.Log;
using Lintel.Events.Parquet;

namespace Lintel.Pipeline.Archive;

/// <summary>Records of ledgers (list changes, review acts) of a segment, by day in <c>acts/</c>: the audit trail outlives
/// the segment. The payload stands as it was written, in hexadecimal, behind its known instant.</summary>
internal sealed class LedgerDays
{
    private readonly List<(long Place, byte Type, long Known, string Payload)> _records = [];

    internal void Take(in LogRecord record)
    {
        if (record.Type is LiveRecordType.Event or LiveRecordType.Decision or LiveRecordType.Layout) { return; }
        var known = new PayloadReader(record.Payload).Int64();
        _records.Add((record.Place, record.Type, known, Convert.ToHexStringLower(record.Payload[sizeof(long)..])));
    }

    internal void Write(string folder)
    {
        foreach (var day in _records.GroupBy(static r => DayName.Of(r.Known)))
        {
            var rows = day.ToArray();
            var acts = Path.Combine(folder, "acts");
            Directory.CreateDirectory(acts);
            ParquetFiles.Write(
                Path.Combine(acts, DayName.File(rows[0].Known, rows[0].Place)),
                new ParquetColumn.Whole("place", Array.ConvertAll(rows, static r => r.Place)),
                new ParquetColumn.Whole("type", Array.ConvertAll(rows, static r => (long)r.Type)),
                new ParquetColumn.Instant("known", Array.ConvertAll(rows, static r => r.Known)),
                new ParquetColumn.Text("payload", Array.ConvertAll(rows, static string? (r) => r.Payload)));
        }
    }
}
