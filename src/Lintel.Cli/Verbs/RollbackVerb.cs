using System.CommandLine;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.Promotion;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel rollback</c>: the champion before this one is live again.</summary>
internal static class RollbackVerb
{
    public static Command Command() =>
        new Command("rollback", "Make the champion before this one live again").Does(static (parse, terminal) =>
        {
            var workspace = DesignTarget.FindWorkspace(parse.GetValue(CommonOptions.Workspace));
            var result = Promoter.Rollback(workspace, Requests.User, terminal.Time);
            PromotionView.Write(terminal.Out, result, "nothing was changed");
            terminal.WriteJson(result);
            return result.Promoted ? ExitCode.Done : ExitCode.No;
        });
}
