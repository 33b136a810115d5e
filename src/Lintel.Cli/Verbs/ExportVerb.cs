using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Shell;
using Lintel.Design;
using Lintel.Events.Parquet;
using Lintel.Training.Export;
using Lintel.Training.Fitting;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel export FILE</c>: the training matrix as Parquet, or the features of keys as of an instant.</summary>
internal static class ExportVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var at = new Option<string?>("--at") { Description = "As of this instant, e.g. 2018-08-10 or 2018-08-10T12:00:00Z; needs --keys", HelpName = "TIME" };
        var keys = new Option<string?>("--keys") { Description = "Features of every key of this name, e.g. card; needs --at", HelpName = "KEY" };
        var only = new Option<string?>("--key-file") { Description = "Only the keys of this file, one a line", HelpName = "PATH" };
        var output = new Option<string>("--out") { Description = "File to write", DefaultValueFactory = static _ => "features.parquet", HelpName = "PATH" };
        return new Command("export", "Write the training matrix, or the features of keys as of an instant, as Parquet") { file, at, keys, only, output }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var (entity, instant) = (parse.GetValue(keys), Instants.At(parse.GetValue(at)));
                if ((entity is null) != (instant is null)) { throw new UsageException("--at and --keys are given together, or neither: lintel export FILE --at 2018-08-10 --keys card"); }
                var path = parse.GetRequiredValue(output);
                var columns = await Watch.Run(terminal, progress =>
                {
                    var request = Requests.Training(target, parse, terminal, progress);
                    var prepared = Preparation.Read(DesignFile.Load(target.DesignPath, Composition.Kinds), request);
                    return Task.FromResult(entity is null
                        ? FeatureExport.Matrix(prepared, progress, cancellation)
                        : FeatureExport.Keys(
                            prepared.History, prepared.Compiled.Plan, entity,
                            parse.GetValue(only) is { } list ? [.. File.ReadLines(list).Where(static l => l.Length > 0)] : null, instant!.Value));
                }).ConfigureAwait(false);
                ParquetFiles.Write(path, columns);
                terminal.Out.MarkupLineInterpolated($"{path}: {string.Join(", ", columns.Select(static c => c.Name))}");
                terminal.WriteJson(new { path, columns = columns.Select(static c => c.Name) });
                return ExitCode.Done;
            });
    }
}
