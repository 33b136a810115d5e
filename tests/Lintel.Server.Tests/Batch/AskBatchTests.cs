using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lintel.Native.DuckDb;
using Lintel.Pipeline.Batch;

namespace Lintel.Server.Tests.Batch;

public sealed class AskBatchTests(AskBatchTests.Kitchen kitchen) : IClassFixture<AskBatchTests.Kitchen>
{
    private const string Header = "id,about,about.items,about.shop,store,trip,time,stage,route,rain\n";

    private readonly TrainedDeliveries _deliveries = kitchen.Deliveries;

    /// <summary>Asks of tomorrow's hours by stores known and unknown, and every tenth about an order that is there.</summary>
    private static string[] Rows(int count) => [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture,
        $"q{i},{(i % 10 == 0 ? "o1199" : "")},{(i % 10 == 0 ? "," : $"{1 + (i % 5)},s{i % 8}")},s{i % 8},t{i},{TrainedDeliveries.End.AddHours(i % 24):s},placed,{5 + (i % 17)},{(i % 3 == 0 ? "yes" : "")}"))];

    private static string Item(string row)
    {
        var of = row.Split(',');
        var about = of[1].Length > 0 ? $"\"{of[1]}\"" : $$"""{"items":{{of[2]}},"shop":"{{of[3]}}"}""";
        return $$"""{"id":"{{of[0]}}","about":{{about}},"store":"{{of[4]}}","trip":"{{of[5]}}","time":"{{of[6]}}Z","stage":"{{of[7]}}","route":{{of[8]}},"rain":{{(of[9].Length > 0 ? "true" : "null")}}}""";
    }

    [Fact]
    public async Task A_batch_promises_to_the_bit_what_a_quote_answers_at_the_same_instant()
    {
        using var own = new TrainedDeliveries();
        string[] rows = Rows(900);
        DateTimeOffset asOf;
        JsonElement quotes;
        await using (var server = await ServerHost.StartAsync(new()
        {
            Workspace = own.Workspace,
            Kinds = TrainedDeliveries.Kinds,
            Port = 0,
            Live = new() { Clock = new Fixed(new(TrainedDeliveries.End.AddHours(1))) },
        }))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            // what came after training is in the log: an order, its ask, and the end of one before
            await PostAsync(client, "/v1/events", """[{"event":"order","id":"new","shop":"s1","items":4},{"event":"delivered","about":"o1198"}]""");
            await PostAsync(client, "/v1/decide", """{"id":"n1","about":"new","store":"s1","trip":"t1","stage":"placed","route":9,"rain":false}""");
            await PostAsync(client, "/v1/events", """{"event":"delivered","about":"o1197"}""");
            var body = await PostAsync(client, "/v1/quote", $"[{string.Join(",", rows.Select(Item))}]");
            (asOf, quotes) = (body.GetProperty("asOf").GetDateTimeOffset(), body.GetProperty("quotes"));
        }
        var file = own.Write("tomorrow.csv", Header + string.Join('\n', rows) + "\n");
        var result = BatchRun.Run(own.Request(file, "equal") with { At = Micros(asOf.UtcDateTime) });
        (result.Made, result.Entities, result.IsComplete, result.Take).ShouldBe((900L, 900, true, null));

        var promised = Read(result.Folder);
        promised.Count.ShouldBe(900);
        for (var i = 0; i < rows.Length; i++)
        {
            var (quote, made) = (quotes[i], promised[i]);
            made.Id.ShouldBe(quote.GetProperty("id").GetString());
            made.Values[0].ShouldBe(quote.GetProperty("promise").GetDouble());
            made.Values[1].ShouldBe(quote.GetProperty("estimate").GetDouble());
            made.Values[2..].ShouldBe([.. quote.GetProperty("quantiles").EnumerateObject().Select(static q => q.Value.GetDouble())]);
        }
        // the clock is the ask's own, and a promise that was made is kept
        promised.Select(static p => p.Values[1]).Distinct().Count().ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Keys_times_and_quantiles_stand_in_columns_that_other_programs_read()
    {
        var result = BatchRun.Run(_deliveries.Request(_deliveries.Write("read.csv", Header + string.Join('\n', Rows(20))), "read"));
        using var connection = DuckDbConnection.Open();
        var from = $"read_parquet({DuckDbConnection.Literal(Path.Combine(result.Folder, "part-*.parquet"))})";
        connection.QueryInt64($"SELECT count(*) FROM {from} WHERE row BETWEEN 1 AND 20 AND id = 'q' || (row - 1) AND trip = 't' || (row - 1)").ShouldBe(20);
        connection.QueryInt64($"SELECT count(*) FROM {from} WHERE about = 'o1199' AND row IN (1, 11)").ShouldBe(2);
        connection.QueryInt64($"SELECT count(*) FROM {from} WHERE hour(time) = (row - 1 + {TrainedDeliveries.End.Hour}) % 24 AND store = 's' || ((row - 1) % 8)").ShouldBe(20);
        connection.QueryInt64($"SELECT count(*) FROM {from} WHERE \"10%\" <= \"50%\" AND \"50%\" <= \"90%\" AND \"50%\" = estimate AND promise > 0").ShouldBe(20);
        // an evening is slower (17 h UTC and later), though the windows are those of one instant
        connection.QueryInt64($"SELECT count(*) FROM {from} WHERE hour(time) >= 17 AND estimate > 20").ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Csv_lines_and_parquet_of_the_same_asks_are_promised_alike()
    {
        string[] rows = Rows(30);
        var csv = _deliveries.Write("alike.csv", Header + string.Join('\n', rows));
        var lines = _deliveries.Write("alike.ndjson", string.Join('\n', rows.Select(Item)));
        var parquet = _deliveries.Out("alike.parquet");
        using (var connection = DuckDbConnection.Open())
        {
            connection.Execute($"COPY (SELECT * REPLACE (rain = 'yes' AS rain) FROM read_csv({DuckDbConnection.Literal(csv)})) TO {DuckDbConnection.Literal(parquet)} (FORMAT parquet)");
        }
        var first = Read(BatchRun.Run(_deliveries.Request(csv, "alike")).Folder);
        foreach (var other in new[] { lines, parquet })
        {
            var made = Read(BatchRun.Run(_deliveries.Request(other, "alike")).Folder);
            made.Count.ShouldBe(30);
            for (var i = 0; i < made.Count; i++) { made[i].Values.ShouldBe(first[i].Values); }
        }
    }

    [Fact]
    public void Parts_that_are_lost_are_made_again_and_shards_together_are_the_whole()
    {
        var file = _deliveries.Write("many.csv", Header + string.Join('\n', Rows(2_300)));
        var whole = BatchRun.Run(_deliveries.Request(file, "whole"));
        (whole.Parts, whole.PartsMade, whole.Made).ShouldBe((3, 3, 2_300L));
        var lost = Path.Combine(whole.Folder, "part-00001.parquet");
        var bytes = File.ReadAllBytes(lost);
        File.Delete(lost);
        var again = BatchRun.Run(_deliveries.Request(file, "whole"));
        (again.Folder, again.Made, again.PartsMade, again.PartsThere, again.IsComplete).ShouldBe((whole.Folder, 1_000L, 1, 2, true));
        File.ReadAllBytes(lost).ShouldBe(bytes);
        for (var s = 1; s <= 2; s++)
        {
            BatchRun.Run(_deliveries.Request(file, "shards") with { Shard = new(s, 2), At = Micros(whole.At.UtcDateTime) }).IsComplete.ShouldBe(s == 2);
        }
        foreach (var part in Directory.GetFiles(whole.Folder, "part-*.parquet"))
        {
            File.ReadAllBytes(part.Replace(_deliveries.Out("whole"), _deliveries.Out("shards"))).ShouldBe(File.ReadAllBytes(part));
        }
        // other asks at the same instant are another batch
        var other = BatchRun.Run(_deliveries.Request(_deliveries.Write("other.csv", Header + Rows(1)[0]), "whole"));
        (other.Folder == whole.Folder, other.At).ShouldBe((false, whole.At));
    }

    [Theory]
    [InlineData("q,,2,s1,s1,t,2026-01-09,placed,far,no", "row 2, column 'route'.*\"far\".*a finite number")]
    [InlineData("q,o9999,2,s1,s1,t,2026-01-09,placed,5,no", "row 2, column 'about'.*no order of this id is known.*o9999")]
    [InlineData("q,,2,s1,s1,t,soon,placed,5,no", "row 2, column 'time'.*\"soon\"")]
    [InlineData("q,,two,s1,s1,t,2026-01-09,placed,5,no", "row 2, column 'about.items'.*\"two\"")]
    [InlineData("q,,2,s1,s1,t,2026-01-09,placed,5,no,more", "line 3: too many columns")]
    public void Rows_that_cannot_be_answered_are_named_and_nothing_is_made(string row, string message)
    {
        var file = _deliveries.Write("bad.csv", Header + Rows(2)[1] + "\n" + row + "\n");
        var fault = Should.Throw<InvalidDataException>(() => BatchRun.Run(_deliveries.Request(file, "bad")));
        fault.Message.ShouldContain("bad.csv: 1 fault, nothing was made");
        fault.Message.ShouldMatch(message);
        Directory.Exists(_deliveries.Out("bad")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("bad.ndjson", "{\"store\":\"s1\"}\n", "row 1, column 'route': 'route' is missing")]
    [InlineData("broken.ndjson", "{\"store\":\n", "row 1: the body is not JSON")]
    [InlineData("empty.ndjson", "\n", "holds no ask")]
    [InlineData("columns.csv", "id,store\nq,s1\n", "has no column 'about'")]
    [InlineData("typo.csv", "about.itmes,store,trip,stage,route,rain\n1,s1,t,placed,3,no\n", "column 'about.itmes' names nothing of event 'order'.*about.items")]
    public void Files_that_hold_no_asks_are_refused(string name, string text, string message) =>
        Should.Throw<InvalidDataException>(() => BatchRun.Run(_deliveries.Request(_deliveries.Write(name, text), "none"))).Message.ShouldMatch(message);

    [Fact]
    public void A_regression_without_asks_is_refused() =>
        Should.Throw<InvalidDataException>(() => BatchRun.Run(_deliveries.Request(null, "none"))).Message.ShouldContain("--asks");

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        response.IsSuccessStatusCode.ShouldBeTrue(answer.ToString());
        return answer;
    }

    /// <summary>Promise, estimate and quantiles by row.</summary>
    private static List<(string Id, double[] Values)> Read(string folder)
    {
        using var connection = DuckDbConnection.Open();
        var read = new List<(string, double[])>();
        using var rows = connection.Query(
            "SELECT id, promise, estimate, \"10%\", \"50%\", \"90%\" FROM "
            + $"read_parquet({DuckDbConnection.Literal(Path.Combine(folder, "part-*.parquet"))}) ORDER BY row");
        while (rows.NextChunk())
        {
            for (var r = 0; r < rows.Chunk.RowCount; r++)
            {
                var values = new double[5];
                for (var c = 0; c < 5; c++) { values[c] = rows.Chunk.Values<double>(c + 1)[r]; }
                read.Add((rows.Chunk.Texts(0).Text(r), values));
            }
        }
        return read;
    }

    private static long Micros(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public sealed class Kitchen : IDisposable
    {
        internal TrainedDeliveries Deliveries { get; } = new();

        public void Dispose() => Deliveries.Dispose();
    }

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => 0;
    }
}
