using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.Json;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training;
using Lintel.Training.Fitting;
using Lintel.Training.Promotion;
using Lintel.Worlds;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel up SYSTEM</c>: from nothing to alive. Data (made by the system's world, or yours), review, training,
/// verification, promotion, serving; what is there already from an earlier start is used again.</summary>
internal static class UpVerb
{
    public static Command Command()
    {
        var system = CommonOptions.Design();
        var seed = CommonOptions.Seed();
        var port = CommonOptions.Port();
        var noServe = new Option<bool>("--no-serve") { Description = "Stop before serving" };
        var again = new Option<bool>("--again") { Description = "Train a new version although one of this design and data is there" };
        var days = new Option<int?>("--days") { Description = "Days that the world simulates (default: the world's own)", HelpName = "N" };
        return new Command("up", "From nothing to alive: data, review, training, verification, serving") { system, seed, days, port, noServe, again }.Does(
            async (parse, terminal, cancellation) =>
            {
                var order = new Order(
                    parse, terminal, DesignTarget.Of(parse, system), parse.GetValue(seed), parse.GetValue(days), parse.GetValue(again));
                Made made;
                try { made = await Watch.Run(terminal, progress => Make(order, progress, cancellation)).ConfigureAwait(false); }
                catch (ReviewBlockedException blocked) { return TrainVerb.Blocked(terminal, blocked); }

                if (made.World is { } line) { terminal.Out.MarkupLineInterpolated($"\n[grey]world[/]    {line}"); }
                FindingsView.WriteShort(terminal.Out, made.Manifest.Findings, $"lintel review {parse.GetRequiredValue(system)}");
                VersionView.Write(terminal.Out, made.Manifest);
                PromotionView.Write(terminal.Out, made.Promotion);
                var workspace = made.Target.Workspace;
                if (!made.Promotion.Promoted)
                {
                    terminal.Out.MarkupLineInterpolated(
                        $"\nMend the design, or take it on yourself: [bold]lintel promote {made.Manifest.Version} --workspace {parse.GetValue(CommonOptions.Workspace) ?? made.Target.System} --override \"reason\"[/]");
                }
                if (parse.GetValue(noServe) || (!made.Promotion.Promoted && LiveReference.Read(workspace) is null))
                {
                    terminal.WriteJson(Json(made, null));
                    return made.Promotion.Promoted ? ExitCode.Done : ExitCode.No;
                }
                return await ServeVerb.Run(
                    terminal, new() { Workspace = workspace, Kinds = Composition.Kinds, Port = parse.GetValue(port) }, cancellation,
                    address => terminal.WriteJson(Json(made, address))).ConfigureAwait(false);
            });
    }

    private static async Task<Made> Make(Order order, ITrainingProgress progress, CancellationToken cancellation)
    {
        var (target, world) = MakeWorld(order, progress);
        var request = Requests.Training(target, order.Parse, order.Terminal, progress, order.Seed);
        var run = FindVersion(order, target, request, progress) is { } there
            ? EvaluationRun.Of(there, request, cancellation)
            : Train(request, cancellation);
        var manifest = run.Version.Manifest!;
        if (manifest.Skew is null) { manifest = await VerifyVerb.Verify(run, request, cancellation).ConfigureAwait(false); }
        if (manifest.Requirements.Any(static c => c.Verdict == Verdict.NotMeasured))
        {
            manifest = (await LoadVerb.Measure(run.Prepared, manifest, request, null, cancellation).ConfigureAwait(false)).Manifest;
        }
        var promotion = LiveReference.Read(target.Workspace)?.Champion == manifest.Version
            ? new PromotionResult(true, manifest.Version, [])
            : Promoter.Promote(target.Workspace, manifest.Version, Requests.User, null, order.Terminal.Time);
        VersionReport.Write(target.Workspace, manifest, run.Prepared.Design);
        return new(target, world, manifest, promotion);
    }

    /// <summary>The system's world, unless the caller brings data.</summary>
    private static (DesignTarget Target, string? Line) MakeWorld(Order order, ITrainingProgress progress)
    {
        var target = order.Target;
        if (order.Parse.GetValue(CommonOptions.Data) is not null || WorldCatalogue.Find(target.System) is not { } world) { return (target, null); }
        progress.Stage("make the world");
        var made = Make(world, new(DesignTarget.WorldFolder(target.Workspace), order.Seed, new Shares(progress))
        {
            Days = order.Days,
            Today = DateOnly.FromDateTime(order.Terminal.Time.GetUtcNow().UtcDateTime),
        });
        return (target with { DataFolder = Path.GetFullPath(made.Folder) }, made.Summary + (made.Fresh ? "" : " (there already)"));
    }

    /// <summary>Each world has bounds of its own.</summary>
    private static WorldMade Make(World world, WorldOrder order)
    {
        try { return world.Make(order); }
        catch (ArgumentException fault) { throw new UsageException($"--days: {fault.Message}"); }
    }

    /// <summary>The newest version of this very design, seed and data.</summary>
    private static int? FindVersion(Order order, DesignTarget target, TrainingRequest request, ITrainingProgress progress)
    {
        if (order.Again || target.Workspace.Versions() is not [.., var newest]) { return null; }
        var manifest = SystemVersion.ReadManifest(target.Workspace.VersionFolder(newest));
        var design = DesignFile.Load(target.DesignPath, request.Kinds);
        if (manifest.DesignHash != design.Hash || manifest.Seed != order.Seed
            || Preparation.Read(design, request with { LogTo = manifest.LogTo }).History.Fingerprint != manifest.DataFingerprint)
        {
            return null;
        }
        progress.Note($"version {newest} was made of this design and these data; --again trains another");
        return newest;
    }

    private static EvaluationRun Train(TrainingRequest request, CancellationToken cancellation)
    {
        var trained = TrainingRun.Run(request, cancellation);
        var version = SystemVersion.Load(trained.Folder, request.Kinds);
        return trained.Replay is { } replay
            ? EvaluationRun.Decide(version, trained.Prepared, replay)
            : EvaluationRun.Rank(version, trained.Prepared, request.Progress, cancellation);
    }

    private static JsonObject Json(Made made, Uri? address)
    {
        var json = JsonSerializer.SerializeToNode(made.Manifest, VersionManifest.Json)!.AsObject();
        json["promotion"] = JsonSerializer.SerializeToNode(made.Promotion, VersionManifest.Json);
        json["data"] = made.Target.DataFolder;
        json["url"] = address?.GetLeftPart(UriPartial.Authority);
        return json;
    }

    private sealed record Order(ParseResult Parse, Terminal Terminal, DesignTarget Target, ulong Seed, int? Days, bool Again);

    /// <param name="World">What the world made, in a line; null: the caller's own data.</param>
    private sealed record Made(DesignTarget Target, string? World, VersionManifest Manifest, PromotionResult Promotion);

    private sealed class Shares(ITrainingProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, null);
    }
}
