using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Which kinds of positives the policy finds, and which each model would find alone with as many decisions.</summary>
internal static class KindsView
{
    public static void Write(IAnsiConsole console, VersionManifest manifest)
    {
        if (manifest.Kinds is not { } found) { return; }
        Section.Heading(console, "detection by kind", $"share caught on test days, each with {Figure.Show(found.PerDay)} decisions a day");
        KindResult[] rows = [.. found.Kinds, .. found.Known is { } known ? [known] : Array.Empty<KindResult>()];
        string[] models = [.. rows[0].Models.Keys];
        var withRule = rows[0].WithoutNovelty is not null;
        var table = Section.Table(
        [
            "", ">train", ">test", ">policy", ">interval", .. withRule ? new[] { ">no novelty rule" } : [], .. models.Select(static m => $">{m} alone"),
        ]);
        foreach (var row in rows)
        {
            table.AddRow(
            [
                Markup.Escape(row.Kind) + (row.Judged ? "" : " [grey]*[/]"),
                row.Train == 0 ? "[yellow]never[/]" : row.Train.ToString("N0"),
                row.Test.ToString("N0"),
                $"[bold]{Figure.Share(row.Policy.Recall)}[/]",
                Figure.Interval(row.Policy.Interval),
                .. row.WithoutNovelty is { } without ? new[] { Figure.Share(without.Recall) } : [],
                .. models.Select(m => Figure.Share(row.Models[m].Recall)),
            ]);
        }
        console.Write(table);
        console.WriteLine(found.Says);
        if (rows.Any(static r => !r.Judged)) { console.MarkupLine("[grey]* fewer than 30 in test: too few to judge[/]"); }
    }
}
