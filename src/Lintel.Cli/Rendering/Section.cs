using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>The two shapes that results are printed in: a heading with a remark, and a table without lines.</summary>
internal static class Section
{
    public static void Heading(IAnsiConsole console, string name, string remark = "")
    {
        console.WriteLine();
        console.MarkupLine($"[bold teal]{Markup.Escape(name)}[/]{(remark.Length == 0 ? "" : $"  [grey]{Markup.Escape(remark)}[/]")}");
    }

    /// <summary>Columns whose heading starts with &gt; stand to the right.</summary>
    public static Table Table(params ReadOnlySpan<string> headings)
    {
        var table = new Table().Border(TableBorder.None).Collapse();
        foreach (var heading in headings)
        {
            var right = heading.StartsWith('>');
            table.AddColumn(new TableColumn($"[grey]{Markup.Escape(right ? heading[1..] : heading)}[/]")
            {
                Alignment = right ? Justify.Right : Justify.Left,
                NoWrap = right,
                Padding = new Padding(0, 0, 2, 0),
            });
        }
        return table;
    }
}
