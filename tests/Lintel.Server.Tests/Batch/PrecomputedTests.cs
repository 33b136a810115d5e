using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lintel.Pipeline.Batch;

namespace Lintel.Server.Tests.Batch;

public sealed class PrecomputedTests
{
    private readonly List<string> _warnings = [];

    private Task<ServerHost> StartAsync(TrainedMovies movies) => ServerHost.StartAsync(new()
    {
        Workspace = movies.Workspace,
        Kinds = TrainedMovies.Kinds,
        Port = 0,
        WatchBatches = TimeSpan.FromMilliseconds(20),
        Live = new() { Clock = new Clock(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)) },
        Warn = line => { lock (_warnings) { _warnings.Add(line); } },
    });

    [Fact]
    public async Task Candidates_of_the_batch_are_ranked_again_and_strangers_are_served_by_the_sources()
    {
        using var movies = new TrainedMovies();
        await using var server = await StartAsync(movies);
        using var client = new HttpClient { BaseAddress = server.Address };
        IsPrecomputed(await AskAsync(client, "before", "u1")).ShouldBeFalse();
        BatchRun.Run(movies.Request());
        await Until(() => server.Live.Precomputed is not null);
        server.Live.Precomputed!.Count.ShouldBe(TrainedMovies.Users);

        var known = await AskAsync(client, "known", "u1");
        IsPrecomputed(known).ShouldBeTrue();
        Items(known).Length.ShouldBe(TrainedMovies.Take);
        Prices(known).ShouldAllBe(static p => p >= 3);
        IsPrecomputed(await AskAsync(client, "stranger", "nobody")).ShouldBeFalse();
        // the first answer stands
        (await AskAsync(client, "before", "u1")).GetRawText().ShouldBe((await AskAsync(client, "before", "u1")).GetRawText());
        IsPrecomputed(await AskAsync(client, "before", "u1")).ShouldBeFalse();
        using (var explained = await client.GetAsync("/v1/decisions/known"))
        {
            (await explained.Content.ReadAsStringAsync()).ShouldContain("\"precomputed\":true");
        }
        // what was played since the night is not offered again
        var item = Items(known)[0];
        using var played = await client.PostAsync("/v1/events", Json(
            $$"""{"event":"play","id":"px","about":"known","movie":"{{item}}","share":1}"""));
        played.IsSuccessStatusCode.ShouldBeTrue(await played.Content.ReadAsStringAsync());
        var after = await AskAsync(client, "after", "u1");
        IsPrecomputed(after).ShouldBeTrue();
        Sources(after, item).ShouldNotContain("trending");
        (await client.GetStringAsync("/metrics")).ShouldContain($"lintel_batch_pages {TrainedMovies.Users}\n");
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_is_answered_as_it_was_made_where_nothing_ranks_it_again()
    {
        using var movies = new TrainedMovies("{ mode: batch, every: 1d, on failure: trending }");
        var batch = BatchRun.Run(movies.Request());
        await using var server = await StartAsync(movies);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var connection = Native.DuckDb.DuckDbConnection.Open();
        foreach (var user in (string[])["u1", "u2", "u3"])
        {
            var answer = await AskAsync(client, user, user);
            IsPrecomputed(answer).ShouldBeTrue();
            using var rows = connection.Query(
                $"SELECT movie, price FROM read_parquet('{batch.Folder}/part-*.parquet') WHERE \"user\" = '{user}' AND shown ORDER BY position");
            rows.NextChunk().ShouldBeTrue();
            var made = new List<string>();
            for (var r = 0; r < rows.Chunk.RowCount; r++) { made.Add(Encoding.UTF8.GetString(rows.Chunk.Texts(0)[r])); }
            Items(answer).ShouldBe(made);
            Prices(answer).ShouldBe(rows.Chunk.Values<double>(1).ToArray().Take(made.Count));
            Prices(answer).ShouldAllBe(static p => p >= 3);
        }
    }

    [Fact]
    public async Task Batch_that_is_damaged_changes_nothing_and_says_so()
    {
        using var movies = new TrainedMovies();
        var batch = BatchRun.Run(movies.Request());
        var part = Path.Combine(batch.Folder, "part-00001.parquet");
        var whole = File.ReadAllBytes(part);
        File.WriteAllBytes(part, whole[..^100]);
        await using var server = await StartAsync(movies);
        using var client = new HttpClient { BaseAddress = server.Address };
        IsPrecomputed(await AskAsync(client, "a", "u1")).ShouldBeFalse();
        (await client.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("batch").GetString()!.ShouldContain("part-00001.parquet: cannot be read");
        File.WriteAllBytes(part, whole);
        await Until(() => server.Live.Precomputed is not null);
        IsPrecomputed(await AskAsync(client, "b", "u1")).ShouldBeTrue();
        (await client.GetStringAsync("/health/ready")).ShouldBe("""{"status":"ready"}""");
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string id, string user)
    {
        using var answer = await client.PostAsync("/v1/decide", Json($$"""{"id":"{{id}}","user":"{{user}}","device":"tv"}"""));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static bool IsPrecomputed(JsonElement answer) => answer.TryGetProperty("precomputed", out var value) && value.GetBoolean();

    private static string[] Items(JsonElement answer) =>
        [.. answer.GetProperty("items").EnumerateArray().Select(static i => i.GetProperty("item").GetString()!)];

    private static double[] Prices(JsonElement answer) =>
        [.. answer.GetProperty("items").EnumerateArray().Select(static i => i.GetProperty("price").GetDouble())];

    /// <summary>Who offers an item on a page; nobody: it is not there.</summary>
    private static string[] Sources(JsonElement answer, string item) =>
        [.. answer.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("item").GetString() == item)
            .SelectMany(static i => i.GetProperty("sources").EnumerateObject()).Select(static s => s.Name)];

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task Until(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds()) { await timer.WaitForNextTickAsync(limit.Token); }
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => 0;
    }
}
