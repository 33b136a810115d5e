using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>The review's findings: what, the measured evidence, why an interviewer would ask, and the fix.</summary>
internal static class FindingsView
{
    /// <summary>Every finding in full.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<FindingResult> findings)
    {
        Section.Heading(console, "review", Count(findings));
        foreach (var finding in findings) { WriteWhole(console, finding); }
    }

    /// <summary>What and how much, in two lines each; what blocks is told in full.</summary>
    public static void WriteShort(IAnsiConsole console, IReadOnlyList<FindingResult> findings, string more)
    {
        Section.Heading(console, "review", Count(findings) + (findings.Count == 0 ? "" : $"; {more} tells question and fix"));
        foreach (var finding in findings.Where(Blocks)) { WriteWhole(console, finding); }
        var table = new Grid().AddColumn(Column(2)).AddColumn(Column(1)).AddColumn(new GridColumn { Padding = new Padding(1, 0, 0, 0) });
        foreach (var finding in findings.Where(static f => !Blocks(f)))
        {
            table.AddRow(new Markup(Mark(finding)), new Markup($"[bold]{Markup.Escape(finding.Code)}[/]"), new Text(Title(finding)));
            table.AddRow(new Text(""), new Markup($"[grey]:{finding.Line}[/]"), new Markup($"[grey]{Markup.Escape(finding.Evidence)}[/]"));
        }
        if (findings.Count > 0) { console.Write(table); }
    }

    private static bool Blocks(FindingResult finding) => finding is { Severity: "error", Because: null };

    private static void WriteWhole(IAnsiConsole console, FindingResult finding)
    {
        console.WriteLine();
        console.MarkupLine($"  {Mark(finding)} [bold]{Markup.Escape(finding.Code)}[/] {Markup.Escape(Title(finding))} [grey]({Word(finding)})[/]");
        var grid = new Grid().AddColumn(Column(4)).AddColumn(new GridColumn { Padding = new Padding(2, 0, 0, 0) });
        Row("", Title(finding) == finding.Message ? "" : finding.Message);
        Row("measured", finding.Evidence);
        Row("asked", finding.Question);
        Row("fix", finding.Because is null ? finding.Fix : "");
        Row("because", finding.Because ?? "");
        Row("at", $"{Path.GetFileName(finding.File)}:{finding.Line}:{finding.Column}");
        console.Write(grid);

        void Row(string label, string text)
        {
            if (text.Length > 0) { grid.AddRow(new Markup($"[grey]{label}[/]"), new Text(text)); }
        }
    }

    private static string Title(FindingResult finding) => finding.Rule.Length > 0 ? finding.Rule : finding.Message;

    private static GridColumn Column(int indent) => new() { NoWrap = true, Padding = new Padding(indent, 0, 0, 0) };

    private static string Mark(FindingResult finding) => (finding.Severity, finding.Because) switch
    {
        ("error", null) => "[red]✘[/]",
        ("error", _) => "[yellow]![/]",
        ("warning", _) => "[yellow]![/]",
        _ => "[grey]·[/]",
    };

    private static string Word(FindingResult finding) => (finding.Severity, finding.Because) switch
    {
        ("error", null) => "blocks",
        ("error", _) => "allowed",
        var (severity, _) => severity,
    };

    private static string Count(IReadOnlyList<FindingResult> findings)
    {
        if (findings.Count == 0) { return "nothing to object to"; }
        var blocks = findings.Count(Blocks);
        return $"{findings.Count} finding{(findings.Count == 1 ? "" : "s")}, {(blocks == 0 ? "none blocks" : blocks == 1 ? "1 blocks" : $"{blocks} block")}";
    }
}
