using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.Fitting;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel evaluate FILE</c>: judges a version again from its files and data; writes nothing. Exit 1 when a gate is
/// broken.</summary>
internal static class EvaluateVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var version = new Option<int?>("--version") { Description = "Judge this version (default: the live one, else the newest)", HelpName = "V" };
        return new Command("evaluate", "Judge a version again, from its files and its data") { file, version }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var number = Versions.Choose(target.Workspace, parse.GetValue(version));
                var manifest = await Watch.Run(terminal, progress => Task.FromResult(
                    Reevaluation.Run(number, Requests.Training(target, parse, terminal, progress), cancellation))).ConfigureAwait(false);
                VersionView.Write(terminal.Out, manifest);
                terminal.WriteJson(manifest);
                return VersionView.IsBroken(manifest) ? ExitCode.No : ExitCode.Done;
            });
    }
}
