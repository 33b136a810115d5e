using System.Net;
using System.Text;
using System.Text.Json;
using Lintel.Events.Log;

namespace Lintel.Server.Tests.Http;

public sealed class IntakeTests
{
    [Fact]
    public async Task Flood_past_the_rate_is_told_to_come_again_and_nothing_accepted_is_lost()
    {
        var server = await ServedPayments.StartAsync(change: static o => o with { LimitPerSecond = 500 });
        var accepted = new System.Collections.Concurrent.ConcurrentBag<string>();
        var refused = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                // half of the requests carry a batch: all of it is taken or nothing
                string[] ids = [.. Enumerable.Range(0, i % 2 == 0 ? 1 : 20).Select(n => $"{client}-{i}-{n}")];
                using var content = new StringContent($"[{string.Join(',', ids.Select(static id => ServedPayments.Payment(id)))}]");
                using var response = await server.Client.PostAsync(i % 4 < 2 ? "/v1/decide" : "/v1/events?event=payment", content);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    foreach (var id in ids) { accepted.Add(id); }
                    continue;
                }
                response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
                response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
                var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                problem.GetProperty("type").GetString().ShouldBe("urn:lintel:problem:too-many");
                foreach (var id in ids) { refused.Add(id); }
            }
        })));
        refused.ShouldNotBeEmpty();
        accepted.Count.ShouldBeGreaterThanOrEqualTo(900);                    // the bucket's first thousand, but for a batch
        (await server.GetAsync("/metrics")).Body.ShouldMatch("lintel_refused_total\\{reason=\"rate\"\\} [1-9]");
        var folder = await server.StopAsync();
        // what a fresh reader finds in the log is what was answered 200, once each
        var logged = new List<string>();
        AppendLogReader.Scan(new Pipeline.Versions.Workspace(folder).LogFolder, (in LogRecord record) =>
        {
            if (record.Type != LiveRecordType.Event) { return; }
            var reader = new PayloadReader(record.Payload[11..]);
            logged.Add(Encoding.UTF8.GetString(reader.Bytes()));
        });
        logged.Order().ShouldBe(accepted.Order());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Requests_past_the_bound_at_once_are_refused_and_the_next_is_taken()
    {
        await using var server = await ServedPayments.StartAsync(change: static o => o with { MaxInFlight = 1 });
        using var half = new System.Net.Sockets.TcpClient(server.Host.Address.Host, server.Host.Address.Port);
        var body = Encoding.ASCII.GetBytes(ServedPayments.Payment("p1"));
        await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/decide HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n"));
        // the first is under way once a second one is refused
        var status = 200;
        for (var i = 0; i < 500 && status != 429; i++)
        {
            status = (await server.PostAsync("/v1/decide", ServedPayments.Payment($"q{i}"))).Status;
        }
        status.ShouldBe(429);
        (await server.GetAsync("/health/live")).Status.ShouldBe(200);
        await half.GetStream().WriteAsync(body);
        var answer = new byte[64];
        (await half.GetStream().ReadAsync(answer)).ShouldBeGreaterThan(12);
        Encoding.ASCII.GetString(answer).ShouldStartWith("HTTP/1.1 200");
        for (var i = 0; i < 500 && status == 429; i++)
        {
            status = (await server.PostAsync("/v1/decide", ServedPayments.Payment($"r{i}"))).Status;
        }
        status.ShouldBe(200);
        (await server.GetAsync("/metrics")).Body.ShouldMatch("lintel_refused_total\\{reason=\"in-flight\"\\} [1-9]");
    }
}
