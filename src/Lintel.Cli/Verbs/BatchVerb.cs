using System.CommandLine;
using System.Globalization;
using Lintel.Cli.Progress;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Batch;
using Lintel.Training;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel batch FILE</c>: makes a page for everyone ahead, or a promise for every ask of a file, as Parquet; what is there already is not
/// made again.</summary>
internal static class BatchVerb
{
    public static Command Command()
    {
        var named = CommonOptions.Design();
        var asks = new Option<string?>("--asks")
        {
            Description = "Of a regression: CSV (plain or .gz), Parquet or NDJSON whose rows are promised, as POST /v1/quote takes them",
            HelpName = "PATH",
        };
        var at = new Option<string?>("--at")
        {
            Description = "As of this instant, e.g. 2026-03-01 or 2026-03-01T02:00:00Z (default: the last record's)",
            HelpName = "TIME",
        };
        var shard = new Option<BatchShard>("--shard")
        {
            Description = "Make only these parts, e.g. 2/8: the second of eight processes; give all of them the same --at",
            HelpName = "I/N",
            DefaultValueFactory = static _ => BatchShard.Whole,
            CustomParser = static result =>
            {
                if (!BatchShard.TryParse(result.Tokens[0].Value, out var parsed))
                {
                    result.AddError($"--shard: got '{result.Tokens[0].Value}', expected I/N with 1 <= I <= N, e.g. 2/8");
                }
                return parsed;
            },
        };
        var output = new Option<string?>("--out")
        {
            Description = "Folder that batches go to (default: .lintel/batch, where serving finds them)",
            HelpName = "FOLDER",
        };
        var version = new Option<int?>("--version")
        {
            Description = "Make them with this version (default: the live one, else the newest)",
            HelpName = "V",
        };
        var command = new Command("batch", "Make a page for everyone ahead, or a promise for each ask of a file, as Parquet; goes on where it was stopped");
        foreach (var option in (Option[])[asks, at, shard, output, version]) { command.Options.Add(option); }
        command.Arguments.Add(named);
        return command.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, named);
                var instant = Instants.At(parse.GetValue(at));
                var number = Versions.Choose(target.Workspace, parse.GetValue(version));
                var file = parse.GetValue(asks);
                if (file is not null && !File.Exists(file)) { throw new UsageException($"--asks: there is no file '{file}'"); }
                var result = await Watch.Run(terminal, progress =>
                {
                    progress.Stage(file is null ? "pages" : "promises");
                    return Task.FromResult(BatchRun.Run(
                        new()
                        {
                            Workspace = target.Workspace,
                            Kinds = Composition.Kinds,
                            Version = number,
                            Asks = file,
                            At = instant,
                            Shard = parse.GetValue(shard),
                            Folder = parse.GetValue(output),
                            Clock = terminal.Time,
                            Progress = new ShareOf(progress),
                            Warn = line => terminal.Error.WriteLine($"warning: {line}"),
                        },
                        cancellation));
                }).ConfigureAwait(false);
                Write(terminal, result);
                terminal.WriteJson(result);
                return ExitCode.Done;
            });
    }

    private static void Write(Terminal terminal, BatchResult result)
    {
        var console = terminal.Out;
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Made:N0} {(result.Take is null ? "promises" : "pages")} in {result.Seconds:N1} s ({result.PerSecond:N0} a second)"
            + $"{(result.Take is { } take ? $", {100 * result.ShortShare:0.0} % with fewer than {take} items" : "")}"));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.PartsMade:N0} parts made, {result.PartsThere:N0} were there; version {result.Version} "
            + $"as of {result.At:yyyy-MM-dd HH:mm:ss}Z for {result.Entities:N0} {(result.Take is null ? "asks" : "keys")}"));
        terminal.WriteVerbatim($"{result.Folder}{(result.IsComplete ? "" : ": not complete yet, other shards are to come")}");
    }

    private sealed class ShareOf(ITrainingProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, null);
    }
}
