using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Lintel.Browser.Tests;

/// <summary>The page at <c>/reviews</c> as a reviewer meets it: with the keyboard alone, against the real server.</summary>
public sealed class ReviewPageTests(ServedReport served) : IClassFixture<ServedReport>
{
    [BrowserFact]
    public async Task Whole_review_goes_by_keyboard()
    {
        using var client = new HttpClient { BaseAddress = served.Address };
        var faults = new List<string>();
        var page = await OpenAsync(faults);
        await Expect(page, "#ask-name").ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("ann");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page, "#me").ToHaveTextAsync("ann");
        await Expect(page, "#list").ToContainTextAsync("Nothing waits");

        var waiting = await FillAsync(client);
        await page.ReloadAsync();
        await Expect(page, "#me").ToHaveTextAsync("ann");
        await Expect(page, "#list [aria-selected=true] .name").ToHaveTextAsync(waiting[0]);
        await page.Keyboard.PressAsync("j");
        await Expect(page, "#detail h2").ToContainTextAsync(waiting[1]);
        await page.Keyboard.PressAsync("k");
        await Expect(page, "#detail h2").ToContainTextAsync(waiting[0]);
        await page.Keyboard.PressAsync("?");
        await Expect(page, "#help").ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        // no verdict without a claim, so that two people do not read the same payment
        await page.Keyboard.PressAsync("y");
        await Expect(page, "#toast").ToHaveTextAsync("claim it first: Enter");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page, "#state[data-state=claimed]").ToContainTextAsync("Yours for 1");
        (await page.Locator("#detail .why .bar i").CountAsync()).ShouldBeInRange(1, 4);
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.TypeAsync("young card");
        await page.Keyboard.PressAsync("Escape");
        await ScreenshotAsync(page, "reviews-claimed");
        await page.Keyboard.PressAsync("y");
        await Expect(page, $"#list [data-id='{waiting[0]}']").ToHaveCountAsync(0);
        var judged = await ItemAsync(client, waiting[0]);
        (judged.GetProperty("verdict").GetBoolean(), judged.GetProperty("judgedBy").GetString()).ShouldBe((true, "ann"));
        judged.GetProperty("acts").EnumerateArray().Last().GetProperty("note").GetString().ShouldBe("young card");

        await page.Keyboard.PressAsync("u");
        await Expect(page, $"#list [data-id='{waiting[0]}'][aria-selected=true]").ToHaveCountAsync(1);
        (await ItemAsync(client, waiting[0])).GetProperty("state").GetString().ShouldBe("open");
        await Expect(page, "#state[data-state=open]").ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page, "#state[data-state=claimed]").ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("n");
        await Expect(page, $"#list [data-id='{waiting[0]}']").ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("t");
        await Expect(page, $"#list [data-id='{waiting[0]}'] .tag").ToHaveTextAsync("genuine");
        await Expect(page, "#trail tbody tr").ToHaveCountAsync(5);

        // what another reviewer holds is shown, and not to be had
        (await client.PostAsJsonAsync($"/v1/reviews/{waiting[1]}/claim", new { by = "ben" })).EnsureSuccessStatusCode();
        await page.Keyboard.PressAsync("t");
        await Expect(page, $"#list [data-id='{waiting[1]}'] .tag").ToContainTextAsync("ben 1");
        await Expect(page, "#state[data-state=claimed]").ToContainTextAsync("Held by ben");
        await page.Keyboard.PressAsync("n");
        await Expect(page, "#toast").ToHaveTextAsync("ben holds it");
        await ScreenshotAsync(page, "reviews-held");
        faults.ShouldBeEmpty();
    }

    /// <summary>Sends payments until some wait for a person.</summary>
    /// <returns>Their ids in the order of the queue.</returns>
    private static async Task<string[]> FillAsync(HttpClient client)
    {
        for (var i = 0; i < 400; i++)
        {
            (await client.PostAsJsonAsync("/v1/decide", new
            {
                id = string.Create(CultureInfo.InvariantCulture, $"r{i}"),
                card = $"c{i % 40}",
                terminal = $"t{i % 8}",
                amount = 60 + (i % 29 * 5),
                online = i % 2 == 0,
            })).EnsureSuccessStatusCode();
        }
        var queue = await client.GetFromJsonAsync<JsonElement>("/v1/reviews");
        string[] waiting = [.. queue.GetProperty("items").EnumerateArray().Select(static i => i.GetProperty("id").GetString()!)];
        waiting.Length.ShouldBeGreaterThanOrEqualTo(2);
        return waiting;
    }

    private static Task<JsonElement> ItemAsync(HttpClient client, string id) =>
        client.GetFromJsonAsync<JsonElement>($"/v1/reviews/{id}");

    private static ILocatorAssertions Expect(IPage page, string selector) => Assertions.Expect(page.Locator(selector));

    private async Task<IPage> OpenAsync(List<string> faults)
    {
        var page = await served.Browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) => { if (message.Type == "error") { faults.Add(message.Text); } };
        (await page.GotoAsync(new Uri(served.Address, "/reviews").AbsoluteUri)).ShouldNotBeNull().Status.ShouldBe(200);
        return page;
    }

    /// <summary>For people: LINTEL_SCREENSHOTS=folder keeps what the test saw.</summary>
    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("LINTEL_SCREENSHOTS") is not { Length: > 0 } folder) { return; }
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
