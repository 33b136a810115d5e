using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.Fitting;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel train FILE</c>: a new version, judged. Exit 1 when the review blocks or a gate is broken.</summary>
internal static class TrainVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var seed = CommonOptions.Seed();
        return new Command("train", "Fit, judge and keep a new version of a design") { file, seed }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                try
                {
                    var made = await Watch.Run(terminal, progress => Task.FromResult(TrainingRun.Run(
                        Requests.Training(target, parse, terminal, progress, parse.GetValue(seed)), cancellation))).ConfigureAwait(false);
                    VersionReport.Write(target.Workspace, made.Manifest, made.Prepared.Design);
                    FindingsView.WriteShort(terminal.Out, made.Manifest.Findings, $"lintel review {parse.GetRequiredValue(file)}");
                    VersionView.Write(terminal.Out, made.Manifest);
                    terminal.Out.MarkupLineInterpolated(
                        $"\nNext: [bold]lintel verify {made.Manifest.Version}[/] shows that serving computes the same; [bold]lintel promote {made.Manifest.Version}[/] makes it live.");
                    terminal.WriteJson(made.Manifest);
                    return VersionView.IsBroken(made.Manifest) ? ExitCode.No : ExitCode.Done;
                }
                catch (ReviewBlockedException blocked)
                {
                    return Blocked(terminal, blocked);
                }
            });
    }

    /// <summary>The review stopped the training.</summary>
    public static ExitCode Blocked(Terminal terminal, ReviewBlockedException blocked)
    {
        FindingsView.Write(terminal.Out, blocked.Findings);
        terminal.Out.MarkupLine("\n[red]The review blocks: nothing was trained.[/]");
        terminal.WriteJson(new { findings = blocked.Findings, blocks = true });
        return ExitCode.No;
    }
}
