using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Lists;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Tests.Upkeep;

public sealed class AdoptionTests : IDisposable
{
    private readonly Workspace _workspace = new(Directory.CreateTempSubdirectory("lintel-adopt-").FullName);
    private readonly ConcurrentQueue<string> _warnings = new();

    public void Dispose() => Directory.Delete(_workspace.Folder, recursive: true);

    private Task<ServerHost> StartAsync() => ServerHost.StartAsync(new()
    {
        Workspace = _workspace,
        Kinds = MadeVersion.Kinds,
        Port = 0,
        WatchLive = TimeSpan.FromMilliseconds(20),
        Snapshots = new() { EveryRecords = 200, Look = TimeSpan.FromMilliseconds(20) },
        Warn = _warnings.Enqueue,
    });

    [Fact]
    public async Task Promoted_version_takes_over_while_requests_run_and_rollback_goes_the_same_way()
    {
        MadeVersion.Write(_workspace, 1, MadeVersion.Text);
        MadeVersion.Write(_workspace, 2, MadeVersion.Wider, review: -1);
        MadeVersion.Promote(_workspace, 1, DateTimeOffset.UnixEpoch);
        var answers = new ConcurrentDictionary<string, string>();
        await using (var server = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            await new LiveLists(server.Live).PutAsync("blocklist", "c3", new(null, null, "a test", "stolen"));
            using var stop = new CancellationTokenSource();
            var clients = Enumerable.Range(0, 6).Select(c => RunAsync(client, c, answers, stop.Token)).ToArray();
            await Until(() => answers.Count > 200);
            await PromoteAsync(client, 2);
            await Until(() => VersionsOf(answers).Count(static v => v == 2) > 200);
            await PromoteAsync(client, 1);
            var before = answers.Count;
            await Until(() => answers.Count > before + 200);
            await stop.CancelAsync();
            await Task.WhenAll(clients);
            VersionsOf(answers).Distinct().Order().ShouldBe([1, 2]);
            server.Live.Version.Number.ShouldBe(1);

            // the first answer stands, whichever version serves
            foreach (var (id, first) in answers.Take(100))
            {
                using var again = await client.PostAsync("/v1/decide", Body(id));
                (await again.Content.ReadAsStringAsync()).ShouldBe(first);
            }
            new LiveLists(server.Live).Entries("blocklist").ShouldHaveSingleItem().Key.ShouldBe("c3");
            var metrics = await client.GetStringAsync("/metrics");
            metrics.ShouldContain("lintel_adoptions_total 2\n");
            metrics.ShouldContain("lintel_adoptions_failed_total 0\n");
            metrics.ShouldMatch("lintel_dictionary_texts\\{domain=\"card\"\\} [1-9]");
            metrics.ShouldMatch("lintel_dictionary_bytes\\{domain=\"card\"\\} [1-9]");
        }
        _warnings.ShouldBeEmpty();
        foreach (var number in (int[])[1, 2]) { Replay(number).ShouldBe(VersionsOf(answers).Count(v => v == number)); }
    }

    [Fact]
    public async Task Version_that_cannot_serve_changes_nothing_and_says_why()
    {
        MadeVersion.Write(_workspace, 1, MadeVersion.Text);
        MadeVersion.Write(_workspace, 2, MadeVersion.Wider);
        MadeVersion.Promote(_workspace, 1, DateTimeOffset.UnixEpoch);
        var state = Path.Combine(_workspace.VersionFolder(2), VersionFiles.StateLatest);
        var whole = File.ReadAllBytes(state);
        File.WriteAllBytes(state, whole[..^9]);
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        (await client.GetStringAsync("/health/ready")).ShouldBe("""{"status":"ready"}""");
        MadeVersion.Promote(_workspace, 2, DateTimeOffset.UnixEpoch);
        await Until(() => _warnings.Count == 1);
        _warnings.ShouldHaveSingleItem().ShouldMatch("version 2 was promoted and cannot serve: .*altered or cut short.* Version 1 goes on");
        var ready = await client.GetFromJsonAsync<JsonElement>("/health/ready");
        ready.GetProperty("status").GetString().ShouldBe("ready");
        ready.GetProperty("version").GetString().ShouldBe(_warnings.Single());
        (await client.GetStringAsync("/metrics")).ShouldContain("lintel_adoptions_failed_total 1\n");
        using (var answer = await client.PostAsync("/v1/decide", Body("p1"))) { answer.IsSuccessStatusCode.ShouldBeTrue(); }

        // repaired and promoted once more
        File.WriteAllBytes(state, whole);
        MadeVersion.Promote(_workspace, 2, DateTimeOffset.UnixEpoch.AddDays(1));
        await Until(() => server.Live.Version.Number == 2);
        (await client.GetStringAsync("/health/ready")).ShouldBe("""{"status":"ready"}""");
    }

    /// <summary>Replays the whole log with a version.</summary>
    /// <returns>Its decisions, each of which read then what it reads now.</returns>
    private long Replay(int number)
    {
        var version = SystemVersion.Load(_workspace.VersionFolder(number), MadeVersion.Kinds);
        var own = Path.Combine(_workspace.VersionFolder(number), VersionFiles.StateLatest);
        var follower = new LogFollower(
            LiveState.Load(own, version.Compiled, Features.InstantOrder.ByPlace), _workspace.LogFolder, number);
        follower.Follow(AppendLogReader.Scan(_workspace.LogFolder, static (in LogRecord _) => { }).End);
        follower.Differences.ShouldBe(0);
        return follower.Compared;
    }

    private async Task PromoteAsync(HttpClient client, int number)
    {
        MadeVersion.Promote(_workspace, number, DateTimeOffset.UnixEpoch.AddDays(number));
        await Until(() => client.GetFromJsonAsync<JsonElement>("/v1/versions").GetAwaiter().GetResult()
            .GetProperty("serving").GetInt32() == number);
    }

    private static async Task RunAsync(HttpClient client, int number, ConcurrentDictionary<string, string> answers, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var id = $"{number}-{i}";
            using var answer = await client.PostAsync("/v1/decide", Body(id), CancellationToken.None);
            var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            answer.IsSuccessStatusCode.ShouldBeTrue(body);
            answers[id] = body;
            if (i % 5 != 0) { continue; }
            using var verdict = await client.PostAsync("/v1/events",
                Json($$"""{"event":"verdict","about":"{{id}}","fraud":{{(i % 10 == 0 ? "true" : "false")}}}"""), CancellationToken.None);
            verdict.IsSuccessStatusCode.ShouldBeTrue(await verdict.Content.ReadAsStringAsync(CancellationToken.None));
        }
    }

    private static IEnumerable<int> VersionsOf(ConcurrentDictionary<string, string> answers) =>
        answers.Values.Select(static a => JsonDocument.Parse(a).RootElement.GetProperty("version").GetInt32());

    private static StringContent Body(string id)
    {
        var n = id.Sum(static c => c);
        return Json($$"""{"id":"{{id}}","card":"c{{n % 7}}","terminal":"t{{n % 5}}","amount":{{n % 97}},"online":false}""");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task Until(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds()) { await timer.WaitForNextTickAsync(limit.Token); }
    }
}
