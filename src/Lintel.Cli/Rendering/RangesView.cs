using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Whether a regression's ranges keep their word, and what following outcomes bought.</summary>
internal static class RangesView
{
    /// <summary>Groups that are shown, the worst: the report has all.</summary>
    private const int MostGroups = 12;

    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Estimate?.Range is not { } range) { return; }
        Section.Heading(console, "ranges", "share of what happened within them, test with 95 % interval");
        var table = Section.Table("", "", ">coverage", ">interval", ">width");
        foreach (var cover in range.Covers)
        {
            Row(table, Figure.Level(cover.Share), "as fitted", cover.Fitted);
            Row(table, "", "split conformal, fixed before the test", cover.Split);
            Row(table, "", "adaptive, as served", cover.Served);
        }
        console.Write(table);
        WriteGroups(console, "ranges by slice", range, range.Slices);
        WriteGroups(console, $"ranges by {range.By}", range, range.Groups);
        if (range.LeftOut > 0)
        {
            console.MarkupLineInterpolated($"[grey]not shown, fewer than {RangeResult.LeastRows} decisions: {range.LeftOut:N0}[/]");
        }
    }

    private static void Row(Table table, string share, string kind, RangeFigures figures) =>
        table.AddRow(share, kind, Figure.Percent(figures.Coverage), Figure.Percents(figures.Interval), Figure.Show(figures.Width));

    private static void WriteGroups(IAnsiConsole console, string heading, RangeResult range, IReadOnlyList<RangeGroup> groups)
    {
        if (groups.Count == 0) { return; }
        Section.Heading(console, heading, "the farthest from its share first; split: split conformal");
        var table = Section.Table(["", ">rows", .. range.Covers.SelectMany(static c => new[] { $">in {Figure.Level(c.Share)}", ">split" })]);
        foreach (var group in groups.Take(MostGroups))
        {
            table.AddRow(
            [
                Markup.Escape(group.Name), group.Rows.ToString("N0"),
                .. group.Covers.SelectMany(static c => new[] { Figure.Percent(c.Served.Coverage), Figure.Percent(c.Split.Coverage) }),
            ]);
        }
        console.Write(table);
        if (groups.Count > MostGroups) { console.MarkupLineInterpolated($"[grey]{groups.Count - MostGroups:N0} more in the report[/]"); }
    }
}
