using System.CommandLine;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Design.Expressions;
using Lintel.Monitoring;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel monitor FILE</c>: how the live version's answers stand beside what happened, and its values beside the test's, read from the
/// workspace's log; what a server says at <c>/v1/monitor</c>. Exit 1 when a gate is broken or a value drifted.</summary>
internal static class MonitorVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var at = new Option<string?>("--at") { Description = "As of this instant: a date or an ISO 8601 time (default: the log's last record)", HelpName = "T" };
        var window = new Option<TimeSpan?>("--window")
        {
            Description = "Decisions given, and outcomes that became known, in this time, e.g. 7d (default: the design's 'monitor: window', else 1d)",
            HelpName = "TIME",
            CustomParser = static result =>
            {
                if (Units.TryDuration(result.Tokens[0].Value, out var microseconds) && microseconds > 0) { return TimeSpan.FromMicroseconds(microseconds); }
                result.AddError($"--window: got '{result.Tokens[0].Value}', expected a duration such as 12h or 7d");
                return null;
            },
        };
        return new Command("monitor", "How the live version's answers stand beside what happened, and its values beside the test's, from the log") { file, at, window }.Does(
            (parse, terminal) =>
            {
                var target = DesignTarget.Of(parse, file);
                if (LiveReference.Read(target.Workspace) is null)
                {
                    throw new UsageException($"{target.Workspace.Folder} has no live version; run lintel up {target.System}, or lintel train and lintel promote");
                }
                var run = new MonitorRun(new()
                {
                    Workspace = target.Workspace,
                    Kinds = Composition.Kinds,
                    At = Instants.At(parse.GetValue(at)),
                    Window = parse.GetValue(window),
                });
                run.Step(long.MaxValue);
                var report = run.Report!;
                MonitorView.Write(terminal.Out, report);
                terminal.WriteJson(report);
                var isBroken = report.Quality?.Gates.Any(static g => g.Verdict == Verdict.Broken) == true;
                return isBroken || report.Drift?.Values.Any(static v => v.Verdict == Verdict.Broken) == true ? ExitCode.No : ExitCode.Done;
            });
    }
}
