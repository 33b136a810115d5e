using System.CommandLine;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Server;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel serve FILE</c>: answers decisions with the live version until it is stopped.</summary>
internal static class ServeVerb
{
    public static Command Command()
    {
        var file = CommonOptions.Design();
        var port = CommonOptions.Port();
        var version = new Option<int?>("--version") { Description = "Serve this version (default: the live one)", HelpName = "V" };
        var snapshots = new Option<long?>("--snapshot-every")
        {
            Description = $"Records between two snapshots of the live state (default {new SnapshotOptions().EveryRecords:N0})",
            HelpName = "RECORDS",
        };
        var log = new Option<string?>("--log-folder") { Description = "Keep the log here instead of in the workspace", HelpName = "FOLDER" };
        var limit = CommonOptions.Bounded<double?>(
            new("--limit")
            {
                Description = "Records a second that are taken; more are answered 429 (default: the design's 'serve: limit')",
                HelpName = "N",
            },
            1, int.MaxValue);
        var texts = CommonOptions.Bounded<int?>(
            new("--max-texts")
            {
                Description = "Most keys of one entity, or texts of fields, that are kept; a record with a new one past that is refused (default: no limit)",
                HelpName = "N",
            },
            1, int.MaxValue);
        return new Command("serve", "Answer decisions over HTTP with the live version") { file, port, version, log, snapshots, limit, texts }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var number = parse.GetValue(version);
                if (number is null && LiveReference.Read(target.Workspace) is null)
                {
                    throw new UsageException(
                        $"{target.Workspace.Folder} has no live version; run lintel up {target.System}, or lintel train and lintel promote");
                }
                return await Run(
                    terminal,
                    new()
                    {
                        Workspace = target.Workspace,
                        Kinds = Composition.Kinds,
                        Version = number,
                        Port = parse.GetValue(port),
                        LogFolder = parse.GetValue(log),
                        LimitPerSecond = parse.GetValue(limit),
                        Live = new() { MaxTexts = parse.GetValue(texts) ?? int.MaxValue },
                        Snapshots = parse.GetValue(log) is null ? Snapshots(parse.GetValue(snapshots)) : null,
                        Warn = line => terminal.Error.WriteLine($"warning: {line}"),
                        Tell = line => terminal.Error.WriteLine(line),
                    },
                    cancellation).ConfigureAwait(false);
            });
    }

    /// <summary>A number of records is also how often it is looked: whoever asks for few wants them soon.</summary>
    private static SnapshotOptions Snapshots(long? every) => every switch
    {
        null => new(),
        > 0 => new() { EveryRecords = every.Value, Look = TimeSpan.FromMilliseconds(Math.Min(1000, every.Value)) },
        _ => throw new UsageException($"--snapshot-every takes a number of records above 0, got {every}"),
    };

    /// <summary>Serves until cancelled or asked to stop.</summary>
    /// <param name="started">Told the address once decisions are answered.</param>
    public static async Task<ExitCode> Run(
        Terminal terminal, ServerOptions options, CancellationToken cancellation,
        Action<Uri>? started = null)
    {
        await using var server = await ServerHost.StartAsync(options, cancellation).ConfigureAwait(false);
        var address = server.Address.GetLeftPart(UriPartial.Authority);
        var form = server.Live.Version.Manifest!.FormOf(server.Live.Design);
        terminal.Out.MarkupLineInterpolated($"\n[bold green]{server.Live.Design.System} version {server.Live.Version.Number} decides at {address}[/]");
        terminal.Out.WriteLine();
        terminal.Out.MarkupLine(form.Items is null ? "Try a decision, with its reasons:" : "Try a page, with the funnel that it came through:");
        foreach (var line in TryIt.Lines(form, address)) { terminal.WriteVerbatim($"  {line}"); }
        if (form.Items is { } items)
        {
            terminal.Out.MarkupLineInterpolated($"Ask why a {items} is not on it:  {address}/v1/decisions/try-1/items/KEY");
        }
        terminal.Out.MarkupLineInterpolated($"Open the report and its form:  {address}/");
        terminal.Out.MarkupLine("Stop with Ctrl-C.");
        if (started is not null) { started(server.Address); }
        else { terminal.WriteJson(new { url = address, version = server.Live.Version.Number, system = server.Live.Design.System }); }
        try { await server.WaitForShutdownAsync(cancellation).ConfigureAwait(false); }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { }
        return ExitCode.Done;
    }
}
