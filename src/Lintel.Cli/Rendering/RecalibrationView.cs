using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>A version calibrated anew: how well promised and seen rates agree, before and after.</summary>
internal static class RecalibrationView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Recalibration is not { } made) { return; }
        Section.Heading(
            console, $"version {manifest.Version}", $"models of version {made.Parent}; judged on {made.JudgeFrom[..10]} to {made.JudgeTo[..10]}");
        console.MarkupLineInterpolated(
            $"fitted on {made.FitRows:N0} labelled decisions from {made.FitFrom[..10]} on ({made.FitPositives:N0} positives); judged by {made.JudgeRows:N0} later ones ({made.JudgePositives:N0})");
        if (made.Weighted) { console.MarkupLine("refused decisions have no labels; those let through count for them"); }
        var table = Section.Table("", ">before", ">95 %", ">after", ">95 %");
        Add(table, "promised / seen", made.Before.Ratio, made.After.Ratio);
        Add(table, "calibration error", made.Before.Error, made.After.Error);
        console.Write(table);
    }

    private static void Add(Table table, string name, MetricResult before, MetricResult after) => table.AddRow(
        name, Figure.Show(before.Test), Figure.Interval(before.Interval), Figure.Show(after.Test), Figure.Interval(after.Interval));
}
