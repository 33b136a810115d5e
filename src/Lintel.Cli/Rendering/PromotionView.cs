using Lintel.Training.Promotion;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Which version is live now, or why it is not.</summary>
internal static class PromotionView
{
    public static void Write(IAnsiConsole console, PromotionResult result)
    {
        console.WriteLine();
        console.MarkupLine((result.Promoted, result.Reasons.Count) switch
        {
            (true, 0) => $"[green]✔ version {result.Version} is live[/]",
            (true, _) => $"[yellow]! version {result.Version} is live by an override, although[/]",
            _ => "[red]✘ not promoted[/]",
        });
        foreach (var reason in result.Reasons) { console.Write(new Padder(new Text("- " + reason), new Padding(2, 0, 0, 0))); }
    }
}
