using System.CommandLine;
using Lintel.Cli.Doctor;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Versions;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel doctor</c>: what is there, what is missing, and what brings it. Exit 1 when something needed is missing.</summary>
internal static class DoctorVerb
{
    public static Command Command()
    {
        var port = CommonOptions.Port();
        return new Command("doctor", "What is there and what is missing, each with its fix") { port }.Does((parse, terminal) =>
        {
            var results = Checkup.Run(FindWorkspace(parse.GetValue(CommonOptions.Workspace)), parse.GetValue(port)).ToArray();
            var table = Section.Table("", "", "");
            foreach (var result in results)
            {
                var found = Markup.Escape(result.Found) + (result.Fix.Length == 0 ? "" : $"\n[grey]fix:[/] {Markup.Escape(result.Fix)}");
                table.AddRow(Mark(result.Health), $"[bold]{Markup.Escape(result.What)}[/]", found);
            }
            terminal.Out.Write(table.HideHeaders());
            var missing = results.Count(static r => r.Health == Health.Missing);
            terminal.Out.WriteLine();
            terminal.Out.MarkupLine(missing == 0 ? "[green]Everything that is needed is there.[/]" : $"[red]{missing} missing.[/]");
            terminal.WriteJson(new
            {
                healthy = missing == 0,
                checks = results.Select(static r => new { what = r.What, health = r.Health, found = r.Found, fix = r.Fix }),
            });
            return missing == 0 ? ExitCode.Done : ExitCode.No;
        });
    }

    private static Workspace? FindWorkspace(string? option)
    {
        try { return DesignTarget.FindWorkspace(option); }
        catch (UsageException) when (option is null) { return null; }
    }

    private static string Mark(Health health) => health switch
    {
        Health.Good => "[green]✔[/]",
        Health.Missing => "[red]✘[/]",
        _ => "[yellow]·[/]",
    };
}
