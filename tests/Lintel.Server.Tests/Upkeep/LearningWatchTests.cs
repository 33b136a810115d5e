using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lintel.Training.Tests.Continuous;

namespace Lintel.Server.Tests.Upkeep;

public sealed class LearningWatchTests : IDisposable
{
    private readonly TrainedOffers _offers = new();

    public void Dispose() => _offers.Dispose();

    private Task<ServerHost> StartAsync() => ServerHost.StartAsync(new()
    {
        Workspace = _offers.Workspace,
        Kinds = TrainedSystem.Kinds,
        Port = 0,
        WatchLive = TimeSpan.FromMilliseconds(20),
        WatchLabels = TimeSpan.FromMilliseconds(20),
        Live = _offers.Live,
        Snapshots = null,
        Compact = null,
        Warn = Say,
        Tell = Say,
    });

    private void Say(string line)
    {
        lock (_offers.Lines) { _offers.Lines.Add(line); }
    }

    private bool Said(string text)
    {
        lock (_offers.Lines) { return _offers.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)); }
    }

    [Fact]
    public async Task A_server_learns_publishes_and_takes_up_what_it_learned()
    {
        await using (var server = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            await Until(async () => (await Learning(client)).GetProperty("on").GetBoolean());
            await _offers.PlayAsync(server.Live, 90, TrainedOffers.Usual);
            await Until(async () => (await Learning(client)).GetProperty("rows").GetInt64() == 90);
            _offers.Clock.Advance(TimeSpan.FromMinutes(5));
            // nothing is left to learn, so nothing is published behind it
            await Until(() => Task.FromResult(Said(": 90 labelled") && server.Live.Version.Number == _offers.Champion));
            var learning = await Learning(client);
            learning.GetProperty("published").GetInt32().ShouldBeGreaterThan(0);
            learning.GetProperty("rolledBack").GetInt32().ShouldBe(0);
            learning.GetProperty("day").GetProperty("positives").GetInt32().ShouldBe(22);
            (await client.GetStringAsync("/metrics")).ShouldContain("lintel_learning_rows 90\n");
            (await _offers.OfferAsync(server.Live, 'a')).Version.ShouldBe(_offers.Champion);
            Said("version 2 is live: ").ShouldBeTrue();
        }

        await using (var server = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            server.Live.Version.Number.ShouldBe(_offers.Champion);
            await Until(async () => (await Learning(client)) is var status && status.GetProperty("on").GetBoolean()
                && status.GetProperty("rows").GetInt64() >= 90);
        }
    }

    [Fact]
    public async Task An_answer_of_a_version_that_is_kept_no_more_is_given_again()
    {
        Directory.Exists(_offers.Workspace.VersionFolder(2)).ShouldBeFalse();
        string first;
        const string Offer = """{"id":"x1","user":"u1","place":"a","price":4}""";
        await using (var server = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            await Until(async () => (await Learning(client)).GetProperty("on").GetBoolean());
            await _offers.PlayAsync(server.Live, 20, TrainedOffers.Usual);
            await Until(() => Task.FromResult(server.Live.Version.Number == 2));
            first = await DecideAsync(client, Offer);
            for (var version = 3; version < 5; version++)
            {
                await _offers.PlayAsync(server.Live, 4, TrainedOffers.Usual);
                await Until(() => Task.FromResult(server.Live.Version.Number >= version));
            }
        }
        Directory.Delete(_offers.Workspace.VersionFolder(2), recursive: true);
        await using (var server = await StartAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            (await DecideAsync(client, Offer)).ShouldBe(first);
            var decision = await client.GetFromJsonAsync<JsonElement>("/v1/decisions/x1");
            decision.GetProperty("version").GetInt32().ShouldBe(2);
            decision.GetProperty("unexplained").GetString().ShouldBe("version 2 learned on the stream and is not kept any more");
        }
    }

    private static async Task<string> DecideAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/v1/decide", content);
        return await answer.Content.ReadAsStringAsync();
    }

    private static Task<JsonElement> Learning(HttpClient client) => client.GetFromJsonAsync<JsonElement>("/v1/learning");

    private async Task Until(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (!await holds()) { await timer.WaitForNextTickAsync(limit.Token); }
        }
        catch (OperationCanceledException fault)
        {
            lock (_offers.Lines) { throw new TimeoutException($"not within a minute; the server said: {string.Join(" | ", _offers.Lines)}", fault); }
        }
    }
}
