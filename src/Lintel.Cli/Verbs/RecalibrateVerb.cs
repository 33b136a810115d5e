using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.Recalibration;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel recalibrate FILE</c>: a new version with the same models, its calibrator and thresholds fitted on what
/// matured since. Exit 1 when a gate is broken on the days that judge it.</summary>
internal static class RecalibrateVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var version = new Option<int?>("--version") { Description = "Keep this version's models (default: the live one, else the newest)", HelpName = "V" };
        var over = new Option<int>("--days")
        {
            Description = "Latest days with labels that are looked at (default 28)",
            HelpName = "N",
            DefaultValueFactory = static _ => (int)RecalibrationRun.DefaultOver.TotalDays,
        };
        return new Command("recalibrate", "Fit the calibrator and thresholds anew on what matured since training") { file, version, over }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var number = Versions.Choose(target.Workspace, parse.GetValue(version));
                var made = await Watch.Run(terminal, progress => Task.FromResult(RecalibrationRun.Run(
                    number, TimeSpan.FromDays(parse.GetValue(over)), Requests.Training(target, parse, terminal, progress),
                    cancellation))).ConfigureAwait(false);
                VersionReport.Write(target.Workspace, made.Manifest, made.Prepared.Design);
                RecalibrationView.Write(terminal.Out, made.Manifest);
                VersionView.Write(terminal.Out, made.Manifest);
                terminal.Out.MarkupLineInterpolated(
                    $"\nNext: [bold]lintel verify {made.Manifest.Version}[/], then [bold]lintel promote {made.Manifest.Version}[/].");
                terminal.WriteJson(made.Manifest);
                return VersionView.IsBroken(made.Manifest) ? ExitCode.No : ExitCode.Done;
            });
    }
}
