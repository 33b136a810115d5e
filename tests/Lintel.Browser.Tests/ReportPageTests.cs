using System.Net.Http.Json;
using System.Text.Json;
using Lintel.Pipeline.Versions;
using Lintel.Training.Report;
using Lintel.Training.Tests.Report;
using Microsoft.Playwright;

namespace Lintel.Browser.Tests;

/// <summary>The report as a person meets it: in a browser, from the real server, or as a file.</summary>
public sealed class ReportPageTests(ServedReport served) : IClassFixture<ServedReport>
{
    [BrowserFact]
    public async Task Form_sends_a_payment_and_shows_decision_reasons_and_contributions()
    {
        var faults = new List<string>();
        var page = await OpenAsync(faults);
        await page.FillAsync("input[name=terminal]", "t1");
        await page.FillAsync("input[name=amount]", "190");

        var request = await page.RunAndWaitForResponseAsync(() => page.ClickAsync("button[type=submit]"), "**/v1/decide?explain=true");

        var outcome = await page.Locator("#answer [data-outcome]").GetAttributeAsync("data-outcome");
        var answer = (await request.JsonAsync()).ShouldNotBeNull();
        outcome.ShouldBe(answer.GetProperty("decision").GetString());
        outcome.ShouldBeOneOf("allow", "review", "block");
        // base, four features, margin: each drawn
        (await page.Locator("#contributions tr").CountAsync()).ShouldBe(6);
        (await page.Locator("#contributions .step-row .name").AllTextContentsAsync())
            .ShouldContain(static name => name.StartsWith("terminal_risk_7d"));
        var why = answer.GetProperty("explanation");
        var sum = why.GetProperty("base").GetDouble()
            + why.GetProperty("contributions").EnumerateArray().Sum(static c => c.GetProperty("contribution").GetDouble());
        sum.ShouldBe(why.GetProperty("margin").GetDouble(), 1e-9);
        // the rule that decided stands out, and it is the one that the server names
        (await page.Locator(".trace li.hit").CountAsync()).ShouldBe(1);
        (await page.Locator(".trace li.hit").TextContentAsync()).ShouldNotBeNull().ShouldStartWith(answer.GetProperty("rule").GetString()!);
        await ScreenshotAsync(page, "decision");
        faults.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Decision_of_the_form_stays_on_record()
    {
        var page = await OpenAsync();
        var response = await page.RunAndWaitForResponseAsync(() => page.ClickAsync("button[type=submit]"), "**/v1/decide?explain=true");
        var answer = (await response.JsonAsync()).ShouldNotBeNull();

        using var client = new HttpClient { BaseAddress = served.Address };
        var record = await client.GetFromJsonAsync<JsonElement>($"/v1/decisions/{answer.GetProperty("id").GetString()}");

        record.GetProperty("decision").GetString().ShouldBe(answer.GetProperty("decision").GetString());
        record.GetProperty("margin").GetDouble().ShouldBe(answer.GetProperty("margin").GetDouble());
    }

    [BrowserFact]
    public async Task What_if_shows_another_margin_and_changes_no_record()
    {
        var page = await OpenAsync();
        await page.FillAsync("input[name=terminal]", "t1");
        await page.FillAsync("input[name=amount]", "12");
        var first = await page.RunAndWaitForResponseAsync(() => page.ClickAsync("button[type=submit]"), "**/v1/decide?explain=true");
        var decided = (await first.JsonAsync()).ShouldNotBeNull();

        var second = await page.RunAndWaitForResponseAsync(
            () => page.FillAsync(".whatif input[name=amount]", "199"), "**/what-if");

        var asked = (await second.JsonAsync()).ShouldNotBeNull();
        asked.GetProperty("margin").GetDouble().ShouldBeGreaterThan(decided.GetProperty("margin").GetDouble());
        await page.Locator("#what-if [data-outcome]").WaitForAsync();
        (await page.Locator("#what-if .was").CountAsync()).ShouldBe(1);
        await ScreenshotAsync(page, "what-if");
        using var client = new HttpClient { BaseAddress = served.Address };
        var record = await client.GetFromJsonAsync<JsonElement>($"/v1/decisions/{decided.GetProperty("id").GetString()}");
        record.GetProperty("margin").GetDouble().ShouldBe(decided.GetProperty("margin").GetDouble());
    }

    [BrowserFact]
    public async Task Fault_of_the_server_is_shown_as_text()
    {
        var page = await OpenAsync();
        await page.RouteAsync("**/v1/decide?explain=true", static route => route.FulfillAsync(new()
        {
            Status = 422,
            ContentType = "application/problem+json",
            Body = """{ "title": "no", "detail": "<img src=x onerror=alert(1)> is no terminal", "errors": [] }""",
        }));

        await page.ClickAsync("button[type=submit]");

        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("<img src=x onerror=alert(1)> is no terminal");
        (await page.Locator("#try img").CountAsync()).ShouldBe(0);
    }

    [BrowserFact]
    public async Task Status_comes_from_the_server_that_knows_who_is_live()
    {
        var page = await OpenAsync();

        await Assertions.Expect(page.Locator("#status p"))
            .ToHaveTextAsync("Live. Promoted 2026-01-02 03:04 UTC by ada: for the test");
    }

    [BrowserFact]
    public async Task Narrow_page_does_not_scroll_sideways()
    {
        var page = await OpenAsync(width: 400);
        await page.RunAndWaitForResponseAsync(() => page.ClickAsync("button[type=submit]"), "**/v1/decide?explain=true");
        await page.Locator("#contributions").WaitForAsync();

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(400);
        await ScreenshotAsync(page, "narrow");
    }

    [BrowserFact]
    public async Task Pointing_at_a_curve_reads_its_values()
    {
        var page = await OpenAsync();
        var chart = page.Locator(".chart").First;
        await chart.ScrollIntoViewIfNeededAsync();

        await chart.Locator("svg").HoverAsync();

        (await chart.Locator(".read").TextContentAsync()).ShouldNotBeNull().ShouldMatch("^recall [0-9.]+, precision [0-9.]+$");
    }

    [BrowserFact]
    public async Task Page_as_a_file_has_no_form_and_runs_no_foreign_script()
    {
        const string Evil = "</script><script>window.evil = 1</script><img src=x onerror='window.evil = 2'>";
        var manifest = SampleManifest.Make() with
        {
            System = Evil,
            Goal = Evil,
            Metrics = new() { [Evil] = new(0.5, 0.5, [0.4, 0.6], []) },
            Curves = new() { [Evil] = new CurveResult(Evil, Evil, [0, 0.5, 1], [0, 0.7, 1], Evil) },
        };
        var path = Path.Combine(Path.GetTempPath(), $"lintel-{Path.GetRandomFileName()}.html");
        File.WriteAllText(path, ReportPage.Write(manifest, Evil, new() { Form = new("payment", [new(Evil, "text", Evil)], [Evil]) }));
        try
        {
            var page = await served.Browser.NewPageAsync();
            await page.GotoAsync(new Uri(path).AbsoluteUri);

            (await page.EvaluateAsync<bool>("window.evil === undefined")).ShouldBeTrue();
            (await page.Locator("img").CountAsync()).ShouldBe(0);
            (await page.Locator("#offline").IsVisibleAsync()).ShouldBeTrue();
            (await page.Locator("button[type=submit]").IsDisabledAsync()).ShouldBeTrue();
        }
        finally { File.Delete(path); }
    }

    private async Task<IPage> OpenAsync(List<string>? faults = null, int width = 1280)
    {
        var page = await served.Browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 1000 } });
        if (faults is not null)
        {
            page.PageError += (_, fault) => faults.Add(fault);
            page.Console += (_, message) => { if (message.Type == "error") { faults.Add(message.Text); } };
        }
        var response = (await page.GotoAsync(served.Address.AbsoluteUri)).ShouldNotBeNull();
        response.Status.ShouldBe(200);
        return page;
    }

    /// <summary>For people: LINTEL_SCREENSHOTS=folder keeps what the tests saw.</summary>
    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("LINTEL_SCREENSHOTS") is not { Length: > 0 } folder) { return; }
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        await page.Locator("#try").ScreenshotAsync(new() { Path = Path.Combine(folder, name + "-form.png") });
    }
}
