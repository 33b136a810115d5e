using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Lintel.Server.Tests.Http;

public sealed class LinesTests
{
    private static async Task<(int Status, JsonElement Body)> PostLinesAsync(
        ServedPayments server, string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-ndjson; charset=utf-8");
        using var response = await server.Client.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    [Fact]
    public async Task Lines_are_accepted_together_and_answered_one_by_one_or_counted()
    {
        await using var server = await ServedPayments.StartAsync();
        var lines = $"{ServedPayments.Payment("p1")}\n{ServedPayments.Payment("p2")}\n";
        var (status, each) = await PostLinesAsync(server, "/v1/events?event=payment", lines);
        (status, each.GetArrayLength()).ShouldBe((200, 2));
        var places = each.EnumerateArray().Select(static e => e.GetProperty("place").GetInt64()).ToArray();
        places[1].ShouldBeGreaterThan(places[0]);
        var (_, counts) = await PostLinesAsync(server, "/v1/events?event=payment&answer=summary",
            $"{ServedPayments.Payment("p2")}\n{ServedPayments.Payment("p3")}\n{ServedPayments.Payment("p4")}");
        (counts.GetProperty("accepted").GetInt32(), counts.GetProperty("repeats").GetInt32()).ShouldBe((2, 1));
        counts.GetProperty("firstPlace").GetInt64().ShouldBeGreaterThan(places[1]);
        counts.GetProperty("lastPlace").GetInt64().ShouldBeGreaterThan(counts.GetProperty("firstPlace").GetInt64());
        var (_, again) = await PostLinesAsync(server, "/v1/events?event=payment&answer=summary", lines);
        (again.GetProperty("accepted").GetInt32(), again.GetProperty("firstPlace").ValueKind).ShouldBe((0,
            JsonValueKind.Null));
        (await server.GetAsync("/metrics")).Body.ShouldContain("lintel_events_total 4");
    }

    [Fact]
    public async Task Lines_are_decided_whatever_the_content_type_says()
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, _, body) = await server.PostAsync("/v1/decide",
            $"{ServedPayments.Payment("p2")}\n{ServedPayments.Payment("p1", 2000)}");
        status.ShouldBe(200);
        body.EnumerateArray().Select(static d => d.GetProperty("decision").GetString()).ShouldBe(["allow", "review"]);
    }

    [Fact]
    public async Task Fault_names_the_line_and_nothing_of_the_request_is_applied()
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, problem) = await PostLinesAsync(server, "/v1/events?event=payment",
            $"{ServedPayments.Payment("p1")}\n{{\"id\":\n");
        status.ShouldBe(400);
        problem.GetProperty("detail").GetString()!.ShouldStartWith("line 2: ");
        problem.GetProperty("errors")[0].GetProperty("line").GetInt32().ShouldBe(2);
        var (unknown, _) = await PostLinesAsync(server, "/v1/events?event=refund", ServedPayments.Payment("p1"));
        unknown.ShouldBe(422);
        var first = (await server.PostAsync("/v1/decide?features=true", ServedPayments.Payment("p1"))).Body;
        first.GetProperty("features").GetProperty("card_payments_1d").GetDouble().ShouldBe(0);
    }
}
