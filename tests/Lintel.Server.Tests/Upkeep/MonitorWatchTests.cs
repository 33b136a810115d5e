using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lintel.Pipeline.Versions;
using Lintel.Training.Tests.Continuous;
using Lintel.Training.Tests.Regression;

namespace Lintel.Server.Tests.Upkeep;

public sealed class MonitorWatchTests
{
    [Fact]
    public async Task A_server_says_how_its_estimates_turned_out_and_says_the_same_after_a_restart()
    {
        using var deliveries = new Deliveries(14, ("serve: { mode: online }", "serve: { mode: online }\nmonitor: { drift: psi > 0.2 }"));
        deliveries.Train().Manifest.Version.ShouldBe(1);
        new LiveReference(1, DateTimeOffset.UnixEpoch, "ada", "for the test").Write(deliveries.Workspace);
        JsonElement before;
        await using (var server = await StartAsync(deliveries))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            var asked = DateTimeOffset.UtcNow.AddHours(-2);
            for (var i = 0; i < 10; i++)
            {
                await PostAsync(client, "events", $$"""{"event":"order","id":"m{{i}}","store":"s{{i % 3}}","busy":0.7,"time":"{{asked:O}}"}""");
                await PostAsync(client, "decide", $$"""{"id":"m{{i}}-1","about":"m{{i}}","route":12,"time":"{{asked:O}}"}""");
                if (i == 9) { continue; }
                await PostAsync(client, "events", $$"""{"event":"{{(i == 8 ? "cancelled" : "delivered")}}","about":"m{{i}}","time":"{{asked.AddMinutes(30):O}}"}""");
            }
            before = await Until(client, static counts => counts.GetProperty("matured").GetInt64() == 8 && counts.GetProperty("censored").GetInt64() == 1
                && counts.GetProperty("waiting").GetInt64() == 1);
            var quality = before.GetProperty("quality");
            var mae = quality.GetProperty("figures").EnumerateArray().Single(static f => f.GetProperty("metric").GetString() == "mae");
            mae.GetProperty("rows").GetInt64().ShouldBe(8);
            mae.GetProperty("test").GetDouble().ShouldBeGreaterThan(0);
            var metrics = await client.GetStringAsync("/metrics");
            metrics.ShouldContain("lintel_quality_matured 8\n");
            metrics.ShouldContain("lintel_drift_decisions 10\n");
            metrics.ShouldContain("lintel_drift_psi{feature=\"busy\"} ");
            metrics.ShouldContain("lintel_quality_coverage{level=\"80%\",slice=\"busy > 0.5\"} ");
            metrics.ShouldContain("lintel_quality_gate{gate=\"mae <= 6\",slice=\"all\"} 0\n");
        }
        await using (var server = await StartAsync(deliveries))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            var after = await Until(client, static counts => counts.GetProperty("matured").GetInt64() == 8 && counts.GetProperty("waiting").GetInt64() == 1);
            after.GetProperty("quality").GetRawText().ShouldBe(before.GetProperty("quality").GetRawText());
        }
    }

    [Fact]
    public async Task Of_other_decisions_it_says_what_is_not_watched()
    {
        using var offers = new TrainedOffers();
        await using var server = await ServerHost.StartAsync(new()
        {
            Workspace = offers.Workspace,
            Kinds = TrainedSystem.Kinds,
            Port = 0,
            WatchLive = null,
            WatchOutcomes = TimeSpan.FromMilliseconds(20),
            Live = offers.Live,
            Snapshots = null,
            Compact = null,
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        JsonElement watch = default;
        for (var i = 0; i < 500 && (i == 0 || watch.GetProperty("what").GetString()!.Contains("being read", StringComparison.Ordinal)); i++)
        {
            await Task.Delay(20);
            var report = await client.GetFromJsonAsync<JsonElement>("/v1/monitor");
            report.GetProperty("kind").GetString().ShouldBe("classification");
            report.GetProperty("quality").ValueKind.ShouldBe(JsonValueKind.Null);
            watch = report.GetProperty("watches")[0];
        }
        watch.GetProperty("on").GetBoolean().ShouldBeFalse();
        watch.GetProperty("what").GetString().ShouldBe("the outcomes of a classification are not followed yet; /v1/learning has the calibration of what is learned");
        (await client.GetStringAsync("/metrics")).ShouldNotContain("lintel_quality");
    }

    private static Task<ServerHost> StartAsync(Deliveries deliveries) => ServerHost.StartAsync(new()
    {
        Workspace = deliveries.Workspace,
        Kinds = Deliveries.Kinds,
        Port = 0,
        WatchOutcomes = TimeSpan.FromMilliseconds(20),
        Snapshots = null,
        Compact = null,
    });

    private static async Task PostAsync(HttpClient client, string route, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync($"/v1/{route}", content);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> Until(HttpClient client, Func<JsonElement, bool> isThere)
    {
        JsonElement report = default;
        for (var i = 0; i < 1_500; i++)
        {
            report = await client.GetFromJsonAsync<JsonElement>("/v1/monitor");
            if (report.GetProperty("quality") is { ValueKind: JsonValueKind.Object } quality && isThere(quality.GetProperty("counts"))) { return report; }
            await Task.Delay(20);
        }
        throw new TimeoutException($"the monitor did not get there: {report}");
    }
}
