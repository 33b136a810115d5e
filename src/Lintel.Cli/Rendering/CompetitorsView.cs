using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>A ranking's pages beside each competitor: a row for each, a column for each of the metrics that say
/// most.</summary>
internal static class CompetitorsView
{
    /// <summary>Columns that fit 80 places beside a name.</summary>
    private const int MostMetrics = 5;

    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Gains.Count == 0) { return; }
        Section.Heading(console, "competitors", "same requests; + pages better, ! worse, by the 95 % interval");
        string[] metrics = [.. manifest.MetricsInOrder().Select(static m => m.Key).Where(m => manifest.Gains.Any(g => g.Metric == m)).Take(MostMetrics)];
        var table = Section.Table(["", .. metrics.Select(static m => ">" + m)]);
        table.AddRow(["[bold]the pages[/]", .. metrics.Select(m => $"[bold]{Figure.Show(manifest.Metrics[m].Test)} [/]")]);
        foreach (var beside in manifest.Gains.Select(static g => g.Beside).Distinct())
        {
            var gains = manifest.Gains.Where(g => g.Beside == beside).ToDictionary(static g => g.Metric);
            table.AddRow([Markup.Escape(beside), .. metrics.Select(m => Show(gains.GetValueOrDefault(m)))]);
        }
        console.Write(table);
    }

    private static string Show(GainResult? gain) => gain switch
    {
        null => Figure.Nothing + " ",
        { GainInterval: [> 0, _] } => $"{Figure.Show(gain.Value)}[green]+[/]",
        { GainInterval: [_, < 0] } => $"[red]{Figure.Show(gain.Value)}![/]",
        _ => Figure.Show(gain.Value) + " ",
    };
}
