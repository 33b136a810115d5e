using System.Net.Http.Json;
using System.Text.Json;

namespace Lintel.Server.Tests.Http;

public sealed class ListRoutesTests
{
    private static async Task<(int Status, JsonElement Body)> SendAsync(
        ServedPayments server, HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body) };
        using var response = await server.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    [Fact]
    public async Task Key_is_put_shown_renewed_and_taken_away()
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, put) = await SendAsync(server, HttpMethod.Put, "/v1/lists/blocklist/c%2F1",
            """{"for":"30d","why":"stolen","by":"ann"}""");
        (status, put.GetProperty("key").GetString(), put.GetProperty("list").GetString()).ShouldBe((201, "c/1", "blocklist"));
        (await SendAsync(server, HttpMethod.Put, "/v1/lists/blocklist/c%2F1")).Status.ShouldBe(200);
        (await server.GetJsonAsync("/v1/lists")).GetProperty("lists")[0].GetProperty("keys").GetInt32().ShouldBe(1);
        var shown = (await server.GetJsonAsync("/v1/lists/blocklist")).GetProperty("keys")[0];
        shown.EnumerateObject().Select(static p => p.Name).ShouldBe(["key", "since", "until", "by", "why"]);
        shown.GetProperty("until").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.GetAsync("/v1/lists/blocklist/c%2F1")).Status.ShouldBe(200);
        (await SendAsync(server, HttpMethod.Delete, "/v1/lists/blocklist/c%2F1?by=bob&why=found")).Status.ShouldBe(200);
        (await SendAsync(server, HttpMethod.Delete, "/v1/lists/blocklist/c%2F1")).Status.ShouldBe(404);
        (await server.GetAsync("/v1/lists/blocklist/c%2F1")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Listed_card_is_blocked_also_after_a_restart()
    {
        var server = await ServedPayments.StartAsync();
        await SendAsync(server, HttpMethod.Put, "/v1/lists/blocklist/c1");
        await using var again = await ServedPayments.StartAsync(await server.StopAsync());
        var (_, _, body) = await again.PostAsync("/v1/decide?explain=true", ServedPayments.Payment("p1"));
        body.GetProperty("rule").GetString().ShouldBe("block if card in blocklist");
    }

    [Theory]
    [InlineData("PUT", "/v1/lists/friends/c1", 404)]
    [InlineData("GET", "/v1/lists/friends", 404)]
    [InlineData("PUT", "/v1/lists/blocklist", 404)]
    [InlineData("PUT", "/v1/lists/blocklist/", 422)]
    [InlineData("GET", "/v1/listsx", 404)]
    public async Task Fault_is_a_problem_document(string method, string path, int expected)
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, problem) = await SendAsync(server, new(method), path);
        status.ShouldBe(expected);
        problem.GetProperty("errors")[0].GetProperty("expected").GetString()!.ShouldNotBeEmpty();
    }
}
