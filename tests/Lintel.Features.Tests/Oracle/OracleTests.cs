using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Native.DuckDb;

namespace Lintel.Features.Tests.Oracle;

/// <summary>Every aggregate against DuckDB's RANGE windows, on random histories: ties in time, late knowledge, empty keys.</summary>
public sealed class OracleTests
{
    private const int Cases = 250;

    private static readonly string[] LogColumns = ["card", "terminal", "amount", "channel", "fraud", "loss", "tries"];

    private static readonly SystemDesign Design = TestDesigns.Payments("""
        n_card_{3s,10s,40s}: count(payment) by card over {3s,10s,40s}
        n_card: count(payment) by card
        n_all: count(payment)
        n_all_10s: count(payment) over 10s
        n_pair_{10s,30s}: count(payment) by card, terminal over {10s,30s}
        sum_{3s,10s,40s}: sum(payment.amount) by card over {3s,10s,40s}
        sum: sum(payment.amount) by card
        sum_twice: sum(payment.amount * 2) by terminal over 20s
        mean_{3s,10s,40s}: mean(payment.amount) by card over {3s,10s,40s}
        mean: mean(payment.amount) by card
        std_{3s,10s,40s}: std(payment.amount) by card over {3s,10s,40s}
        std: std(payment.amount) by terminal
        min_{3s,10s,40s}: min(payment.amount) by card over {3s,10s,40s}
        max_{3s,10s,40s}: max(payment.amount) by card over {3s,10s,40s}
        min: min(payment.amount) by card
        max: max(payment.amount) by card
        last_{3s,40s}: last(payment.amount) by card over {3s,40s}
        first_{3s,40s}: first(payment.amount) by card over {3s,40s}
        last: last(payment.amount) by terminal
        first: first(payment.amount) by terminal
        distinct_{3s,10s,40s}: distinct(payment.terminal) by card over {3s,10s,40s}
        distinct: distinct(payment.card) by terminal
        since_{3s,40s}: since(payment) by card over {3s,40s}
        since: since(payment) by terminal
        large: count(payment) by card over 10s where amount > 50
        small: mean(payment.amount) by terminal over 10s where amount < 50
        small_std: std(payment.amount) by terminal over 30s where amount < 50
        verdicts_{3s,10s,40s}: count(verdict) by terminal over {3s,10s,40s}
        risk_{3s,10s,40s}: mean(verdict.fraud) by terminal over {3s,10s,40s}
        risk: mean(verdict.fraud) by terminal
        frauds: sum(verdict.fraud) by card
        last_verdict: last(verdict.fraud) by card
        first_verdict: first(verdict.fraud) by card over 20s
        since_verdict: since(verdict) by card over 20s
        worst: max(verdict.loss) by terminal over 10s
        worst_ever: max(verdict.loss) by terminal
        verdict_kinds: distinct(verdict.fraud) by terminal over 20s
        verdict_spread: std(verdict.fraud) by terminal over 40s
        logins_{3s,10s}: count(login) by card over {3s,10s}
        tries: sum(login.tries) by card over 30s
        since_login: since(login) by card
        """);

    [Theory]
    [InlineData(InstantOrder.Together)]
    [InlineData(InstantOrder.ByPlace)]
    public void Every_aggregate_equals_DuckDBs_window(InstantOrder order)
    {
        var histories = Enumerable.Range(0, Cases).Select(static i => new RandomHistory(Design, (ulong)i) { Size = i % 5 == 0 ? 160 : 40 }.Make()).ToList();
        using var connection = DuckDbConnection.Open(new() { Threads = 2 });
        LoadLog(connection, histories);
        var aggregates = Design.Features.Select(static f => (f.Name, Aggregate: (Expression.Aggregate)f.Value)).ToList();
        var select = aggregates.Select(static (a, i) => (a.Aggregate, i))
            .Select(a => $"CAST({WindowSql.Of(a.Aggregate, order)} AS DOUBLE) AS f{a.i}");
        using var rows = connection.Query(
            $"SELECT * FROM (SELECT case_, place, type, {string.Join(", ", select)} FROM log) WHERE type = 0 ORDER BY case_, place");

        var expected = Expected(rows, aggregates.Count);
        var compared = 0;
        for (var c = 0; c < histories.Count; c++)
        {
            foreach (var (place, known, values, features) in Replay(histories[c], order))
            {
                var oracle = expected.Dequeue();
                oracle.Case.ShouldBe(c);
                oracle.Place.ShouldBe(place);
                for (var f = 0; f < aggregates.Count; f++)
                {
                    AssertEqual(Meaning(aggregates[f].Aggregate, values, known, oracle.Values[f]), features[f], aggregates[f], c, place);
                    compared++;
                }
            }
        }
        expected.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(Cases * 30 * aggregates.Count);
    }

    /// <summary>From DuckDB's null and exact units to the language's value.</summary>
    private static double Meaning(Expression.Aggregate aggregate, double[] decision, long known, double oracle)
    {
        var isEmpty = double.IsNaN(oracle) || aggregate.DecisionKeys.Any(k => double.IsNaN(decision[k]));
        return aggregate.Kind switch
        {
            AggregateKind.Count or AggregateKind.Sum when isEmpty => 0,
            _ when isEmpty => double.NaN,
            AggregateKind.Distinct when oracle == 0 => double.NaN,
            AggregateKind.Sum => oracle / (aggregate.Value!.Type == DataType.Bool ? 1 : 1e6),
            AggregateKind.Since => known - oracle,
            _ => oracle,
        };
    }

    private static void AssertEqual(
        double expected, double got, (string Name, Expression.Aggregate Aggregate) feature, int c, long place)
    {
        var tolerance = feature.Aggregate.Kind switch
        {
            AggregateKind.Std => 1e-9 * Math.Max(1, Math.Abs(expected)),
            AggregateKind.Mean => 1e-12 * Math.Max(1, Math.Abs(expected)),     // DuckDB's own avg is good to 1e-15
            _ => 0,
        };
        var same = double.IsNaN(expected) ? double.IsNaN(got) : Math.Abs(expected - got) <= tolerance;
        same.ShouldBeTrue($"{feature.Name} of case {c} at place {place}: expected {expected:R}, got {got:R}");
    }

    private static IEnumerable<(long Place, long Known, double[] Values, double[] Features)> Replay(
        EventHistory history, InstantOrder order)
    {
        var plan = new FeaturePlanBuilder(history.Design, history.Dictionaries).Build();
        var engine = new FeatureEngine(plan, order);
        var scratch = new double[32];
        var registers = new double[plan.RegisterCount];
        for (var place = 0; place < history.Order.Length; place++)
        {
            var record = history.Read(history.Order[place], scratch);
            engine.Accept(record, registers);
            if (record.Type == 0)
            {
                yield return (place, history.Order[place].Known, scratch[..6],
                    registers.AsSpan(plan.FeatureStart, plan.FeatureCount).ToArray());
            }
        }
    }

    private static Queue<(long Case, long Place, double[] Values)> Expected(DuckDbRows rows, int count)
    {
        var expected = new Queue<(long, long, double[])>();
        while (rows.NextChunk())
        {
            var chunk = rows.Chunk;
            for (var r = 0; r < chunk.RowCount; r++)
            {
                var values = new double[count];
                for (var f = 0; f < count; f++)
                {
                    values[f] = chunk.Validity(f + 3)[r] ? chunk.Values<double>(f + 3)[r] : double.NaN;
                }
                expected.Enqueue((chunk.Values<long>(0)[r], chunk.Values<long>(1)[r], values));
            }
        }
        return expected;
    }

    private static void LoadLog(DuckDbConnection connection, List<EventHistory> histories)
    {
        var columns = string.Join(", ", LogColumns.Select(static c => $"{WindowSql.Name(c)} DOUBLE"));
        connection.Execute($"CREATE TABLE log (case_ BIGINT, place BIGINT, type BIGINT, known BIGINT, {columns})");
        using var appender = new DuckDbAppender(connection, "log", [
            .. Enumerable.Repeat(DuckDbType.BigInt, 4), .. Enumerable.Repeat(DuckDbType.Double, LogColumns.Length)]);
        var scratch = new double[32];
        for (var c = 0; c < histories.Count; c++)
        {
            var history = histories[c];
            for (var place = 0; place < history.Order.Length; place++)
            {
                var record = history.Read(history.Order[place], scratch);
                long[] head = [c, place, record.Type, record.Known];
                for (var i = 0; i < head.Length; i++) { appender.Set<long>(i, [head[i]]); }
                var type = Design.Events[record.Type];
                for (var n = 0; n < LogColumns.Length; n++)
                {
                    var index = -1;
                    for (var i = 0; i < type.Columns.Length; i++)
                    {
                        if (type.Columns[i].Name.Split('.')[^1] == LogColumns[n]) { index = i; }
                    }
                    var value = index < 0 ? double.NaN : record.Values[index];
                    appender.Set<double>(n + 4, [value]);
                    if (double.IsNaN(value)) { appender.SetMissing(n + 4, 0); }
                }
                appender.Append(1);
            }
        }
        appender.Complete();
    }
}
