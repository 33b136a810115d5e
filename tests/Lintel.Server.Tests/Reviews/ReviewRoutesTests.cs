using System.Text.Json;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Tests.Live;
using Lintel.Pipeline.Tests.Live.Reviews;
using Lintel.Server.Tests.Http;

namespace Lintel.Server.Tests.Reviews;

public sealed class ReviewRoutesTests : IAsyncLifetime
{
    private ServedPayments _server = null!;

    public async Task InitializeAsync() => _server = await StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Queue_tells_counts_capacity_and_items_by_priority()
    {
        await DecideAsync("p1", 2_000);
        await DecideAsync("p2", 2_500);
        await DecideAsync("allowed", 10);
        await OkAsync("/v1/reviews/p1/verdict", """{"by":"ann","value":true}""");

        var queue = await _server.GetJsonAsync("/v1/reviews");

        queue.GetProperty("open").GetInt32().ShouldBe(1);
        var item = queue.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (Text(item, "id"), Text(item, "state")).ShouldBe(("p2", "open"));
        item.GetProperty("stake").GetDouble().ShouldBe(2_500);
        item.GetProperty("priority").GetDouble().ShouldBe(2_500 * item.GetProperty("probability").GetDouble(), 1e-9);
        var capacity = queue.GetProperty("capacity");
        capacity.GetProperty("perDay").GetDouble().ShouldBe(4);
        (capacity.GetProperty("verdictsToday").GetInt32(), capacity.GetProperty("enqueuedToday").GetInt32()).ShouldBe((1, 2));
        capacity.GetProperty("usedToday").GetDouble().ShouldBe(0.25);
        var closed = await _server.GetJsonAsync("/v1/reviews?state=closed");
        closed.GetProperty("items")[0].GetProperty("judgedBy").GetString().ShouldBe("ann");
        (await _server.GetJsonAsync("/v1/reviews?limit=0")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Item_shows_event_reasons_history_and_who_did_what()
    {
        await DecideAsync("before", 12, card: "c7");
        await DecideAsync("p/ä 1", 2_400, card: "c7");
        await DecideAsync("after", 15, card: "c7");
        var path = "/v1/reviews/" + Uri.EscapeDataString("p/ä 1");
        await OkAsync(path + "/claim", """{"by":"ann","note":"looks odd"}""");

        var item = await _server.GetJsonAsync(path);

        (Text(item, "claimedBy"), Text(item, "state")).ShouldBe(("ann", "claimed"));
        var decision = item.GetProperty("decision");
        Text(decision, "rule").ShouldStartWith("review if strange");
        decision.GetProperty("event").GetProperty("amount").GetDouble().ShouldBe(2_400);
        decision.GetProperty("explanation").GetProperty("contributions").GetArrayLength().ShouldBe(6);
        var history = item.GetProperty("history").EnumerateArray().First(static h => Text(h, "key") == "card");
        history.GetProperty("decisions").EnumerateArray().Select(static d => Text(d, "id")).ShouldBe(["after", "before"]);
        history.GetProperty("decisions")[1].GetProperty("event").GetProperty("amount").GetDouble().ShouldBe(12);
        var act = item.GetProperty("acts").EnumerateArray().ShouldHaveSingleItem();
        (Text(act, "act"), Text(act, "by"), Text(act, "note")).ShouldBe(("claim", "ann", "looks odd"));
    }

    [Fact]
    public async Task Review_goes_from_claim_to_undo_and_survives_a_restart()
    {
        await DecideAsync("p1", 2_000);
        Text(await OkAsync("/v1/reviews/claim", """{"by":"ann","act":"c1","for":600}"""), "id").ShouldBe("p1");
        (await OkAsync("/v1/reviews/claim", """{"by":"ann","act":"c1","for":600}""")).GetProperty("repeated").GetBoolean().ShouldBeTrue();
        await OkAsync("/v1/reviews/p1/extend", """{"by":"ann","for":1200}""");
        (await FaultAsync("/v1/reviews/claim", """{"by":"ben"}""", 404)).ShouldContain("1 items, each held");
        (await FaultAsync("/v1/reviews/p1/claim", """{"by":"ben"}""", 409)).ShouldContain("held by ann");
        await OkAsync("/v1/reviews/p1/release", """{"by":"ann"}""");
        await OkAsync("/v1/reviews/p1/claim", """{"by":"ben"}""");
        await OkAsync("/v1/reviews/p1/verdict", """{"by":"ben","value":true,"act":"v1"}""");
        (await FaultAsync("/v1/reviews/p1/verdict", """{"by":"ann","value":false}""", 409)).ShouldContain("overrule");
        await OkAsync("/v1/reviews/p1/verdict", """{"by":"ann","value":false,"overrule":true,"note":"a friend"}""");

        await using var again = await StartAsync(await _server.StopAsync());
        _server = again;
        var item = await _server.GetJsonAsync("/v1/reviews/p1");
        (Text(item, "state"), Text(item, "judgedBy"), item.GetProperty("verdict").GetBoolean()).ShouldBe(("closed", "ann", false));
        item.GetProperty("acts").EnumerateArray().Select(static a => Text(a, "act"))
            .ShouldBe(["claim", "extend", "release", "claim", "verdict", "verdict"]);
        (await OkAsync("/v1/reviews/p1/verdict", """{"by":"ben","value":true,"act":"v1"}""")).GetProperty("repeated").GetBoolean().ShouldBeTrue();
        Text(await OkAsync("/v1/reviews/p1/undo", """{"by":"ann"}"""), "state").ShouldBe("open");
        _server = await StartAsync();
    }

    [Fact]
    public async Task Verdict_sent_as_an_event_closes_the_item()
    {
        await DecideAsync("p1", 2_000);

        await OkAsync("/v1/events", """{"event":"inspection","about":"p1","fraud":true}""");

        var item = await _server.GetJsonAsync("/v1/reviews/p1");
        (Text(item, "state"), Text(item, "judgedBy")).ShouldBe(("closed", ""));
        await OkAsync("/v1/events", """{"event":"inspection","about":"p1","fraud":null}""");
        Text(await _server.GetJsonAsync("/v1/reviews/p1"), "state").ShouldBe("open");
    }

    [Theory]
    [InlineData("/v1/reviews/p1/verdict", """{"by":"ann"}""", 422, "#/value")]
    [InlineData("/v1/reviews/p1/verdict", """{"by":"ann","value":"yes"}""", 422, "#/value")]
    [InlineData("/v1/reviews/p1/claim", "{}", 422, "#/by")]
    [InlineData("/v1/reviews/p1/claim", """{"by":"ann","colour":"red"}""", 422, "#/colour")]
    [InlineData("/v1/reviews/p1/claim", """{"by":"ann","for":-1}""", 422, "#/for")]
    [InlineData("/v1/reviews/p1/claim", """{"by":"ann","for":1e300}""", 422, "#/for")]
    [InlineData("/v1/reviews/p1/claim", "[]", 422, "#")]
    [InlineData("/v1/reviews/p1/claim", "", 400, "#")]
    [InlineData("/v1/reviews/p1/claim", "{} {}", 400, "#")]
    [InlineData("/v1/reviews/p1/claim", """{"by":"\ud800"}""", 400, "#")]
    [InlineData("/v1/reviews/nobody/claim", """{"by":"ann"}""", 404, "#")]
    [InlineData("/v1/reviews/p1/undo", """{"by":"ann"}""", 409, "#")]
    public async Task Act_that_cannot_be_says_why_and_changes_nothing(string path, string body, int status, string pointer)
    {
        await DecideAsync("p1", 2_000);

        var (got, type, problem) = await _server.PostAsync(path, body);

        (got, type).ShouldBe((status, "application/problem+json"));
        Text(problem.GetProperty("errors")[0], "pointer").ShouldBe(pointer);
        Text(await _server.GetJsonAsync("/v1/reviews/p1"), "state").ShouldBe("open");
    }

    [Theory]
    [InlineData("/v1/reviews?state=lost", 422)]
    [InlineData("/v1/reviews?limit=many", 422)]
    [InlineData("/v1/reviews?limit=1001", 422)]
    [InlineData("/v1/reviews/nobody", 404)]
    public async Task Question_that_cannot_be_answered_says_why(string path, int status) =>
        (await _server.GetAsync(path)).Status.ShouldBe(status);

    [Fact]
    public async Task Metrics_tell_of_the_queue()
    {
        await DecideAsync("p1", 2_000);
        await DecideAsync("p2", 2_000);
        await DecideAsync("p3", 2_000);
        await OkAsync("/v1/reviews/p1/verdict", """{"by":"ann","value":true}""");
        await OkAsync("/v1/reviews/p2/claim", """{"by":"ann"}""");

        var metrics = (await _server.GetAsync("/metrics")).Body.Split('\n');

        metrics.ShouldContain("lintel_reviews_open 1");
        metrics.ShouldContain("lintel_reviews_claimed 1");
        metrics.ShouldContain("lintel_reviews_enqueued_total 3");
        metrics.ShouldContain("lintel_reviews_verdicts_total{value=\"yes\"} 1");
        metrics.ShouldContain("lintel_reviews_minutes_to_verdict_bucket{le=\"1\"} 1");
        metrics.ShouldContain("lintel_reviews_minutes_to_verdict_count 1");
        metrics.ShouldContain("lintel_requests_total{route=\"review-verdict\",status=\"200\"} 1");
    }

    [Fact]
    public async Task Page_is_served_whole()
    {
        var (status, type, body) = await _server.GetAsync("/reviews");
        (status, type).ShouldBe((200, "text/html"));
        body.ShouldContain("</html>");
        body.ShouldNotContain("http://");
        body.ShouldNotContain("https://");
    }

    [Fact]
    public async Task Design_without_reviews_says_what_to_add()
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, _, body) = await server.GetAsync("/v1/reviews");
        status.ShouldBe(404);
        body.ShouldContain("reviews: { verdict: EVENT.FIELD }");
        (await server.GetAsync("/metrics")).Body.ShouldNotContain("lintel_reviews_open");
    }

    private static Task<ServedPayments> StartAsync(string? folder = null) => ServedPayments.StartAsync(folder,
        change: static options =>
        {
            var version = PlainModel.Version(out _, design: ReviewedDesign.Text);
            return options with { Loaded = (version, LiveState.Empty(version.Compiled, InstantOrder.ByPlace)) };
        });

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task DecideAsync(string id, double amount, string? card = null) => await OkAsync("/v1/decide",
        $$"""{"id":"{{id}}","card":"{{card ?? "c-" + id}}","terminal":"t-{{id}}","amount":{{amount}},"online":false}""");

    private async Task<JsonElement> OkAsync(string path, string body)
    {
        var (status, _, answer) = await _server.PostAsync(path, body);
        status.ShouldBe(200, answer.GetRawText());
        return answer;
    }

    private async Task<string> FaultAsync(string path, string body, int expected)
    {
        var (status, _, answer) = await _server.PostAsync(path, body);
        status.ShouldBe(expected, answer.GetRawText());
        return answer.GetRawText();
    }
}
