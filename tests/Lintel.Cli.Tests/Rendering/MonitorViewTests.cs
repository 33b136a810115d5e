using Lintel.Cli.Rendering;
using Lintel.Monitoring;
using Lintel.Monitoring.Drift;
using Lintel.Monitoring.Quality;
using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Tests.Rendering;

public sealed class MonitorViewTests
{
    [Fact]
    public void Quality_stands_beside_the_test_and_fits_80_columns()
    {
        LiveFigure[] figures =
        [
            new("mae", "label's unit", 3.586, [3.317, 3.856], 266, 2.866), new("bias", "label's unit", 2.621, [2.185, 3.058], 266, null),
            new("coverage@80%", "share", 0.797, [0.745, 0.841], 266, 0.799),
        ];
        var text = Render(new("delivery-eta", 3, "regression", "2026-11-21T18:44:50Z", 7_881, [new("quality", true, "answers beside what happened"), new("drift", false, "psi is not measured live")])
        {
            Quality = new(
                "1d", "30h", new(306, 2, 266, 20, 1, 20), figures, "area", [new("area 4", 130, true, figures), new("area 1", 50, false, figures)],
                [new("rain", 0, false, [new("mae", "label's unit", null, null, 0, 2.9)])], [new("10", 266, true, figures)],
                [new("mae <= 4", "3.586 [3.317, 3.856]", true, Verdict.Holds, 3.586, [3.317, 3.856])])
            {
                OtherGroups = 7,
            },
        });
        foreach (var line in text.Split('\n')) { line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(80); }
        string[] said =
        [
            "delivery-eta version 3", "2026-11-21T18:44:50Z", "306 decisions, 266 outcomes, 20 ended without one, 1 unheard of after 30h", "20 wait",
            "2 decisions had no estimate", "3.317 … 3.856", "2.866", "✔  mae <= 4", "holds", "by area", "area 1", "and 7 others", "rain", "–", "by hour",
            "2.185 … 3.058", "not yet: psi is not measured live",
        ];
        foreach (var words in said) { string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain(string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries))); }
    }

    [Fact]
    public void Drifted_values_come_first_and_few_of_the_others_follow()
    {
        DriftBin[] bins = [new("≤ 1", 0.5, 0.1), new("missing", 0.5, 0.9)];
        DriftValue[] values =
        [
            new("card_payments_30d", "feature", 3.51, 0.007, Verdict.Broken, "missing: 50.0 → 90.0 %", bins), new("fraud", "score", 0.21, 0.007, Verdict.Broken, "≤ -5.0921: 10.0 → 39.2 %", bins),
            .. Enumerable.Range(1, 7).Select(i => new DriftValue($"f{i}", "feature", 0.1 / i, 0.007, Verdict.Holds, "≤ 1: 50.0 → 51.0 %", bins)),
        ];
        var text = Render(new("fraud", 1, "classification", "2026-11-21T18:44:50Z", 7_881, [new("drift", true, "psi of features and scores")])
        {
            Drift = new("psi", 0.2, "1d", 1_500, 201, 67_313, "2026-10-19", "2026-11-10", values),
        });
        foreach (var line in text.Split('\n')) { line.TrimEnd().Length.ShouldBeLessThanOrEqualTo(80); }
        text.ShouldContain("✘  card_payments_30d");
        text.ShouldContain("fraud (score)");
        text.ShouldContain("missing: 50.0 → 90.0 %");
        text.ShouldContain("f5");
        text.ShouldNotContain("f6");
        text.ShouldContain("drifted above 0.2; judged from 201 decisions on");
    }

    [Fact]
    public void Of_other_decisions_it_says_what_is_not_watched()
    {
        var text = Render(new("fraud", 1, "classification", null, 0, [new("quality", false, "outcomes are not followed yet")]));
        text.ShouldContain("fraud version 1");
        text.ShouldContain("not yet: outcomes are not followed yet");
    }

    private static string Render(MonitorReport report)
    {
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 80;
        MonitorView.Write(console, report);
        return writer.ToString();
    }
}
