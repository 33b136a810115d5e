using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Which kinds of positives the policy finds, which it would find without its novelty rule, and which each model would find
/// alone, all with as many decisions. Intervals stand in the report and in the manifest.</summary>
internal static class KindsView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Kinds is not { } found) { return; }
        Section.Heading(console, "detection by kind", $"share caught; all with {Figure.Show(found.PerDay)} decisions a day; models alone");
        KindResult[] rows = [.. found.Kinds, .. found.Known is { } known ? [known] : Array.Empty<KindResult>()];
        string[] models = [.. rows[0].Models.Keys];
        var withRule = rows[0].WithoutNovelty is not null;
        var table = Section.Table(
        [
            "", ">train", ">test", ">policy", .. withRule ? new[] { ">no rule" } : [], .. models.Select(static m => ">" + m),
        ]);
        foreach (var row in rows)
        {
            table.AddRow(
            [
                Markup.Escape(row.Kind) + (row.Judged ? "" : " [grey]*[/]"),
                row.Train == 0 ? "[yellow]never[/]" : row.Train.ToString("N0"),
                row.Test.ToString("N0"),
                $"[bold]{Figure.Show(row.Policy.Recall)}[/]",
                .. row.WithoutNovelty is { } without ? new[] { Figure.Show(without.Recall) } : [],
                .. models.Select(m => Figure.Show(row.Models[m].Recall)),
            ]);
        }
        console.Write(table);
        console.WriteLine(found.Says);
        if (rows.Any(static r => !r.Judged)) { console.MarkupLine("[grey]* fewer than 30 in test: too few to judge[/]"); }
    }
}
