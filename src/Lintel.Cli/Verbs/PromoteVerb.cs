using System.CommandLine;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.Promotion;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel promote V</c>: makes a version live, or tells why not (exit 1).</summary>
internal static class PromoteVerb
{
    public static Command Command()
    {
        var version = new Argument<int>("V") { Description = "Number of the version" };
        var because = new Option<string?>("--override")
        {
            Description = "Promote although something speaks against it; the reason stays on record",
            HelpName = "REASON",
        };
        because.Validators.Add(static result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>())) { result.AddError("--override: give the reason, in words"); }
        });
        return new Command("promote", "Make a version live, or say why not") { version, because }.Does((parse, terminal) =>
        {
            var workspace = DesignTarget.FindWorkspace(parse.GetValue(CommonOptions.Workspace));
            var number = parse.GetValue(version);
            Versions.Require(workspace, number);
            var result = Promoter.Promote(workspace, number, Requests.User, parse.GetValue(because), terminal.Time);
            PromotionView.Write(terminal.Out, result);
            terminal.WriteJson(result);
            return result.Promoted ? ExitCode.Done : ExitCode.No;
        });
    }
}
