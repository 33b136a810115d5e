using System.Globalization;
using Lintel.Events.Archive;
using Lintel.Events.Log;
using Lintel.Native.DuckDb;

namespace Lintel.Pipeline.Archive;

/// <summary>Records of ledgers in the order of places, from their days and from the log behind those.</summary>
internal static class LedgerActs
{
    /// <param name="type">Of records that are wanted.</param>
    /// <returns>Place, known instant, and the payload that starts with it.</returns>
    internal static IReadOnlyList<(long Place, long Known, byte[] Payload)> Read(string logFolder, string recordsFolder, byte type)
    {
        var acts = new List<(long, long, byte[])>();
        ReadDays(Path.Combine(recordsFolder, "acts"), type, acts);
        var mark = ArchiveMark.Read(logFolder);
        LogSegments.Scan(logFolder, mark, (in record) =>
        {
            if (record.Type == type && record.Place >= mark)
            {
                acts.Add((record.Place, new PayloadReader(record.Payload).Int64(), record.Payload.ToArray()));
            }
        });
        return acts;
    }

    private static void ReadDays(string folder, byte type, List<(long, long, byte[])> acts)
    {
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.parquet").Length == 0) { return; }
        using var connection = DuckDbConnection.Open();
        using var rows = connection.Query(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT place, epoch_us(known), payload FROM read_parquet({DuckDbConnection.Literal(Path.Combine(folder, "*.parquet"))}) WHERE type = {type} ORDER BY place"));
        while (rows.NextChunk())
        {
            var chunk = rows.Chunk;
            for (var r = 0; r < chunk.RowCount; r++)
            {
                var known = chunk.Values<long>(1)[r];
                acts.Add((chunk.Values<long>(0)[r], known, [.. BitConverter.GetBytes(known), .. Convert.FromHexString(chunk.Texts(2).Text(r))]));
            }
        }
    }
}
