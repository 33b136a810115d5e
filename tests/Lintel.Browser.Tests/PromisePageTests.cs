using Lintel.Design.Kinds;
using Lintel.Training.Fitting;
using Lintel.Training.Tests.Regression;

namespace Lintel.Browser.Tests;

/// <summary>The report of a regression: what an ask is about is sent first, and the answer is a promise within its ranges.</summary>
public sealed class PromisePageTests(PromisePageTests.Served served) : IClassFixture<PromisePageTests.Served>
{
    [BrowserFact]
    public async Task Form_sends_the_order_and_the_ask_and_shows_the_promise_in_its_range()
    {
        var faults = new List<string>();
        var page = await served.Browser.NewPageAsync();
        page.PageError += (_, fault) => faults.Add(fault);
        await page.GotoAsync(served.Address.AbsoluteUri);
        // what the order says is typed once: the ask's trip is the order's id
        (await page.Locator("#decide [name='order.busy']").CountAsync()).ShouldBe(1);
        (await page.Locator("#decide [name=trip]").CountAsync()).ShouldBe(0);
        await page.FillAsync("#decide [name=route]", "12.5");

        var request = await page.RunAndWaitForResponseAsync(() => page.ClickAsync("#decide button[type=submit]"), "**/v1/decide?explain=true");

        request.Status.ShouldBe(200);
        var answer = (await request.JsonAsync()).ShouldNotBeNull();
        var promised = await page.Locator("#answer [data-promise]").First.GetAttributeAsync("data-promise");
        promised.ShouldBe(answer.GetProperty("promise").GetRawText());
        (await page.Locator("#range .span").CountAsync()).ShouldBe(1);
        (await page.Locator("#range .promised").CountAsync()).ShouldBe(1);
        (await page.Locator(".trace li").AllTextContentsAsync()).Count.ShouldBe(2);
        answer.GetProperty("explanation").GetProperty("contributions").EnumerateArray()
            .Single(static c => c.GetProperty("feature").GetString() == "store").GetProperty("text").GetString().ShouldNotBeNull().ShouldStartWith("s");
        faults.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task What_if_promises_anew()
    {
        var page = await served.Browser.NewPageAsync();
        await page.GotoAsync(served.Address.AbsoluteUri);
        await page.RunAndWaitForResponseAsync(() => page.ClickAsync("#decide button[type=submit]"), "**/v1/decide?explain=true");

        var request = await page.RunAndWaitForResponseAsync(() => page.FillAsync("#answer [name=route]", "60"), "**/what-if");

        var answer = (await request.JsonAsync()).ShouldNotBeNull();
        await page.Locator("#what-if [data-promise]").WaitForAsync();
        (await page.Locator("#what-if [data-promise]").GetAttributeAsync("data-promise")).ShouldBe(answer.GetProperty("promise").GetRawText());
    }

    /// <summary>The small delivery log, with promises.</summary>
    public sealed class Served : ServedSystem
    {
        protected override KindRegistry Kinds => Deliveries.Kinds;

        protected override TrainingResult Train(string folder)
        {
            using var made = new Deliveries(
                8, ("about: order by order, time: at, fields: { route: number }", "about: order by order, time: at, keys: { trip: order }, fields: { route: number }"),
                ("serve: { mode: online }", "policy:\n  - promise 80% of minutes\n  - round up to 5\nserve: { mode: online }"));
            foreach (var file in Directory.GetFiles(made.Workspace.Folder)) { File.Copy(file, Path.Combine(folder, Path.GetFileName(file))); }
            return TrainingRun.Run(made.Request with { DesignPath = Path.Combine(folder, "design.yaml"), Workspace = new(folder) });
        }
    }
}
