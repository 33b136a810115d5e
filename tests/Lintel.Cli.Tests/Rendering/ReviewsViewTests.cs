using System.Text.Json;
using Lintel.Cli.Rendering;

namespace Lintel.Cli.Tests.Rendering;

public sealed class ReviewsViewTests
{
    private const string Queue = """
        {"now":"2026-03-14T12:00:00.000000Z","system":"fraud","event":"inspection","field":"fraud","open":1,"claimed":1,"closed":3,
        "overdue":1,"oldestSeconds":18000,"lockSeconds":900,"withinSeconds":14400,
        "capacity":{"perDay":60,"verdictsToday":3,"enqueuedToday":5,"usedToday":0.05,"daysBefore":2,"verdictsPerDay":40.5,"enqueuedPerDay":44},
        "totals":{"enqueued":5,"yes":1,"no":2,"undone":0,"lapsed":0},
        "items":[
        {"id":"p[1]","state":"claimed","priority":120.5,"probability":0.25,"stake":482,"since":"2026-03-14T07:00:00Z","place":9,
        "deadline":"2026-03-14T11:00:00Z","claimedBy":"ann","until":"2026-03-14T12:10:00Z"},
        {"id":"p2","state":"open","priority":3,"probability":null,"stake":3,"since":"2026-03-14T11:59:00Z","place":12}]}
        """;

    private const string Item = """
        {"id":"p[1]","state":"claimed","priority":120.5,"probability":0.25,"stake":482,"since":"2026-03-14T07:00:00Z","place":9,"acts":[],
        "decision":{"id":"p[1]","decision":"review","rule":"review if fraud >= threshold(top 25/day)",
        "event":{"event":"payment","card":"c[7]","amount":482,"online":true},
        "explanation":{"contributions":[{"feature":"amount","value":482,"contribution":1.5},{"feature":"night","value":null,"contribution":-0.25}]}},
        "history":[]}
        """;

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Queue_fits_its_width_and_says_what_a_reviewer_needs(int width)
    {
        var text = ViewTests.Render(width, static console => ReviewsView.WriteQueue(console, Parse(Queue)));

        foreach (var line in text.Split('\n')) { line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(width); }
        string[] said =
            ["1 open, 1 claimed, 1 overdue, oldest 5.0 h", "p[1]", "25.00 %", "482", "5.0 h", "ann for 10 min", "60 s", "–"];
        foreach (var words in said) { text.ShouldContain(words); }
        text.ReplaceLineEndings(" ").ShouldContain("3 judged of 60");
    }

    [Fact]
    public void Item_shows_the_event_and_what_pushed_which_way()
    {
        var text = ViewTests.Render(100, static console => ReviewsView.WriteItem(console, Parse(Item), Parse(Queue)));

        string[] said = ["c[7]", "true", "review if fraud >= threshold(top 25/day)", "towards fraud", "+1.50", "−0.25"];
        foreach (var words in said) { text.ShouldContain(words); }
    }

    [Fact]
    public void Empty_queue_says_so() => ViewTests.Render(80, static console =>
            ReviewsView.WriteQueue(console, Parse(Queue[..Queue.IndexOf("\"items\"", StringComparison.Ordinal)] + "\"items\":[]}")))
        .ShouldContain("nothing waits");

    private static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;
}
