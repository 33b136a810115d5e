using System.Text.RegularExpressions;
using Lintel.Pipeline.Versions;
using Lintel.Training.Report;

namespace Lintel.Training.Tests.Report;

public sealed class ReportPageTests
{
    private static readonly ReportContext WithForm = new() { Form = SampleManifest.Form };

    [Fact]
    public void Page_loads_nothing_from_elsewhere()
    {
        var page = ReportPage.Write(SampleManifest.Make(), SampleManifest.Design, WithForm);

        Regex.Matches(page, """(?:src|href)\s*=\s*"([^"]*)""").Select(static m => m.Groups[1].Value)
            .ShouldAllBe(static target => target.StartsWith('#') || target == "data:,");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("@import");
        page.ShouldNotContain("url(");
    }

    [Fact]
    public void Page_shows_every_part_of_the_manifest()
    {
        var manifest = SampleManifest.Make();
        var page = ReportPage.Write(manifest, SampleManifest.Design, WithForm);

        foreach (var expected in new[]
        {
            "version 7", "average-precision", "0.652 to 0.711", "LT0441", "Overridden, because", "the published comparison splits so",
            "p95 117 a day, mean 99.2", "lintel load fraud --rate 2000", "undecided", "card_payments_30d &lt; 3", "shown only",
            "block if fraud &gt;= threshold(precision 90%)", "terminal_risk_7d", "trees 300, depth 6", "−2.303", "lintel verify 7",
            "Detection by kind", "never in training", "card &lt;testing&gt;", "too few to judge", "80.5 %", "same 69.9 decisions a day",
            "fit known", manifest.DataFingerprint, "name=\"terminal\"",
        })
        {
            page.ShouldContain(expected);
        }
        Regex.Count(page, "<svg viewBox[^>]*data-points").ShouldBe(4);
        Regex.Count(page, "<li id=\"L").ShouldBe(SampleManifest.Design.Split('\n').Length);
    }

    [Fact]
    public void Every_link_inside_the_page_has_its_anchor()
    {
        var page = ReportPage.Write(SampleManifest.Make(), SampleManifest.Design, WithForm);
        var anchors = Regex.Matches(page, """ id="([^"]+)""").Select(static m => m.Groups[1].Value).ToHashSet();

        var links = Regex.Matches(page, """href="#([^"]+)""").Select(static m => m.Groups[1].Value).ToArray();

        links.Length.ShouldBeGreaterThan(12);
        links.ShouldAllBe(link => anchors.Contains(link));
    }

    [Fact]
    public void Findings_of_one_rule_on_one_line_share_an_anchor()
    {
        var manifest = SampleManifest.Make();
        var twice = manifest with { Findings = [.. manifest.Findings, .. manifest.Findings] };

        var page = ReportPage.Write(twice, SampleManifest.Design);

        Regex.Count(page, "<article class=\"finding").ShouldBe(8);
        Regex.Count(page, "id=\"finding-LT0441-26\"").ShouldBe(1);
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        const string Evil = "</script><script>alert(1)</script><img src=x onerror=\"alert('2')\">";
        var manifest = SampleManifest.Make() with
        {
            System = Evil,
            Goal = Evil,
            Command = Evil,
            Metrics = new() { [Evil] = new(0.5, 0.5, [0.4, 0.6], new() { [Evil] = 0.1 }) { Unit = Evil } },
            Slices = [new(Evil, 1, 1, true, new() { [Evil] = new(0.5, null, null, []) })],
            Findings = [new("LT0499", Evil, Evil, 1, 1, Evil, Evil, Evil) { Step = 2, Question = Evil, Because = Evil }],
            Features = [new(Evil, Evil, 0, 0, 0, 0, 0)],
            Curves = new() { [Evil] = new(Evil, Evil, [0, 1], [0, 1], Evil) },
            Files = new() { [Evil] = Evil },
            Refit = null,
        };
        var form = new DecisionForm(Evil, [new(Evil, "text", Evil), new(Evil, "number", Evil)], [Evil]) { Subjects = [new(Evil, [new(Evil, "key", Evil)])] };
        var live = new LiveReference(manifest.Version, manifest.Created, Evil, Evil) { Override = Evil };

        var page = ReportPage.Write(manifest, $"system: {Evil}\n# {Evil}\n{Evil}: 'x", new() { Form = form, Live = live });

        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("<img");
        Regex.Count(page, "<script").ShouldBe(2);
        Regex.Count(page, "</script>").ShouldBe(2);
        page.ShouldContain("&lt;script&gt;alert(1)");
    }

    [Fact]
    public void Script_may_run_only_with_the_hash_that_the_page_states()
    {
        var page = ReportPage.Write(SampleManifest.Make(), SampleManifest.Design);

        var script = page[(page.LastIndexOf("<script>", StringComparison.Ordinal) + 8)..page.LastIndexOf("</script>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        page.ShouldContain($"script-src 'sha256-{hash}'");
    }

    [Fact]
    public void Status_of_a_live_version_names_who_and_why()
    {
        var manifest = SampleManifest.Make();
        var live = new LiveReference(7, manifest.Created, "ada", "all gates hold") { Override = "reviewers: two more start on Monday" };

        var page = ReportPage.Write(manifest, SampleManifest.Design, new() { Live = live });

        page.ShouldContain("Promoted 14 Mar 2026, 09:26 UTC by ada: all gates hold");
        page.ShouldContain("Overridden: reviewers: two more start on Monday");
    }

    [Fact]
    public void Status_of_a_refused_version_lists_what_is_broken_and_only_that()
    {
        var page = ReportPage.Write(SampleManifest.Make(), SampleManifest.Design);

        page.ShouldContain("Promotion is refused");
        var obstacles = Regex.Match(page, """<ul class="obstacles">(.*?)</ul>""").Groups[1].Value;
        Regex.Count(obstacles, "<li>").ShouldBe(1);                      // the undecided gate and the overridden error do not block
        obstacles.ShouldContain("requirement &#39;reviewers: p95 of all review rules ≤ 100 a day&#39; is broken");
    }

    [Fact]
    public void Page_of_an_empty_version_is_whole()
    {
        var manifest = SampleManifest.Make() with
        {
            Metrics = [],
            Models = [],
            Slices = [],
            Requirements = [],
            Gates = [],
            Findings = [],
            Thresholds = [],
            Outcomes = [],
            Ledger = [],
            Tuning = [],
            Features = [],
            Curves = [],
            Seconds = [],
            Files = [],
            Skew = null,
            Refit = null,
            Split = new("a", "b", null, null, "c", "d", "0 s", "by key"),
        };

        var page = ReportPage.Write(manifest, "");

        page.ShouldEndWith("</body></html>");
        page[..page.LastIndexOf("<script>", StringComparison.Ordinal)].ShouldNotContain("NaN", Case.Sensitive);
        page.ShouldContain("lintel verify 7");
        page.ShouldContain("None of them found a fault");
    }

    /// <summary>For people: LINTEL_REPORT_SAMPLE=file.html writes the sample page there.</summary>
    [Fact]
    public void Sample_page_is_written_where_asked()
    {
        var page = ReportPage.Write(SampleManifest.Make(), SampleManifest.Design, WithForm);
        var path = Environment.GetEnvironmentVariable("LINTEL_REPORT_SAMPLE") ?? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, page);
        new FileInfo(path).Length.ShouldBeInRange(40_000, 400_000);
        if (Environment.GetEnvironmentVariable("LINTEL_REPORT_SAMPLE") is null) { File.Delete(path); }
    }
}
