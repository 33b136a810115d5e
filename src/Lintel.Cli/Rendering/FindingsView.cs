using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Rendering;

/// <summary>The review's findings: what, the measured evidence, why an interviewer would ask, and the fix.</summary>
internal static class FindingsView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<FindingResult> findings)
    {
        Section.Heading(console, "review", Count(findings));
        foreach (var finding in findings) { Write(console, finding); }
    }

    private static void Write(IAnsiConsole console, FindingResult finding)
    {
        var title = finding.Rule.Length > 0 ? finding.Rule : finding.Message;
        console.WriteLine();
        console.MarkupLine(
            $"  {Severity(finding)} [bold]{Markup.Escape(finding.Code)}[/] {Markup.Escape(title)}  "
            + $"[grey]{Markup.Escape($"{Path.GetFileName(finding.File)}:{finding.Line}:{finding.Column}")}[/]");
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(4, 0, 0, 0) }).AddColumn(
            new GridColumn { Padding = new Padding(2, 0, 0, 0) });
        Row("", title == finding.Message ? "" : finding.Message);
        Row("measured", finding.Evidence);
        Row("asked", finding.Question);
        Row("fix", finding.Because is null ? finding.Fix : "");
        Row("because", finding.Because ?? "");
        console.Write(grid);

        void Row(string label, string text)
        {
            if (text.Length > 0) { grid.AddRow(new Markup($"[grey]{label}[/]"), new Text(text)); }
        }
    }

    private static string Severity(FindingResult finding) => (finding.Severity, finding.Because) switch
    {
        ("error", null) => "[red]✘ blocks [/]",
        ("error", _) => "[yellow]! allowed[/]",
        ("warning", _) => "[yellow]! warning[/]",
        _ => "[grey]· note   [/]",
    };

    private static string Count(IReadOnlyList<FindingResult> findings)
    {
        if (findings.Count == 0) { return "nothing to object to"; }
        var blocks = findings.Count(static f => f is { Severity: "error", Because: null });
        return $"{findings.Count} finding{(findings.Count == 1 ? "" : "s")}, {(blocks == 0 ? "none blocks" : $"{blocks} block")}";
    }
}
