using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Rendering;
using Lintel.Cli.Shell;
using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Server.Load;
using Lintel.Training.Fitting;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel load FILE</c>: measures the claims that only a running system can answer (latency, rate, freshness) on a copy of
/// a version. Exit 1 when one is broken.</summary>
internal static class LoadVerb
{
    /// <summary>Long enough for a 99th percentile of thousands of decisions.</summary>
    private const double DefaultSeconds = 4.5;

    public static Command Command()
    {
        var file = CommonOptions.Design();
        var version = new Option<int?>("--version") { Description = "Measure this version (default: the live one, else the newest)", HelpName = "V" };
        var seconds = new Option<double>("--seconds")
        {
            Description = "Length of the steady stretches together",
            DefaultValueFactory = static _ => DefaultSeconds,
        };
        return new Command("load", "Measure latency, rate and freshness of the running system") { file, version, seconds }.Does(
            async (parse, terminal, cancellation) =>
            {
                var target = DesignTarget.Of(parse, file);
                var workspace = target.Workspace;
                var number = Versions.Choose(workspace, parse.GetValue(version));
                var measured = await Watch.Run(terminal, async progress =>
                {
                    var request = Requests.Training(target, parse, terminal, progress);
                    var design = DesignFile.Load(Path.Combine(workspace.VersionFolder(number), VersionFiles.Design), request.Kinds);
                    return await Measure(
                        Preparation.Read(design, request), SystemVersion.ReadManifest(workspace.VersionFolder(number)), request,
                        parse.GetValue(seconds), cancellation).ConfigureAwait(false);
                }).ConfigureAwait(false);

                Write(terminal.Out, measured);
                ClaimsView.Write(terminal.Out, measured.Manifest);
                terminal.WriteJson(new
                {
                    version = number,
                    latencyMilliseconds = new
                    {
                        p50 = measured.Paced.Latency(50).TotalMilliseconds,
                        p99 = measured.Paced.Latency(99).TotalMilliseconds,
                        p999 = measured.Paced.Latency(99.9).TotalMilliseconds,
                    },
                    pacedPerSecond = measured.Paced.PerSecond,
                    saturatedPerSecond = measured.Saturated.PerSecond,
                    requirements = measured.Manifest.Requirements,
                });
                return measured.Manifest.Requirements.Any(static c => c.Verdict == Verdict.Broken) ? ExitCode.No : ExitCode.Done;
            });
    }

    /// <summary>Measures, and keeps the results in the version and its report.</summary>
    public static async Task<Measured> Measure(
        Preparation prepared, VersionManifest manifest, TrainingRequest request, double? seconds, CancellationToken cancellation)
    {
        request.Progress.Stage("measure the running system");
        using var server = await ServerProcess.StartAsync(request, manifest.Version, cancellation).ConfigureAwait(false);
        var (done, paced, saturated) = await RequirementRun.MeasureAsync(
            server.Address, request.Workspace, prepared.Design, prepared.History, manifest, seconds ?? DefaultSeconds, cancellation)
            .ConfigureAwait(false);
        VersionReport.Write(request.Workspace, done, prepared.Design);
        return new(done, paced, saturated);
    }

    private static void Write(IAnsiConsole console, Measured measured)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(
            $"at {measured.Paced.PerSecond:N0} decisions/s: p50 {measured.Paced.Latency(50).TotalMilliseconds:0.00} ms, p99 {measured.Paced.Latency(99).TotalMilliseconds:0.00} ms, p99.9 {measured.Paced.Latency(99.9).TotalMilliseconds:0.00} ms");
        console.MarkupLineInterpolated(
            $"saturated, {RequirementRun.Connections} connections: {measured.Saturated.PerSecond:N0} decisions/s (the client shares the machine)");
    }

    internal sealed record Measured(VersionManifest Manifest, LoadFigures Paced, LoadFigures Saturated);
}
