using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;

namespace Lintel.Server.Verification;

/// <summary>Gives a version its skew certificate: what the offline replay decided of the test period against what the server
/// answers, and the result into the version's manifest.</summary>
public static class VersionVerifier
{
    /// <param name="run">The version, replayed over the data that it was made of.</param>
    /// <returns>The manifest with the certificate, as it stands in the version's folder now.</returns>
    public static async Task<VersionManifest> VerifyAsync(
        EvaluationRun run, TrainingRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var number = run.Version.Number;
        var history = run.Prepared.History;
        var (from, to) = Stretch(run);
        var certificate = await new SkewVerifier(
            new ServerOptions { Workspace = request.Workspace, Kinds = request.Kinds, Version = number })
            .RunAsync(
                history, from, to, Expected(run, from, to), request.Command, request.Clock.GetUtcNow(), progress, cancellation)
            .ConfigureAwait(false);
        return VersionParts.WriteManifest(
            request.Workspace.VersionFolder(number), run.Version.Manifest! with { Skew = certificate });
    }

    /// <summary>The log from the start of the test period to its last decision.</summary>
    private static (int From, int To) Stretch(EvaluationRun run)
    {
        var order = run.Prepared.History.Order;
        var start = run.Prepared.VerifiedFrom;
        var from = Array.FindIndex(order, e => e.Known >= start);
        var decided = run.Prepared.Design.Decision.Each.Number;
        var rows = run.Rows.ToHashSet();
        var to = Array.FindLastIndex(order, e => e.Type == decided && rows.Contains(e.Row)) + 1;
        return from < 0 || to <= from
            ? throw new InvalidDataException($"version {run.Version.Number}: the test period holds no decision to verify; its data are not those it was made of")
            : (from, to);
    }

    private static SkewExpectation Expected(EvaluationRun run, int from, int to)
    {
        if (run.Pages is { } pages) { return new SkewExpectation.Pages(pages); }
        var order = run.Prepared.History.Order;
        var decided = run.Prepared.Design.Decision.Each.Number;
        var placeOf = new Dictionary<int, int>(run.Rows.Length);
        for (var place = 0; place < run.Rows.Length; place++) { placeOf.Add(run.Rows[place], place); }
        int[] rows = [.. order[from..to].Where(e => e.Type == decided).Select(static e => e.Row)];
        var examples = run.Replay!.Examples;
        var final = run.Version.Graph.Nodes.Length - 1;
        int[] quantiles = [.. run.Version.Design.Quantiles.Select(m => run.Version.Graph.IndexOf(m.Name))];
        return new SkewExpectation.Outcomes
        {
            Features = examples.Gather(rows, [.. Enumerable.Range(0, examples.FeatureCount)]),
            Margins = [.. rows.Select(r => run.Margins[(placeOf[r] * (final + 1)) + final])],
            Quantiles = [.. rows.SelectMany(r => quantiles.Select(node => run.Margins[(placeOf[r] * (final + 1)) + node]))],
            Promises = run.Version.Estimate is null ? [] : [.. rows.Select(r => run.Decisions[placeOf[r]].Probability)],
            Given = [.. rows.Select(r => run.Decisions[placeOf[r]].Outcome)],
        };
    }
}
