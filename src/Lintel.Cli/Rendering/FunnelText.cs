using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>One page and how it came about: sources, the lines of the policy, what is shown; and where an item was lost.</summary>
internal static class FunnelText
{
    private const int MostShown = 20;

    public static void Write(IAnsiConsole console, SystemVersion version, DecisionRecord decision, PageRecord page)
    {
        var funnel = FunnelView.Of(version, page);
        Section.Heading(console, $"{decision.Id}: {funnel.Shown} of {funnel.Candidates} candidates",
            $"version {decision.Version}{(decision.Failed ? ", answered on failure" : "")}");
        var sources = Section.Table("source", ">offered", ">only here", ">shown");
        foreach (var source in funnel.Sources)
        {
            sources.AddRow(Markup.Escape(source.Source), $"{source.Offered}", $"{source.Alone}", $"{source.Shown}");
        }
        console.Write(sources);

        Section.Heading(console, "policy", "candidates that each line removed");
        var lines = Section.Table("", ">removed", "");
        foreach (var line in funnel.Lines)
        {
            lines.AddRow(Markup.Escape(line.Text), line.Removed == 0 ? "" : $"{line.Removed}", line.Infeasible ? "[yellow]could not be kept[/]" : "");
        }
        console.Write(lines);

        Section.Heading(console, "page");
        var names = version.Design.Decision.Ranking!.Candidates;
        var (drawn, priced) = (page.Shown.Exists(static i => !(i.Propensity >= 1)), page.HasPrices);
        var rows = page.Shown.Exists(static i => i.Row >= 0) ? version.Compiled.Page!.RowTitles : [];
        var items = Section.Table([">", "item", ">score", .. priced ? [">price"] : Array.Empty<string>(),
            .. drawn ? [">propensity"] : Array.Empty<string>(), "offered by (rank)"]);
        var shelf = -1;
        foreach (var (item, i) in page.Shown.Take(MostShown).Select(static (item, i) => (item, i)))
        {
            if (item.Row != shelf)
            {
                shelf = item.Row;
                if (shelf >= 0 && shelf < rows.Count) { items.AddRow("", $"[teal]{Markup.Escape(rows[shelf])}[/]"); }
            }
            var offered = Markup.Escape(string.Join(", ", item.Ranks.Select((rank, s) => (rank, s)).Where(static r => r.rank > 0)
                .Select(r => $"{names[r.s].Name} {r.rank}")));
            string[] head = [$"{i + 1}", Named(version, item.Item), Figure.Show(item.Score)];
            string[] told = [.. priced ? [Figure.Show(Finite(item.Price))] : Array.Empty<string>(), .. drawn ? [Figure.Show(Finite(item.Propensity))] : Array.Empty<string>()];
            items.AddRow([.. head, .. told, offered]);
        }
        console.Write(items);
        if (page.Shown.Count > MostShown) { console.MarkupLineInterpolated($"[grey]and {page.Shown.Count - MostShown:N0} more; --json has all[/]"); }
    }

    /// <summary>The key, with the catalogue's title where it has one.</summary>
    private static string Named(SystemVersion version, string item) => version.Compiled.ItemTitles.Of(item) is { } title && title != item
        ? $"{Markup.Escape(title)} [grey]{Markup.Escape(item)}[/]" : Markup.Escape(item);

    public static void WriteFate(IAnsiConsole console, SystemVersion version, ItemFate fate)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{Named(version, fate.Item)}[/]  [teal]{Markup.Escape(fate.Stage)}[/]  {Markup.Escape(fate.Why)}");
        if (fate.Ranks.Count > 0)
        {
            console.MarkupLineInterpolated($"[grey]offered by {string.Join(", ", fate.Ranks.Select(static r => $"{r.Source} at rank {r.Rank}"))}[/]");
        }
    }

    public static object Json(SystemVersion version, DecisionRecord decision, PageRecord page) => new
    {
        id = decision.Id,
        version = decision.Version,
        failed = decision.Failed,
        items = page.Shown.Select(static (s, i) => new { item = s.Item, position = i + 1, score = Finite(s.Score), propensity = Finite(s.Propensity), price = Finite(s.Price) }),
        funnel = FunnelView.Of(version, page),
    };

    public static object Json(ItemFate fate) => new
    {
        item = fate.Item,
        stage = fate.Stage,
        why = fate.Why,
        sources = fate.Ranks.ToDictionary(static r => r.Source, static r => r.Rank),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
