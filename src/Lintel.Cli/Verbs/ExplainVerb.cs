using System.CommandLine;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel explain ID</c>: why a decision came out as it did, from its record in the log; no server is needed, and one
/// may be running.</summary>
internal static class ExplainVerb
{
    public static Command Command()
    {
        var id = new Argument<string>("ID") { Description = "The id that the decision was asked with" };
        return new Command("explain", "Why a decision came out as it did: contributions and the policy's trace") { id }.Does(
            (parse, terminal) =>
            {
                var workspace = DesignTarget.FindWorkspace(parse.GetValue(CommonOptions.Workspace));
                var wanted = parse.GetRequiredValue(id);
                var decision = DecisionLog.Find(workspace.LogFolder, wanted) ?? throw new UsageException(
                    $"the log in {workspace.LogFolder} has no decision of '{wanted}'; ids are those of POST /v1/decide");
                if (decision.Failed)
                {
                    throw new UsageException($"'{wanted}' was not scored: the outcome {decision.Outcome} is what the design says on failure");
                }
                var version = SystemVersion.Load(workspace.VersionFolder(decision.Version), Composition.Kinds);
                var explanation = Explanation.Of(version, decision.Registers);
                ExplanationView.Write(terminal.Out, version.Design, decision, explanation);
                terminal.WriteJson(ExplanationView.Json(decision, explanation));
                return ExitCode.Done;
            });
    }
}
