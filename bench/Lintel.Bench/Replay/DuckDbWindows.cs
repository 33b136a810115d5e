using Lintel.Events;
using Lintel.Native.DuckDb;

namespace Lintel.Bench.Replay;

/// <summary>The design's 14 aggregates as RANGE windows: payments of one instant do not see each other, sums are exact integers.</summary>
internal static class DuckDbWindows
{
    private const long Day = 86_400_000_000;

    private static readonly int[] Days = [1, 7, 30];

    /// <returns>Processor seconds of the query; loading is not counted.</returns>
    public static double Run(EventHistory history)
    {
        using var connection = DuckDbConnection.Open(new() { Threads = 1, MemoryLimitBytes = 6L << 30 });
        connection.Execute("CREATE TABLE payment (k BIGINT, card BIGINT, terminal BIGINT, units BIGINT, fraud BIGINT)");
        Load(connection, history);
        var clock = CpuClock.Start();
        connection.Execute($"""
            CREATE TABLE cards AS SELECT
              {Columns("count(*)", "card_payments", "card")},
              {Columns("sum(units)", "card_units", "card")},
              k - max(k) OVER (PARTITION BY card ORDER BY k RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS since_last,
              count(DISTINCT card) OVER (PARTITION BY terminal ORDER BY k RANGE BETWEEN {Day} PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS cards
            FROM payment;
            CREATE TABLE terminals AS SELECT * FROM (SELECT kind,
              {Columns("count(fraud)", "verdicts", "terminal")},
              {Columns("sum(fraud)", "frauds", "terminal")}
            FROM (SELECT k, terminal, NULL AS fraud, 0 AS kind FROM payment UNION ALL SELECT k + {7 * Day}, terminal, fraud, 1 FROM payment))
            WHERE kind = 0
            """);
        return clock.Seconds;
    }

    private static string Columns(string aggregate, string name, string key) => string.Join(",\n", Days.Select(days =>
        $"{aggregate} OVER (PARTITION BY {key} ORDER BY k RANGE BETWEEN {days * Day} PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS {name}_{days}"));

    private static void Load(DuckDbConnection connection, EventHistory history)
    {
        var payments = history.Tables[0];
        var verdicts = history.Tables[1];
        using var appender = new DuckDbAppender(
            connection, "payment", [DuckDbType.BigInt, DuckDbType.BigInt, DuckDbType.BigInt, DuckDbType.BigInt, DuckDbType.BigInt]);
        var chunk = new long[5][];
        for (var from = 0; from < payments.RowCount; from += DuckDbAppender.ChunkRows)
        {
            var count = Math.Min(DuckDbAppender.ChunkRows, payments.RowCount - from);
            for (var c = 0; c < chunk.Length; c++)
            {
                chunk[c] = new long[count];
                for (var r = 0; r < count; r++)
                {
                    chunk[c][r] = c switch
                    {
                        0 => payments.KnownOf(from + r),
                        1 or 2 => (long)payments.Columns[c + 1][from + r],
                        3 => (long)Math.Round(payments.Columns[4][from + r] * 1e6),
                        _ => (long)verdicts.Columns[2][from + r],
                    };
                }
                appender.Set<long>(c, chunk[c]);
            }
            appender.Append(count);
        }
        appender.Complete();
    }
}
