using System.CommandLine;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel explain ID</c>: why a decision came out as it did, from its record in the log; no server is needed, and one
/// may be running.</summary>
internal static class ExplainVerb
{
    public static Command Command()
    {
        var id = new Argument<string>("ID") { Description = "The id that the decision was asked with" };
        var whyNot = new Option<string?>("--why-not")
        {
            Description = "Of a ranking: where this item was lost on its way to the page",
            HelpName = "ITEM",
        };
        return new Command("explain", "Why a decision came out as it did: contributions and the policy's trace") { id, whyNot }.Does(
            (parse, terminal) =>
            {
                var workspace = DesignTarget.FindWorkspace(parse.GetValue(CommonOptions.Workspace));
                var wanted = parse.GetRequiredValue(id);
                var decision = DecisionLog.Find(workspace.LogFolder, wanted) ?? throw new UsageException(
                    $"the log in {workspace.LogFolder} has no decision of '{wanted}'; ids are those of POST /v1/decide");
                var version = SystemVersion.Load(workspace.VersionFolder(decision.Version), Composition.Kinds);
                if (decision.Page is { } page)
                {
                    ExplainPage(terminal, version, decision, page, parse.GetValue(whyNot));
                    return ExitCode.Done;
                }
                if (parse.GetValue(whyNot) is not null)
                {
                    throw new UsageException($"'{wanted}' gave an outcome, not a page: --why-not asks for an item of a ranking");
                }
                if (decision.Failed)
                {
                    throw new UsageException($"'{wanted}' was not scored{(decision.Outcome.Length == 0 ? "" : $": the outcome {decision.Outcome} is what the design says on failure")}");
                }
                var explanation = Explanation.Of(version, decision.Registers);
                ExplanationView.Write(terminal.Out, version.Design, decision, explanation);
                terminal.WriteJson(ExplanationView.Json(decision, explanation));
                return ExitCode.Done;
            });
    }

    private static void ExplainPage(Terminal terminal, SystemVersion version, DecisionRecord decision, PageRecord page, string? whyNot)
    {
        if (whyNot is not null)
        {
            var fate = ItemFate.Of(version, page, whyNot, decision.Known);
            FunnelText.WriteFate(terminal.Out, version, fate);
            terminal.WriteJson(FunnelText.Json(fate));
            return;
        }
        FunnelText.Write(terminal.Out, version, decision, page);
        terminal.WriteJson(FunnelText.Json(version, decision, page));
    }
}
