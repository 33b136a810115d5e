using System.CommandLine;
using System.Globalization;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Training.DayReplays;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel replay DAY --version V</c>: what that version would have decided, against what was decided. Exit 1 when
/// the version decided the day itself and does not decide it the same again.</summary>
internal static class ReplayVerb
{
    public static Command Command()
    {
        var day = new Argument<DateOnly>("DAY")
        {
            Description = "A day in the design's time zone, e.g. 2018-08-10",
            CustomParser = static result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
                {
                    return parsed;
                }
                result.AddError($"DAY: '{result.Tokens[0].Value}' is no day; write it as 2018-08-10");
                return default;
            },
        };
        var version = new Option<int?>("--version") { Description = "Decide with this version (default: the live one, else the newest)", HelpName = "V" };
        var against = new Option<ReplayAgainst>("--against")
        {
            Description = "recorded: what was answered; champion: what the live version would have decided (default: recorded where there is a record)",
            HelpName = "recorded|champion",
        };
        return new Command("replay", "Replay a day: what a version would have decided, against what was decided") { day, version, against }.Does(
            async (parse, terminal, cancellation) =>
            {
                var workspace = DesignTarget.FindWorkspace(parse.GetValue(CommonOptions.Workspace));
                var number = Versions.Choose(workspace, parse.GetValue(version));
                var target = DesignTarget.OfVersion(workspace, number, parse.GetValue(CommonOptions.Data));
                var result = await Watch.Run(terminal, progress => Task.FromResult(DayReplay.Run(
                    parse.GetValue(day), number, parse.GetValue(against),
                    Requests.Training(target, parse, terminal, progress), cancellation))).ConfigureAwait(false);
                DayReplayView.Write(terminal.Out, result);
                terminal.WriteJson(result);
                return result.Incumbent.Mismatches == 0 ? ExitCode.Done : ExitCode.No;
            });
    }
}
