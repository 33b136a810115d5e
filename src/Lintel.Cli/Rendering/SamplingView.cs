using Lintel.Training.Online;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Ways to meet rare positives, side by side.</summary>
internal static class SamplingView
{
    public static void Write(IAnsiConsole console, SamplingTable made)
    {
        Section.Heading(
            console, $"{made.System}: {made.Model} ({made.Kind})",
            "what was done to the rows is taken off the log-odds again; "
            + $"judged on all {made.TestRows:N0} rows of {made.TestDays} test days, {made.TestPositives:N0} of them positive");
        var table = Section.Table("", ">NE", ">AUC", ">calibration", ">± s.e.", ">rows", ">seconds");
        foreach (var way in made.Ways)
        {
            table.AddRow(
                Markup.Escape(way.Way), Figure.Precise(way.Figures.NormalisedEntropy), Figure.Precise(way.Figures.Auc),
                Figure.Precise(way.Figures.Calibration), Figure.Precise(way.Figures.CalibrationError), way.Rows.ToString("N0"),
                way.Seconds.ToString("0.0"));
        }
        console.Write(table);
        foreach (var missing in made.NotOffered) { console.MarkupLineInterpolated($"[grey]{missing}[/]"); }
    }
}
