using Lintel.Monitoring;
using Lintel.Monitoring.Drift;
using Lintel.Monitoring.Quality;
using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>What is seen of a running system, and what is not looked at.</summary>
internal static class MonitorView
{
    /// <summary>Values that did not drift are listed so far.</summary>
    private const int StableValues = 5;

    public static void Write(IAnsiConsole console, MonitorReport report)
    {
        Section.Heading(console, $"{report.System} version {report.Version}", report.At is { } at ? $"as of {at}" : "no decision is in the log yet");
        if (report.Quality is { } quality)
        {
            Counts(console, quality);
            Figures(console, quality);
            Gates(console, quality);
            if (quality.By is { } by) { Cells(console, $"by {by}", quality.Groups, quality.OtherGroups); }
            Cells(console, "slices", quality.Slices, 0);
            Hours(console, quality);
        }
        if (report.Drift is { } drift) { Drift(console, drift); }
        Section.Heading(console, "watched");
        var watches = Section.Table("", "", "");
        foreach (var watch in report.Watches)
        {
            watches.AddRow(new Markup(watch.On ? "[green]✔[/]" : "[grey]·[/]"), new Text(watch.Name), new Text(watch.On ? watch.What : $"not yet: {watch.What}"));
        }
        console.Write(watches);
        if (report.Unreadable > 0) { console.MarkupLineInterpolated($"[yellow]{report.Unreadable:N0} decisions are of versions whose folder is gone[/]"); }
    }

    private static void Drift(IAnsiConsole console, DriftReport drift)
    {
        Section.Heading(console, "drift", $"{drift.Decisions:N0} decisions over {drift.Window} beside {drift.Rows:N0} of the test, {drift.From} to {drift.To}");
        if (drift.Decisions == 0) { return; }
        var table = Section.Table("", "", $">{drift.Measure}", ">by chance", "moved most, test → now");
        foreach (var value in drift.Values.Where(static v => v.Verdict == Verdict.Broken).Concat(drift.Values.Where(static v => v.Verdict != Verdict.Broken).Take(StableValues)))
        {
            table.AddRow(
                new Markup(Figure.Mark(value.Verdict)), new Text(value.Kind == "score" ? $"{value.Name} (score)" : value.Name),
                new Text(Figure.Show(value.Index)), new Text(Figure.Show(value.Noise)), new Text(value.Moved ?? ""));
        }
        console.Write(table);
        console.MarkupLineInterpolated($"[grey]drifted above {drift.Bound}; {(drift.Needed is { } needed ? $"judged from {needed:N0} decisions on" : "the test holds too few decisions to judge by")}[/]");
    }

    private static void Counts(IAnsiConsole console, QualityReport quality)
    {
        var counts = quality.Counts;
        console.MarkupLineInterpolated(
            $"over {quality.Window}: {counts.Decisions:N0} decisions, {counts.Matured:N0} outcomes, {counts.Censored:N0} ended without one, {counts.Unheard:N0} unheard of after {quality.Wait}; {counts.Waiting:N0} wait");
        if (counts.Failed > 0) { console.MarkupLineInterpolated($"[yellow]{counts.Failed:N0} decisions had no estimate: scoring failed[/]"); }
    }

    private static void Figures(IAnsiConsole console, QualityReport quality)
    {
        Section.Heading(console, "live", "beside the version's test; 95 % intervals of the live figures");
        var table = Section.Table("metric", ">live", ">95 %", ">test", ">decisions");
        foreach (var figure in quality.Figures)
        {
            table.AddRow(figure.Metric, Figure.Show(figure.Value), Figure.Interval(figure.Interval), Figure.Show(figure.Test), figure.Rows.ToString("N0"));
        }
        console.Write(table);
    }

    private static void Gates(IAnsiConsole console, QualityReport quality)
    {
        if (quality.Gates.Count == 0) { return; }
        Section.Heading(console, "gates");
        var table = Section.Table("", "", "", "");
        foreach (var gate in quality.Gates)
        {
            table.AddRow(
                new Markup(Figure.Mark(gate.Verdict)), new Text(gate.Slice is { } slice ? $"{gate.Gate} ({slice})" : gate.Gate),
                new Markup(Figure.Word(gate.Verdict)), new Text(gate.Measured));
        }
        console.Write(table);
    }

    private static void Cells(IAnsiConsole console, string heading, IReadOnlyList<QualityCell> cells, int others)
    {
        if (cells.Count == 0) { return; }
        Section.Heading(console, heading, "grey: too few outcomes to judge");
        string[] shown = [.. cells[0].Figures.Select(static f => f.Metric).Where(static m => m is "mae" or "bias" or "on-time" || m.StartsWith("coverage", StringComparison.Ordinal))];
        var table = Section.Table(["", ">outcomes", .. shown.Select(static m => $">{m}")]);
        foreach (var cell in cells)
        {
            var style = cell.Judged ? Style.Plain : new Style(Color.Grey);
            table.AddRow(
            [
                new Text(cell.Name, style), new Text(cell.Matured.ToString("N0"), style),
                .. shown.Select(m => new Text(Figure.Show(cell.Figures.First(f => f.Metric == m).Value), style)),
            ]);
        }
        console.Write(table);
        if (others > 0) { console.MarkupLineInterpolated($"[grey]and {others:N0} others[/]"); }
    }

    private static void Hours(IAnsiConsole console, QualityReport quality)
    {
        if (quality.Hours.Count == 0) { return; }
        Section.Heading(console, "by hour", "of the decision, in the design's time zone");
        string[] shown = [.. quality.Hours[0].Figures.Select(static f => f.Metric)];
        var table = Section.Table(["", ">outcomes", .. shown.SelectMany(static m => m == "bias" ? (string[])[$">{m}", ">95 %"] : [$">{m}"])]);
        foreach (var hour in quality.Hours)
        {
            table.AddRow(
            [
                hour.Name, hour.Matured.ToString("N0"),
                .. hour.Figures.SelectMany(static f => f.Metric == "bias" ? (string[])[Figure.Show(f.Value), Figure.Interval(f.Interval)] : [Figure.Show(f.Value)]),
            ]);
        }
        console.Write(table);
    }
}
