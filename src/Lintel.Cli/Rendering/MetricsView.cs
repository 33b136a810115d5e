using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Metrics of the final model beside trivial baselines, the other models, and the slices.</summary>
internal static class MetricsView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Metrics.Count == 0) { return; }
        string[] baselines = [.. manifest.Metrics.Values.SelectMany(static m => m.Baselines.Keys).Distinct()];
        if (manifest.Gains.Count > 0) { baselines = []; }                // a ranking's stand in a table of their own
        Section.Heading(console, "metrics", baselines.Length == 0
            ? "test days with 95 % interval" : "test days with 95 % interval, beside trivial baselines (! as good)");
        var table = Section.Table(["", ">test", ">interval", ">validate", .. baselines.Select(static b => ">" + b)]);
        foreach (var (name, metric) in manifest.MetricsInOrder())
        {
            table.AddRow(
            [
                Markup.Escape(name) + (metric.Best is { } best ? $" [grey]→{best:0.###}[/]"
                    : metric.HigherIsBetter ? "" : metric.Unit == "ratio" ? " [grey]→1[/]" : " [grey]↓[/]"),
                $"[bold]{Figure.Show(metric.Test)}[/]",
                Figure.Interval(metric.Interval),
                Figure.Show(metric.Validate),
                .. baselines.Select(b => Beside(metric, metric.Baselines.GetValueOrDefault(b))),
            ]);
        }
        console.Write(table);
    }

    /// <summary>The models that the final one is made of, on the same rows.</summary>
    public static void WriteModels(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Models.Count < 2 || manifest.Gains.Count > 0) { return; }
        Section.Heading(console, "models", "test days");
        string[] metrics = [.. manifest.MetricsInOrder().Select(static m => m.Key).Where(m => manifest.Models.Values.Any(v => v.ContainsKey(m))).Take(5)];
        var table = Section.Table(["", .. metrics.Select(static m => ">" + m)]);
        foreach (var (name, figures) in manifest.Models)
        {
            table.AddRow([Markup.Escape(name), .. metrics.Select(m => Figure.Show(figures.GetValueOrDefault(m)))]);
        }
        console.Write(table);
    }

    public static void WriteSlices(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Slices.Count == 0) { return; }
        var hasClasses = manifest.Estimate is null;
        Section.Heading(console, "slices", $"* fewer than 100 {(hasClasses ? "positives" : "decisions")}: shown, not judged");
        string[] metrics = [.. manifest.MetricsInOrder().Select(static m => m.Key).Where(m => manifest.Slices.Any(s => s.Metrics.ContainsKey(m))).Take(3)];
        var table = Section.Table(["", ">rows", .. hasClasses ? [">positives"] : Array.Empty<string>(), .. metrics.Select(static m => ">" + m)]);
        foreach (var slice in manifest.Slices)
        {
            table.AddRow(
            [
                Markup.Escape(slice.Slice) + (slice.Judged ? "" : " [grey]*[/]"),
                slice.Rows.ToString("N0"),
                .. hasClasses ? [slice.Positives.ToString("N0")] : Array.Empty<string>(),
                .. metrics.Select(m => Figure.Show(slice.Metrics.GetValueOrDefault(m)?.Test)),
            ]);
        }
        console.Write(table);
    }

    /// <summary>Red where a baseline is at least as good as the model.</summary>
    private static string Beside(MetricResult metric, double? baseline)
    {
        var better = baseline is { } b && metric.Test is { } t && (metric.Best is { } best ? Math.Abs(b - best) <= Math.Abs(t - best)
            : metric.HigherIsBetter ? b >= t : b <= t);
        return better ? $"[red]{Figure.Show(baseline)}![/]" : Figure.Show(baseline);
    }
}
