using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Design.Diagnostics;
using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Tests.Rendering;

public sealed class ViewTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Version_fits_its_width_and_says_everything_without_colour(int width)
    {
        var text = Render(width, console => VersionView.Write(console, Manifests.Fraud()));
        foreach (var line in text.Split('\n')) { line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(width); }
        text.ShouldNotContain('\u001b');
        string[] said =
        [
            "fraud version 3", "220,512", "2025-04-19", "average-precision", "0.712", "0.668 … 0.751", "0.231", "0.391!", "↓",
            "night", "* fewer than 100", "✔", "✘", "?", "0.84 ms", "p95 34 a day", "0.994 of all", "p ≥ 0.861", "off", "98.78 %",
            "10.00 % of the negatives kept", "93,377 decisions compared, 0 differ", "912 MiB",
            "detection by kind", "never", "0.598", "first party *", "which training never saw",
        ];
        foreach (var words in said) { text.ShouldContain(words); }
    }

    [Fact]
    public void Ranking_has_competitors_as_rows_and_fits_80_columns()
    {
        string[] metrics = ["ndcg@10", "recall@10", "hit-rate@10", "mrr", "map@10", "coverage@10", "gini@10"];
        string[] besides = ["ranker", "taste", "item-to-item", "popular", "random"];
        var manifest = Manifests.Fraud() with
        {
            Rows = new(403, 0, 573) { TrainPositives = 6_135, TestPositives = 573 },
            Metrics = new(metrics.ToDictionary(static m => m, static _ => new MetricResult(0.238, null, [0.193, 0.291], []))),
            MetricOrder = metrics,
            Models = [],
            Outcomes = [],
            Thresholds = [],
            RulePrices = [],
            Kinds = null,
            Retrieval = [new("taste", [new(10, 0.044, 0.2, 7), new(100, 0.25, 0.4, 68)], 136, 0.078), new("union", [new(10, 0.2, 0.6, 17), new(100, 0.6, 0.8, 160)], 248, null)],
            Gains = [.. metrics.SelectMany(m => besides.Select(b => new GainResult(m, b, 0.197, [0.1, 0.2], 0.041, b == "ranker" ? [-0.02, -0.01] : [0.02, 0.06])))],
            Steps = [new(0, "take 10", 237.9, 0, "recall@10", null)],
        };

        var text = Render(80, console => VersionView.Write(console, manifest));

        foreach (var line in text.Split('\n')) { line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(80); }
        text.ShouldContain("competitors");
        var heading = text.Split('\n').First(static l => l.Contains("hit-rate@10", StringComparison.Ordinal) && l.Contains("ndcg@10", StringComparison.Ordinal));
        heading.Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["ndcg@10", "recall@10", "hit-rate@10", "mrr", "map@10"]);
        text.Split('\n').First(static l => l.StartsWith("ranker ", StringComparison.Ordinal)).ShouldContain("0.197!");
        text.Split('\n').First(static l => l.StartsWith("item-to-item ", StringComparison.Ordinal)).ShouldContain("0.197+");
        text.ShouldNotContain("1522");
        text.ShouldContain("6,135 of them right");
        text.ShouldContain("page length");
    }

    [Fact]
    public void Estimates_and_ranges_are_readable_at_80_columns()
    {
        var figures = new RangeFigures(0.8049, [0.7747, 0.8325], 37.02);
        var covers = new[] { 0.8, 0.9 }.Select(share => new CoverResult(share, figures with { Coverage = 0.7623 }, figures with { Coverage = 0.82 }, figures)).ToList();
        var manifest = Manifests.Fraud() with
        {
            Estimate = new(
                [.. new[] { 0.05, 0.1, 0.5, 0.9, 0.95 }.Select(static l => new QuantileResult(l, "range", l + 0.0034))],
                [.. Enumerable.Range(1, 10).Select(static d => new EstimateDecile(123_456, 6_200 + d, 1_234, 1_230, 1_239, [0.784, 1]))], 44, 41)
            {
                Ranges = [0.8, 0.9],
                Range = new("range", "market", covers, [.. Enumerable.Range(0, 14).Select(g => new RangeGroup($"[market] {g}", 123_456, covers))], 3)
                {
                    Slices = [new("hour >= 17 and hour < 21", 817, covers)],
                },
            },
        };

        var text = Render(80, console => EstimatesView.Write(console, manifest)) + Render(80, console => RangesView.Write(console, manifest));

        var lines = text.Split('\n');
        foreach (var line in lines) { line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(80); }
        text.ShouldNotContain("…\n");
        lines.Single(static l => l.Contains("estimate ", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe(["rows", "estimate", "actual", "10 % below", "10 % above", "in 80 %", "in 90 %"]);
        lines.ShouldContain(static l => l.StartsWith("10  123,456", StringComparison.Ordinal) && l.Contains("78.4 %  100.0 %", StringComparison.Ordinal));
        text.ReplaceLineEndings(" ").ShouldContain("below the 5 % quantile lie 5.3 %, below the 10 % 10.3 %");
        foreach (var words in new[]
        {
            "80 %  as fitted", "split conformal, fixed before the test    82.0 %", "adaptive, as served", "77.5 … 83.3 %", "37.02",
            "hour >= 17 and hour < 21", "ranges by market", "[market] 11", "2 more in the report", "fewer than 100 decisions: 3",
        })
        {
            text.ShouldContain(words);
        }
        text.ShouldNotContain("[market] 12");
    }

    [Fact]
    public void Metric_without_a_value_is_a_dash()
    {
        var line = Render(100, console => MetricsView.Write(console, Manifests.Fraud())).Split('\n').Single(static l => l.Contains("log-loss"));
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["log-loss", "↓", "–", "–", "0.031", "–", "–"]);
    }

    [Fact]
    public void Findings_show_evidence_question_and_fix_and_what_was_allowed()
    {
        var text = Render(80, console => FindingsView.Write(console, Manifests.Fraud().Findings));
        text.ShouldContain("3 findings, 1 blocks");
        text.ShouldContain("! LT0471 reviewers' load (warning)");
        text.ShouldContain("! LT0421 random split (allowed)");
        text.ShouldContain("✘ LT0431 labels are used before they are known (blocks)");
        text.ShouldContain("at        design.yaml:65:5");
        text.ShouldContain("p95 of 34 a day against a capacity of 30");
        text.ShouldContain("What happens on the worst day of the month?");
        text.ShouldContain("a published protocol");
        text.ShouldContain("[by choice]");                 // brackets are not markup
    }

    [Fact]
    public void Findings_in_short_keep_what_blocks_whole()
    {
        var text = Render(80, console => FindingsView.WriteShort(console, Manifests.Fraud().Findings, "lintel review fraud"));
        text.ShouldContain("lintel review fraud tells question and fix");
        text.ShouldContain("When do you know that a payment was fraud?");
        text.ShouldNotContain("What happens on the worst day of the month?");
        text.ShouldContain("  ! LT0471 reviewers' load");
        text.ShouldContain("    :65    p95 of 34 a day against a capacity of 30");
    }

    [Fact]
    public void Diagnostics_show_the_line_and_a_caret_under_the_place()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "lintel: 1\nfeatures:\n  night: hour(tme) <= 6\n");
        try
        {
            var text = Render(100, console => DiagnosticsView.Write(
                console,
                [new("LT0203", Severity.Error, new(path, 3, 15, 3), "there is no column 'tme'", "'tme'", "a column of payment", "write 'time'")]));
            text.ShouldContain("LT0203: there is no column 'tme'");
            text.ShouldContain("    3 |   night: hour(tme) <= 6\n      |               ^^^\n");
            text.ShouldContain("got 'tme'; expected a column of payment");
            text.ShouldContain("fix: write 'time'");
            text.ShouldContain("1 error; nothing was applied");
        }
        finally { File.Delete(path); }
    }

    [Theory]
    [InlineData(0, 1)]            // a fault of the whole file
    [InlineData(99, 1)]           // past its end
    [InlineData(1, 400)]          // past the end of its line
    [InlineData(2, 170)]          // in the middle of a long line
    public void Diagnostics_bear_any_place(int line, int column)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, $"short\n{new string('x', 300)}\n");
        try
        {
            var text = Render(80, console => DiagnosticsView.Write(console, [new("LT0100", Severity.Error, new(path, line, column, 9), "fault")]));
            text.ShouldContain("LT0100");
            foreach (var shown in text.Split('\n').Where(static l => l.Contains('|'))) { shown.Length.ShouldBeLessThanOrEqualTo(80); }
            if (line == 2) { text.ShouldContain("^^^^^^^^^"); }
        }
        finally { File.Delete(path); }
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(0.0, "0")]
    [InlineData(22.0, "22")]
    [InlineData(0.71234, "0.712")]
    [InlineData(12.345, "12.35")]
    [InlineData(123.45, "123.5")]
    [InlineData(2_975.4, "2,975")]
    [InlineData(0.000123, "1.2e-4")]
    [InlineData(-0.5, "-0.500")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Figure_is_short_and_exact_enough(double? value, string expected) => Figure.Show(value).ShouldBe(expected);

    internal static string Render(int width, Action<IAnsiConsole> write)
    {
        using var output = new StringWriter();
        write(new Terminal(output, TextWriter.Null, json: false, outputIsTerminal: false, errorIsTerminal: false, width, TimeProvider.System).Out);
        return output.ToString();
    }
}
