using Lintel.Design;
using Lintel.Events;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;

namespace Lintel.Server.Load;

/// <summary>Measures the claims of a design that only a running system can answer, and keeps the results in the version.</summary>
public static class RequirementRun
{
    /// <summary>Connections of a run: more than the machine has cores, as clients are.</summary>
    public const int Connections = 64;

    private const int FreshnessPairs = 200;

    /// <summary>Until the hot path is compiled for good.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Rate at which latency is measured when the design claims none.</summary>
    private const double DefaultRate = 500;

    /// <param name="address">A server that decides with this version, on a log of its own.</param>
    /// <param name="seconds">Length of the steady stretches together; the saturated ones take half of it.</param>
    public static async Task<(VersionManifest Manifest, LoadFigures Paced, LoadFigures Saturated)> MeasureAsync(
        Uri address, Workspace workspace, SystemDesign design, EventHistory history, VersionManifest manifest, double seconds,
        CancellationToken cancellation = default)
    {
        var claims = design.Requirements;
        var rate = claims.RatePerSecond ?? DefaultRate;
        var (paced, saturated) = (new LoadFigures[Repeats.Enough], new LoadFigures[Repeats.Enough]);
        var stretch = TimeSpan.FromSeconds(seconds / Repeats.Enough);
        var run = new LoadRun(address, history, limit: 50_000);
        _ = await run.SaturateAsync(WarmUp, Connections, cancellation).ConfigureAwait(false);
        for (var i = 0; i < Repeats.Enough; i++)
        {
            saturated[i] = await run.SaturateAsync(stretch / 2, Connections, cancellation).ConfigureAwait(false);
            paced[i] = await run.PaceAsync(rate, stretch, Connections, cancellation).ConfigureAwait(false);
        }
        var freshness = await run.FreshnessAsync(FreshnessPairs, cancellation).ConfigureAwait(false);
        var measured = RequirementJudge.Judge(claims, new()
        {
            LatencyMilliseconds = percentile => new([.. paced.Select(p => p.Latency(percentile).TotalMilliseconds)]),
            RatePerSecond = new([.. saturated.Select(static s => s.PerSecond)]),
            Freshness = freshness,
        });
        var results = manifest.Requirements
            .Select(old => measured.FirstOrDefault(m => m.Claim == old.Claim && m.Verdict != Verdict.NotMeasured) ?? old);
        return (
            VersionParts.WriteManifest(
                workspace.VersionFolder(manifest.Version), manifest with { Requirements = [.. results] }),
            LoadFigures.Together(paced), LoadFigures.Together(saturated));
    }
}
