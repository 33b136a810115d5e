using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>The policy's lines: the thresholds solved for them, and what each decided on the test days.</summary>
internal static class PolicyView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Outcomes.Count == 0 && manifest.Thresholds.Count == 0) { return; }
        Section.Heading(console, "policy", "test days; thresholds were solved on the validation days");
        var thresholds = manifest.Thresholds.ToLookup(static t => t.Rule);
        var table = Section.Table("", ">share", ">a day", ">p95", ">precision", ">threshold");
        foreach (var outcome in manifest.Outcomes)
        {
            var solved = thresholds[outcome.Rule].FirstOrDefault();
            table.AddRow(
                Numbered(outcome.Rule, outcome.Text), Figure.Share(outcome.Share), Figure.Show(outcome.PerDayMean),
                Figure.Show(solved?.PerDayP95), Figure.Share(outcome.Precision),
                Threshold(solved));
        }
        foreach (var (threshold, segment) in manifest.Thresholds.SelectMany(static t => t.Segments.Select(s => (t, s))))
        {
            table.AddRow(
                $"[grey]· {Markup.Escape(threshold.Text)}[/], {Markup.Escape(segment.Segment)}", "", "", "",
                threshold.Goal.StartsWith("top", StringComparison.Ordinal) ? "" : Figure.Share(segment.ReachedOnTest),
                segment.Margin is null ? $"[grey]as all: {Markup.Escape(segment.Why ?? "")}[/]" : $"p ≥ {Figure.Show(segment.Probability)}");
        }
        foreach (var off in manifest.Thresholds.Where(t => manifest.Outcomes.All(o => o.Rule != t.Rule)))
        {
            table.AddRow(Numbered(off.Rule, off.Text), "", "", "", "", Threshold(off));
        }
        console.Write(table);
        WritePrices(console, manifest);
    }

    /// <summary>What each rule is worth: the test days decided again without it.</summary>
    private static void WritePrices(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.RulePrices.Count == 0) { return; }
        Section.Heading(console, "price of each rule", "test days decided again without it; changes with their 95 % interval");
        var table = Section.Table("without", ">took", ">precision", ">cost", ">recall", ">reviews a day");
        foreach (var price in manifest.RulePrices)
        {
            // by its number: five changes with their intervals leave a terminal of 80 columns no room for its text
            table.AddRow(
                Numbered(price.Rule, price.Outcome), Figure.Show(price.Decisions), Figure.Share(price.Precision), Change(price.Cost),
                Change(price.Recall), Change(price.ReviewsPerDay));
        }
        console.Write(table);
    }

    private static string Numbered(int rule, string text) => $"[grey]{rule + 1}[/] {Markup.Escape(text)}";

    internal static string Change(PriceResult? price) => price switch
    {
        null => "",
        { Change: 0 } => "[grey]0[/]",
        { Interval: [{ } low, { } high] } => $"{Sign(price.Change)}\n[grey]{Sign(low)} to {Sign(high)}[/]",
        _ => Sign(price.Change),
    };

    private static string Sign(double change) => change > 0 ? $"+{Figure.Show(change)}" : Figure.Show(change);

    private static string Threshold(ThresholdResult? solved) =>
        solved is null ? "" : solved.Margin is null ? "[yellow]off[/]"
        : solved.Position is { } position ? $"rarer than {Unusual.Show(position)}" : $"p ≥ {Figure.Show(solved.Probability)}";
}
