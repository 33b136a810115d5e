using System.Globalization;
using Lintel.Events.Archive;
using Lintel.Events.Log;
using Lintel.Native.DuckDb;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Archive;

/// <summary>Decisions as they were answered, from their days in Parquet and from the log behind those.</summary>
public static class RecordedDecisions
{
    /// <summary>Decisions of events known in [from, to), by id; of several for one event the latest counts. Those that come
    /// from days have no registers.</summary>
    /// <param name="before">Place of the log from which on decisions do not count.</param>
    /// <exception cref="InvalidDataException">The log was altered.</exception>
    public static Dictionary<string, DecisionRecord> Read(
        string logFolder, string recordsFolder, long from, long to, long before = long.MaxValue)
    {
        var found = new Dictionary<string, DecisionRecord>(StringComparer.Ordinal);
        ReadDays(recordsFolder, from, to, before, found);
        var mark = ArchiveMark.Read(logFolder);
        LogSegments.Scan(logFolder, mark, (in record) =>
        {
            if (record.Type != LiveRecordType.Decision || record.Place < mark || record.Place >= before) { return; }
            var decision = new DecisionRecord();
            decision.Read(record.Payload);
            if (decision.Known >= from && decision.Known < to) { found[decision.Id] = decision; }
        });
        return found;
    }

    private static void ReadDays(
        string folder, long from, long to, long before, Dictionary<string, DecisionRecord> found)
    {
        // an answer is given when its event is known or, after a fall, later: never on an earlier day
        var day = DayName.Of(from);
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.parquet").Where(f => string.CompareOrdinal(Path.GetFileName(f), day) >= 0)]
            : [];
        if (files.Length == 0) { return; }
        using var connection = DuckDbConnection.Open();
        using var rows = connection.Query(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT id, event_place, epoch_us(known), epoch_us(given), version, rule, rule_text, outcome, margin, probability,
                propensity, let_through, failed, recovered
            FROM read_parquet([{string.Join(", ", files.Select(DuckDbConnection.Literal))}], union_by_name = true)
            WHERE epoch_us(known) >= {from} AND epoch_us(known) < {to} AND place < {before}
            ORDER BY place
            """));
        while (rows.NextChunk())
        {
            var chunk = rows.Chunk;
            for (var r = 0; r < chunk.RowCount; r++) { found[chunk.Texts(0).Text(r)] = Read(chunk, r); }
        }
    }

    private static DecisionRecord Read(in DuckDbChunk chunk, int row)
    {
        var record = new DecisionRecord
        {
            EventPlace = chunk.Values<long>(1)[row],
            Known = chunk.Values<long>(2)[row],
            Given = chunk.Values<long>(3)[row],
            Version = (int)chunk.Values<long>(4)[row],
            Rule = (int)chunk.Values<long>(5)[row],
            RuleText = chunk.Texts(6).Text(row),
            Outcome = chunk.Texts(7).Text(row),
            Margin = Number(chunk, 8, row),
            Probability = Number(chunk, 9, row),
            Propensity = Number(chunk, 10, row),
            LetThrough = chunk.Values<byte>(11)[row] != 0,
            Failed = chunk.Values<byte>(12)[row] != 0,
            Recovered = chunk.Values<byte>(13)[row] != 0,
        };
        record.SetId(chunk.Texts(0)[row]);
        return record;
    }

    private static double Number(in DuckDbChunk chunk, int column, int row) =>
        chunk.Validity(column)[row] ? chunk.Values<double>(column)[row] : double.NaN;
}
