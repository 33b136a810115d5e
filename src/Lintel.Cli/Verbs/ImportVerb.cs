using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Shell;
using Lintel.Design;
using Lintel.Server.Import;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel import FILE PATH… --event NAME</c>: takes the records of files into the log as stream events.</summary>
internal static class ImportVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var paths = new Argument<string[]>("PATH") { Description = "CSV (plain or .gz), Parquet or NDJSON files", Arity = ArgumentArity.OneOrMore };
        var name = new Option<string?>("--event") { Description = "The event that the files hold (default: the decided one)", HelpName = "NAME" };
        var url = WorkspaceServer.Url();
        return new Command("import", "Take files into the log as stream events; run again, it goes on where it broke off") { file, paths, name, url }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var design = DesignFile.Load(target.DesignPath, Composition.Kinds);
                var wanted = parse.GetValue(name) ?? design.Decision.Each.Name;
                var type = design.Events.FirstOrDefault(e => e.Name == wanted) ?? throw new UsageException(
                    $"--event: the design has no event '{wanted}'; expected one of {string.Join(", ", design.Events.Select(static e => e.Name))}");
                var files = parse.GetRequiredValue(paths);
                if (files.FirstOrDefault(static p => !File.Exists(p)) is { } missing)
                {
                    throw new UsageException($"there is no file '{missing}'");
                }
                await using var server = await WorkspaceServer.OpenAsync(target.Workspace, parse.GetValue(url), cancellation).ConfigureAwait(false);
                var counts = await Watch.Run(terminal, progress =>
                    ImportRun.RunAsync(server.Client, type, files, progress, cancellation)).ConfigureAwait(false);
                terminal.Out.MarkupLineInterpolated(
                    $"{counts.Accepted:N0} records of {type.Name} accepted, {counts.Repeats:N0} were there before, {counts.Rejected:N0} could not be read");
                if (type.Id is null && type.Number != design.Decision.Each.Number)
                {
                    terminal.Out.MarkupLineInterpolated($"{type.Name} has no id: importing the same file again would count its records again");
                }
                terminal.WriteJson(counts);
                return ExitCode.Done;
            });
    }
}
