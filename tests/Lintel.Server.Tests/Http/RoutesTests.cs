using System.Text;
using System.Text.Json;

namespace Lintel.Server.Tests.Http;

public sealed class RoutesTests
{
    [Fact]
    public async Task Item_of_a_decision_that_gave_an_outcome_is_not_there()
    {
        await using var served = await ServedPayments.StartAsync();
        await served.PostAsync("/v1/decide", ServedPayments.Payment("p1"));

        var (status, type, body) = await served.GetAsync("/v1/decisions/p1/items/film%2F7");
        var unknown = await served.GetAsync("/v1/decisions/nobody/items/film");

        (status, type).ShouldBe((404, "application/problem+json"));
        body.ShouldContain("the decision gave an outcome, not a page");
        unknown.Status.ShouldBe(404);
        unknown.Body.ShouldContain("nobody");
    }

    [Fact]
    public async Task Decide_answers_compactly_and_a_repeat_alike()
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, type, body) = await server.PostAsync("/v1/decide", ServedPayments.Payment("p1", 2000));
        (status, type).ShouldBe((200, "application/json"));
        body.EnumerateObject().Select(static p => p.Name).ShouldBe(["id", "decision", "score", "margin", "rule",
            "version", "place"]);
        body.GetProperty("decision").GetString().ShouldBe("review");
        body.GetProperty("score").GetDouble().ShouldBe(1 / (1 + Math.Exp(-body.GetProperty("margin").GetDouble())));
        var again = await server.PostAsync("/v1/decide", ServedPayments.Payment("p1", 1));
        again.Body.GetRawText().ShouldBe(body.GetRawText());
    }

    [Fact]
    public async Task Array_is_decided_record_by_record()
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, _, body) = await server.PostAsync(
            "/v1/decide?features=true",
            $$"""[{{ServedPayments.Payment("p1", 10)}},{"event":"verdict","about":"p1","fraud":true},{{ServedPayments.Payment("p2", 30)}}]""");
        status.ShouldBe(200);
        body.GetArrayLength().ShouldBe(3);
        body[1].GetProperty("event").GetString().ShouldBe("verdict");
        var features = body[2].GetProperty("features");
        features.GetProperty("card_payments_1d").GetDouble().ShouldBe(1);
        features.GetProperty("amount_vs_usual").GetDouble().ShouldBe(3);
        features.GetProperty("terminal_risk_30d").GetDouble().ShouldBe(1);
        body[0].GetProperty("features").GetProperty("since_last").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Decision_can_answer_afterwards_also_after_a_restart()
    {
        var server = await ServedPayments.StartAsync();
        var decided = (await server.PostAsync("/v1/decide?explain=true", ServedPayments.Payment("p/ä 1", 2000))).Body;
        var path = "/v1/decisions/" + Uri.EscapeDataString("p/ä 1");
        var before = await server.GetAsync(path);
        before.Status.ShouldBe(200);
        await using var again = await ServedPayments.StartAsync(await server.StopAsync());
        var found = await again.GetAsync(path);
        found.Body.ShouldBe(before.Body);
        var record = JsonDocument.Parse(found.Body).RootElement;
        record.GetProperty("event").GetProperty("amount").GetDouble().ShouldBe(2000);
        record.GetProperty("event").GetProperty("card").GetString().ShouldBe("c1");
        record.GetProperty("explanation").GetRawText().ShouldBe(decided.GetProperty("explanation").GetRawText());
        var why = record.GetProperty("explanation");
        var sum = why.GetProperty("base").GetDouble()
            + why.GetProperty("contributions").EnumerateArray().Sum(static c =>
                c.GetProperty("contribution").GetDouble());
        sum.ShouldBe(record.GetProperty("margin").GetDouble(), 1e-9);
        why.GetProperty("policy").EnumerateArray().Single(static r => r.GetProperty("acted").GetBoolean())
            .GetProperty("outcome").GetString().ShouldBe("review");
    }

    [Fact]
    public async Task What_if_tells_both_and_enters_nothing()
    {
        await using var server = await ServedPayments.StartAsync();
        await server.PostAsync("/v1/decide", ServedPayments.Payment("p1", 10));
        var (status, _, body) = await server.PostAsync("/v1/decisions/p1/what-if", """{"amount":5000}""");
        status.ShouldBe(200);
        (body.GetProperty("before").GetString(), body.GetProperty("windows").GetString()).ShouldBe(("allow",
            "as recorded"));
        body.GetProperty("rule").GetString()!.ShouldStartWith("block");
        (await server.GetJsonAsync("/v1/decisions/p1")).GetProperty("decision").GetString().ShouldBe("allow");
        var faulty = await server.PostAsync("/v1/decisions/p1/what-if", """{"colour":1}""");
        (faulty.Status, faulty.Type).ShouldBe((422, "application/problem+json"));
        (await server.PostAsync("/v1/decisions/nobody/what-if", "{}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("/v1/decide", "{\"id\":", 400, "#", "line 1")]
    [InlineData("/v1/decide", "", 400, "#", "empty")]
    [InlineData("/v1/decide", """{"id":"p1","card":"c","terminal":"t","amount":"a","online":true}""", 422, "#/amount", "a finite number")]
    [InlineData("/v1/decide", """{"id":"p1","card":"c","terminal":"t","amount":1,"online":true,"x":1}""", 422, "#/x", "no field 'x'")]
    [InlineData("/v1/decide", """{"id":"p1","card":"c","terminal":"t","amount":1}""", 422, "#/online", "missing")]
    [InlineData("/v1/events", """{"event":"verdict","about":"p9","fraud":true}""", 422, "#/about", "no payment of this id")]
    [InlineData("/v1/events", """{"fraud":true}""", 422, "#/event", "payment, verdict")]
    [InlineData("/v1/decid", "{}", 404, "#", "nothing answers here")]
    public async Task Fault_is_a_problem_document_and_nothing_is_applied(
        string path, string body, int expectedStatus, string pointer, string says)
    {
        await using var server = await ServedPayments.StartAsync();
        var (status, type, problem) = await server.PostAsync(path, body);
        (status, type).ShouldBe((expectedStatus, "application/problem+json"));
        problem.GetProperty("status").GetInt32().ShouldBe(expectedStatus);
        problem.GetProperty("type").GetString()!.ShouldStartWith("urn:lintel:problem:");
        problem.GetProperty("instance").GetString().ShouldBe(path);
        problem.GetProperty("detail").GetString()!.ShouldContain(says);
        var error = problem.GetProperty("errors")[0];
        error.GetProperty("pointer").GetString().ShouldBe(pointer);
        error.EnumerateObject().Select(static p => p.Name).ShouldBe(["pointer", "what", "got", "expected", "fix"]);
        var first = (await server.PostAsync("/v1/decide?features=true", ServedPayments.Payment("p1"))).Body;
        first.GetProperty("features").GetProperty("card_payments_1d").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task Body_past_the_limit_is_refused_told_or_chunked()
    {
        await using var server = await ServedPayments.StartAsync(maxBodyBytes: 1000);
        var (status, type, problem) = await server.PostAsync("/v1/decide", new string(' ', 1001));
        (status, type).ShouldBe((413, "application/problem+json"));
        problem.GetProperty("errors")[0].GetProperty("expected").GetString().ShouldBe("at most 1000 bytes");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/decide");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent(new string(' ', 5000));
        using var response = await server.Client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(413);
        (await server.PostAsync("/v1/decide", ServedPayments.Payment("p1"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Failed_scoring_still_answers_as_the_design_says()
    {
        await using var server = await ServedPayments.StartAsync();
        server.Model.Broken = "no";
        var (status, _, body) = await server.PostAsync("/v1/decide", ServedPayments.Payment("p1"));
        status.ShouldBe(200);
        (body.GetProperty("decision").GetString(), body.GetProperty("failed").GetBoolean()).ShouldBe(("review", true));
        body.GetProperty("because").GetString().ShouldBe("scoring failed");
        body.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
        server.Model.Broken = null;
        (await server.GetJsonAsync("/v1/decisions/p1")).GetProperty("unexplained").GetString()!.ShouldContain("scoring failed");
        (await server.GetAsync("/metrics")).Body.ShouldContain("lintel_decisions_failed_total 1");
    }

    [Fact]
    public async Task Health_metrics_versions_and_report_answer()
    {
        await using var server = await ServedPayments.StartAsync();
        await server.PostAsync("/v1/decide", ServedPayments.Payment("p1"));
        await server.PostAsync("/v1/decide", ServedPayments.Payment("p1"));
        await server.PostAsync("/v1/decide", "{");
        (await server.GetAsync("/health/live")).Status.ShouldBe(200);
        (await server.GetAsync("/health/ready")).Status.ShouldBe(200);
        var (_, type, metrics) = await server.GetAsync("/metrics");
        type.ShouldBe("text/plain");
        metrics.ShouldContain("lintel_requests_total{route=\"decide\",status=\"200\"} 2");
        metrics.ShouldContain("lintel_requests_total{route=\"decide\",status=\"400\"} 1");
        metrics.ShouldContain("lintel_decisions_total{outcome=\"allow\"} 1");
        metrics.ShouldContain("lintel_repeats_total 1");
        metrics.ShouldContain("lintel_decide_seconds_count 2");
        metrics.ShouldContain("lintel_freshness_seconds_count 2");
        metrics.ShouldContain("lintel_decisions_late_total 0");
        metrics.ShouldContain("lintel_log_sync_seconds_bucket{le=\"+Inf\"}");
        (await server.GetJsonAsync("/v1/versions")).GetProperty("serving").GetInt32().ShouldBe(1);
        (await server.GetAsync("/")).Status.ShouldBe(404);
        Directory.CreateDirectory(Path.GetDirectoryName(server.ReportPath)!);
        await File.WriteAllTextAsync(server.ReportPath, "<!doctype html><title>payments</title>");
        var (status, html, page) = await server.GetAsync("/");
        (status, html).ShouldBe((200, "text/html"));
        page.ShouldContain("<title>payments</title>");
        (await server.GetAsync("/v1/decisions/nobody")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Many_clients_at_once_get_their_own_answers()
    {
        await using var server = await ServedPayments.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var id = $"{client}-{i}";
                var (status, _, body) = await server.PostAsync("/v1/decide", ServedPayments.Payment(id, i));
                (status, body.GetProperty("id").GetString()).ShouldBe((200, id));
            }
        })));
        (await server.GetAsync("/metrics")).Body.ShouldContain("lintel_requests_total{route=\"decide\",status=\"200\"} 800");
        var last = (await server.PostAsync("/v1/decide?features=true", ServedPayments.Payment("last"))).Body;
        last.GetProperty("features").GetProperty("card_payments_1d").GetDouble().ShouldBe(800);
    }

    [Fact]
    public async Task Second_server_on_a_workspace_and_a_missing_version_say_why()
    {
        await using var server = await ServedPayments.StartAsync();
        (await Should.ThrowAsync<IOException>(() =>
            ServedPayments.StartAsync(server.Folder))).Message.ShouldContain("another process");
        var none = await Should.ThrowAsync<InvalidDataException>(() => ServerHost.StartAsync(new()
        {
            Workspace = new(server.Folder),
            Kinds = Pipeline.Tests.Live.PaymentsDesign.Kinds,
        }));
        none.Message.ShouldContain("no version is live");
        Encoding.UTF8.GetByteCount(none.Message).ShouldBeLessThan(400);
    }
}
