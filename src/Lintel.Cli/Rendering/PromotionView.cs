using Lintel.Training.Promotion;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>Which version is live now, or why it is not.</summary>
internal static class PromotionView
{
    /// <param name="refused">How a refusal reads; null: that the version is not promoted.</param>
    public static void Write(IAnsiConsole console, PromotionResult result, string? refused = null)
    {
        console.WriteLine();
        console.MarkupLine((result.Promoted, result.Reasons.Count) switch
        {
            (true, 0) => $"[green]✔ version {result.Version} is live[/]",
            (true, _) => $"[yellow]! version {result.Version} is live by an override, although[/]",
            _ => $"[red]✘ {Markup.Escape(refused ?? $"version {result.Version} is not promoted")}[/]",
        });
        foreach (var reason in result.Reasons) { console.Write(new Padder(new Text("- " + reason), new Padding(2, 0, 0, 0))); }
    }
}
