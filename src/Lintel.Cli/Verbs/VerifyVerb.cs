using System.CommandLine;
using Lintel.Cli.Progress;
using Lintel.Cli.Shell;
using Lintel.Pipeline.Versions;
using Lintel.Server.Verification;
using Lintel.Training;
using Lintel.Training.Fitting;
using Spectre.Console;

namespace Lintel.Cli.Verbs;

/// <summary><c>lintel verify V</c>: the skew certificate. Exit 1 when one decision differs in one bit.</summary>
internal static class VerifyVerb
{
    public static Command Command()
    {
        var version = new Argument<int>("V") { Description = "Number of the version" };
        return new Command("verify", "Show that serving computes what training computed, bit for bit") { version }.Does(
            async (parse, terminal, cancellation) =>
            {
                var workspace = DesignTarget.FindWorkspace(parse.GetValue(CommonOptions.Workspace));
                var number = parse.GetValue(version);
                Versions.Require(workspace, number);
                var target = DesignTarget.OfVersion(workspace, number, parse.GetValue(CommonOptions.Data));
                var manifest = await Watch.Run(terminal, progress =>
                {
                    var request = Requests.Training(target, parse, terminal, progress);
                    return Verify(EvaluationRun.Of(number, request, cancellation), request, cancellation);
                }).ConfigureAwait(false);
                Write(terminal.Out, manifest.Skew!);
                terminal.WriteJson(manifest.Skew!);
                return manifest.Skew!.Mismatches == 0 ? ExitCode.Done : ExitCode.No;
            });
    }

    /// <summary>Verifies, keeps the certificate and draws the report with it.</summary>
    public static async Task<VersionManifest> Verify(EvaluationRun run, TrainingRequest request, CancellationToken cancellation)
    {
        request.Progress.Stage("verify");
        var manifest = await VersionVerifier.VerifyAsync(
            run, request, new ShareOf(request.Progress), cancellation).ConfigureAwait(false);
        VersionReport.Write(request.Workspace, manifest, run.Prepared.Design);
        return manifest;
    }

    public static void Write(IAnsiConsole console, SkewCertificate skew)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(
            $"{skew.Decisions:N0} decisions sent over HTTP, {skew.From} to {skew.To}; compared with the replay bit for bit:");
        if (skew.Mismatches == 0)
        {
            console.MarkupLine("[green]✔ features, scores and outcomes are the same[/]");
            return;
        }
        console.MarkupLineInterpolated(
            $"[red]✘ {skew.Mismatches:N0} differ[/]: features {skew.FeatureMismatches:N0}, scores {skew.ScoreMismatches:N0}, outcomes {skew.OutcomeMismatches:N0}");
        if (skew.FirstDifference is { } first) { console.WriteLine($"  first: {first}"); }
    }

    private sealed class ShareOf(ITrainingProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, null);
    }
}
