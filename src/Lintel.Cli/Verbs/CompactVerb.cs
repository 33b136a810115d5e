using System.CommandLine;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Archive;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel compact</c>: brings closed segments of the log into Parquet by day. A server does it by itself; a second one
/// beside it writes the same files.</summary>
internal static class CompactVerb
{
    public static Command Command() =>
        new Command("compact", "Write closed segments of the log to Parquet, by event and day").Does((parse, terminal) =>
        {
            var workspace = DesignTarget.FindWorkspace(parse.GetValue(CommonOptions.Workspace));
            var result = WorkspaceArchive.Of(workspace, Composition.Kinds).Compact();
            terminal.Out.MarkupLineInterpolated(
                $"{result.Segments:N0} segments: {result.Events:N0} events and {result.Decisions:N0} decisions; the log is compacted to place {result.To:N0}");
            terminal.WriteJson(result);
            return ExitCode.Done;
        });
}
