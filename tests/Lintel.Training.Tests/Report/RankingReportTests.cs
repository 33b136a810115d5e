using System.Text.RegularExpressions;
using Lintel.Pipeline.Versions;
using Lintel.Training.Report;

namespace Lintel.Training.Tests.Report;

/// <summary>What the page says of a ranking, and what it leaves out.</summary>
public sealed class RankingReportTests
{
    [Fact]
    public void Funnel_tells_sources_and_lines_with_their_price()
    {
        var funnel = Section(Page(SampleRanking.Make()), "funnel");

        foreach (var expected in new[]
        {
            "recall@100", "7.8 %", "hot &lt;week&gt;", "at least 1 of fresh", "12.5 %", "237.9", "the page's own length", "+0.004",
            "0.001 to 0.007",
        })
        {
            funnel.ShouldContain(expected);
        }
    }

    [Fact]
    public void Recall_has_a_line_for_each_source_that_ends_where_it_has_no_more()
    {
        var funnel = Section(Page(SampleRanking.Make()), "funnel");

        Regex.Count(funnel, "<path class=\"curve\"").ShouldBe(3);
        Regex.Count(funnel, "<g class=\"union\">").ShouldBe(1);
        Points("hot &lt;week&gt;").ShouldBe(["10", "100"]);            // 500 finds no more than 100
        Points("taste").ShouldBe(["10", "100", "500"]);

        string[] Points(string source) =>
            [.. Regex.Matches(funnel, $"<title>{Regex.Escape(source)}: recall@(\\d+)").Select(static m => m.Groups[1].Value)];
    }

    [Fact]
    public void Names_of_the_lines_keep_apart_however_many_end_together()
    {
        var same = Enumerable.Range(0, 12).Select(static i => new RetrievalResult($"source{i}", [new(10, 0.1, 0.2, 10), new(50, 0.3, 0.4, 50)], 50, 0.01));
        var funnel = Section(Page(SampleRanking.Make() with { Retrieval = [.. same] }), "funnel");

        var heights = Regex.Matches(funnel, """<text x="[\d.]+" y="([\d.]+)">source""")
            .Select(static m => double.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Order().ToArray();

        heights.Length.ShouldBe(12);
        heights.Zip(heights.Skip(1), static (a, b) => b - a).ShouldAllBe(static gap => gap >= 12);
    }

    [Fact]
    public void Each_competitor_is_a_row_and_says_whether_it_is_behind()
    {
        var competitors = Section(Page(SampleRanking.Make()), "competitors");

        Regex.Count(competitors, "<details open>").ShouldBe(1);
        competitors.ShouldContain("ahead of 1, behind 1 of 3");
        competitors.ShouldContain("ahead of 1 of 1");
        competitors.ShouldContain("not told apart");
    }

    [Fact]
    public void Sections_of_classifications_are_left_out_and_every_link_arrives()
    {
        var page = Page(SampleRanking.Make());

        page.ShouldNotContain("id=\"policy\"");
        page.ShouldNotContain("id=\"curves\"");
        page.ShouldNotContain("id=\"kinds\"");
        page.ShouldNotContain("1522");                                  // right items are no share of requests
        page.ShouldContain("6\u2009135 right ones");
        var anchors = Regex.Matches(page, """ id="([^"]+)""").Select(static m => m.Groups[1].Value).ToHashSet();
        Regex.Matches(page, """href="#([^"]+)""").Select(static m => m.Groups[1].Value).ShouldAllBe(link => anchors.Contains(link));
    }

    [Fact]
    public void Classification_has_no_funnel()
    {
        var page = Page(SampleManifest.Make());

        page.ShouldNotContain("id=\"funnel\"");
        page.ShouldNotContain("id=\"competitors\"");
        page.ShouldNotContain("href=\"#funnel\"");
        page.ShouldContain("id=\"policy\"");
    }

    [Fact]
    public void Form_of_a_ranking_says_that_it_makes_a_page()
    {
        var form = SampleManifest.Form with { Items = "movie", Outcomes = [] };

        var page = ReportPage.Write(SampleRanking.Make(), SampleManifest.Design, new() { Form = form });

        page.ShouldContain("Make the page");
        page.ShouldContain("\"items\":\"movie\"");
    }

    private static string Page(VersionManifest manifest) => ReportPage.Write(manifest, SampleManifest.Design);

    private static string Section(string page, string id) =>
        Regex.Match(page, $"""<section id="{id}">(.*?)</section>""", RegexOptions.Singleline).Groups[1].Value;
}
