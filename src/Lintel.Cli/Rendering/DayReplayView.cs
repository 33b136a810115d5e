using Lintel.Training.DayReplays;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>A replayed day: which outcomes change, what that costs, and what it brings to the reviewers.</summary>
internal static class DayReplayView
{
    public static void Write(IAnsiConsole console, DayReplayResult result)
    {
        Section.Heading(
            console, $"{result.Day} with version {result.Version}",
            $"against {(result.Against == "recorded" ? "what was decided" : result.Against)}");
        console.MarkupLineInterpolated(
            $"{result.Decisions:N0} decisions, {result.Mismatches:N0} differ{(result.Missing > 0 ? $"; {result.Missing:N0} more have nothing to compare with" : "")}");
        if (result.Failed > 0) { console.MarkupLineInterpolated($"[yellow]{result.Failed:N0} were answered by 'on failure'; no replay gives those[/]"); }
        if (result.Incumbent is { Decisions: > 0 } incumbent)
        {
            console.MarkupLineInterpolated(incumbent.Mismatches == 0
                ? (FormattableString)$"[green]✔ its own {incumbent.Decisions:N0} decisions come out the same, to the bit[/]"
                : $"[red]✘ {incumbent.Mismatches:N0} of its own {incumbent.Decisions:N0} decisions differ[/]: {incumbent.FirstDifference}");
        }
        WriteDifferences(console, result);
        WriteFigures(console, result);
    }

    private static void WriteDifferences(IAnsiConsole console, DayReplayResult result)
    {
        if (result.Differences.Count == 0) { return; }
        Section.Heading(console, "changes", "cost over decisions whose label is known; below 0 is cheaper");
        string[] positives = result.Promises ? [] : [">positives"];
        var table = Section.Table(["decided", "would be", ">decisions", ">labelled", .. positives, ">cost"]);
        foreach (var d in result.Differences)
        {
            string[] cell = result.Promises ? [] : [Figure.Show(d.Positives)];
            table.AddRow([Markup.Escape(d.From), Markup.Escape(d.To), Figure.Show(d.Count), Figure.Show(d.Labelled), .. cell, Figure.Show(d.Cost)]);
        }
        console.Write(table);
    }

    private static void WriteFigures(IAnsiConsole console, DayReplayResult result)
    {
        Section.Heading(
            console, "the day", result.ReviewCapacity is { } capacity ? $"reviewers can judge {Figure.Show(capacity)} a day" : "");
        string[] outcomes = result.Promises ? [] : [">reviews", ">refused"];
        var table = Section.Table(["", ">decisions", ">differ", .. outcomes, ">labelled", ">cost"]);
        Add(table, "all", result.Whole, result.Promises);
        foreach (var slice in result.Slices) { Add(table, slice.Slice, slice.Figures, result.Promises); }
        console.Write(table);
    }

    private static void Add(Table table, string name, DayFigures figures, bool promises)
    {
        string[] outcomes = promises ? []
            : [$"{figures.ReviewsBefore:N0} → {figures.ReviewsAfter:N0}", $"{figures.RefusedBefore:N0} → {figures.RefusedAfter:N0}"];
        table.AddRow(
            [Markup.Escape(name), Figure.Show(figures.Decisions), Figure.Show(figures.Differences), .. outcomes,
            Figure.Show(figures.Labelled), $"{Figure.Show(figures.CostBefore)} → {Figure.Show(figures.CostAfter)}"]);
    }
}
