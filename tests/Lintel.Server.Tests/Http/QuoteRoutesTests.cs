using System.Text.Json;
using Lintel.Pipeline.Live.Quotes;

namespace Lintel.Server.Tests.Http;

public sealed class QuoteRoutesTests
{
    private const string Order = """{"event":"order","id":"o1","items":2}""";

    private static string Ask(string id, double route, string store = "s1") =>
        $$"""{"id":"{{id}}","about":"o1","store":"{{store}}","trip":"t1","route":{{route}}}""";

    [Fact]
    public async Task A_quote_is_what_the_next_decision_answers_and_enters_nothing()
    {
        await using var server = await ServedDeliveries.StartAsync();
        (await server.PostAsync("/v1/events", Order)).Status.ShouldBe(200);
        (await server.PostAsync("/v1/decide", Ask("a0", 100))).Status.ShouldBe(200);
        var records = server.Host.Live.Records;
        JsonElement quotes = default;
        for (var again = 0; again < 3; again++)
        {
            var (status, body) = await server.PostAsync("/v1/quote", """
                {"items":[{"store":"s1","route":20},{"route":30,"store":"s2","id":"second"},{"store":"s1","route":40,"about":{"items":5}}],
                 "shared":{"about":"o1","trip":null}}
                """);
            status.ShouldBe(200, body.ToString());
            quotes = body.GetProperty("quotes");
        }
        server.Host.Live.Records.ShouldBe(records);
        quotes.GetArrayLength().ShouldBe(3);
        // route, twice the items, the store's asks; 65 % lies 3.75 above the middle
        quotes.EnumerateArray().Select(static q => q.GetProperty("estimate").GetDouble()).ShouldBe([25, 34, 51]);
        quotes[0].GetProperty("promise").GetDouble().ShouldBe(28.75, 1e-9);
        quotes[1].GetProperty("id").GetString().ShouldBe("second");
        quotes[2].GetProperty("quantiles").EnumerateObject().Select(static q => (q.Name, q.Value.GetDouble()))
            .ShouldBe([("10%", 41), ("50%", 51), ("90%", 61)]);

        var decided = (await server.PostAsync("/v1/decide", """{"id":"a1","about":"o1","store":"s1","trip":null,"route":20}""")).Body;
        foreach (var part in new[] { "promise", "estimate", "quantiles" })
        {
            decided.GetProperty(part).GetRawText().ShouldBe(quotes[0].GetProperty(part).GetRawText());
        }
    }

    [Fact]
    public async Task A_promise_is_kept_explained_and_the_same_after_a_restart()
    {
        var server = await ServedDeliveries.StartAsync();
        await server.PostAsync("/v1/events", Order);
        var first = (await server.PostAsync("/v1/decide", Ask("a1", 20))).Body.GetProperty("promise").GetDouble();
        first.ShouldBe(27.75, 1e-9);
        // one ask more and two minutes of route: the promise that was made stands, less what has passed
        var second = (await server.PostAsync("/v1/decide?explain=true", Ask("a2", 21))).Body;
        second.GetProperty("promise").GetDouble().ShouldBeInRange(27.5, 27.75);
        var steps = second.GetProperty("explanation").GetProperty("policy");
        steps[0].GetProperty("promise").GetDouble().ShouldBe(29.75, 1e-9);
        steps[1].GetProperty("step").GetString()!.ShouldStartWith("keep last(decision.promise)");
        steps[1].GetProperty("promise").GetRawText().ShouldBe(second.GetProperty("promise").GetRawText());
        (await server.PostAsync("/v1/decide", Ask("a3", 60))).Body.GetProperty("promise").GetDouble().ShouldBe(69.75, 1e-9);

        await using var again = await ServedDeliveries.StartAsync(await server.StopAsync());
        (await again.PostAsync("/v1/decide", Ask("a2", 21))).Body.GetProperty("promise").GetRawText()
            .ShouldBe(second.GetProperty("promise").GetRawText());
        // a fourth ask keeps what the third one promised
        (await again.PostAsync("/v1/decide", Ask("a4", 59))).Body.GetProperty("promise").GetDouble().ShouldBeInRange(69, 69.75);
    }

    [Theory]
    [InlineData("""{"shared":{"trip":null,"about":"o1"},"items":[{"store":"s1","route":1},{"store":"s1"}]}""", "/items/1/route")]
    [InlineData("""{"shared":{"trip":null,"about":"o1"},"items":[{"store":"s1","route":"far"}]}""", "/items/0/route")]
    [InlineData("""{"shared":{"trip":null,"about":"o1","colour":1},"items":[{"store":"s1","route":1}]}""", "/shared/colour")]
    [InlineData("""{"items":[{"store":"s1","route":1,"trip":null,"about":"o9"}]}""", "/items/0/about")]
    [InlineData("""{"items":[{"store":"s1","route":1,"trip":null}]}""", "/items/0/about")]
    [InlineData("""[{"store":"s1","route":1,"trip":null,"about":{"weight":1}}]""", "/items/0/about/weight")]
    [InlineData("""{"items":[]}""", "/items")]
    [InlineData("""{"items":[5]}""", "/items/0")]
    [InlineData("""{"stores":[]}""", "/stores")]
    public async Task What_is_wrong_names_its_item(string body, string pointer)
    {
        await using var server = await ServedDeliveries.StartAsync();
        await server.PostAsync("/v1/events", Order);
        var (status, problem) = await server.PostAsync("/v1/quote", body);
        status.ShouldBe(422, problem.ToString());
        problem.GetProperty("errors").EnumerateArray().Select(static e => e.GetProperty("pointer").GetString()).ShouldContain("#" + pointer);
    }

    [Fact]
    public async Task A_thousand_items_are_answered_and_more_are_refused()
    {
        await using var server = await ServedDeliveries.StartAsync();
        static string Body(int count)
        {
            var items = Enumerable.Range(0, count).Select(static i => $$"""{"store":"s{{i}}","route":{{i}}}""");
            return """{"shared":{"trip":null,"about":{"items":1}},"items":[""" + string.Join(",", items) + "]}";
        }
        var quotes = (await server.PostAsync("/v1/quote", Body(1_000))).Body.GetProperty("quotes");
        quotes.EnumerateArray().Select(static q => q.GetProperty("estimate").GetDouble()).ShouldBe(Enumerable.Range(2, 1_000).Select(static i => (double)i));
        (await server.PostAsync("/v1/quote", Body(1_001))).Status.ShouldBe(413);
    }

    [Fact]
    public async Task A_quote_allocates_nothing_once_it_has_its_room()
    {
        await using var server = await ServedDeliveries.StartAsync();
        var body = """{"shared":{"trip":"t1","about":{"items":1}},"items":[{"store":"s1","route":1},{"store":"s2","route":2}]}"""u8.ToArray();
        var quote = new QuoteRequest();
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { Ask(); }
        // the models of this test allocate nothing either
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Ask()
        {
            server.Host.Live.ReadQuote(body, quote);
            server.Host.Live.Quote(quote);
            if (quote.Faults.Count > 0) { throw new InvalidOperationException(quote.Faults[0].What); }
            quote.Return();
        }
    }

    [Fact]
    public async Task Only_a_regression_quotes()
    {
        await using var server = await ServedPayments.StartAsync();
        (await server.PostAsync("/v1/quote", """{"items":[{}]}""")).Status.ShouldBe(409);
    }
}
