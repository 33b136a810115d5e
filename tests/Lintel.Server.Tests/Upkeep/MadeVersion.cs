using System.Text;
using Lintel.Decisions;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Events;
using Lintel.Features;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Tests.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;

namespace Lintel.Server.Tests.Upkeep;

/// <summary>Versions of the payments design on disk, as training leaves them, around a logistic model that was fitted on made-up
/// rows: what a test of serving needs, in milliseconds.</summary>
internal static class MadeVersion
{
    /// <summary>The payments design with a model that has a file.</summary>
    internal static string Text { get; } = PaymentsDesign.Text.Replace("kind: plain", "kind: logistic");

    /// <summary>The same with one window more.</summary>
    internal static string Wider { get; } =
        Text.Replace("  card_amount_30d:", "  card_payments_7d: count(payment) by card over 7d\n  card_amount_30d:");

    internal static KindRegistry Kinds { get; } = new([.. ModelKinds.Kinds, .. MetricKinds.Kinds]);

    /// <param name="review">Margin from which on a payment is reviewed; blocks begin two above.</param>
    internal static void Write(Workspace workspace, int number, string text, double review = 1)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("payments/design.yaml", text, Kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        var compiled = CompiledDesign.Compile(design!, new CodeDictionaries());
        var draft = workspace.VersionFolder(number) + ".draft";
        var models = Path.Combine(draft, VersionFiles.Served);
        Directory.CreateDirectory(models);
        AtomicFile.Write(Path.Combine(draft, VersionFiles.Design), Encoding.UTF8.GetBytes(text));
        VersionParts.WriteDictionaries(draft, compiled.Dictionaries);
        ScoringGraphFiles.Write(models, new([Fit(design!, compiled, number)]), compiled.Plan.FeatureNames);
        ThresholdsFile.Write(models, ThresholdMargins.Of(review + 2, review));
        LiveState.Empty(compiled, InstantOrder.ByPlace).Save(Path.Combine(draft, VersionFiles.StateLatest));
        VersionParts.WriteManifest(draft, Manifest(design!, number));
        Directory.Move(draft, workspace.VersionFolder(number));
    }

    internal static void Promote(Workspace workspace, int number, DateTimeOffset since) =>
        new LiveReference(number, since, "a test", "because").Write(workspace);

    private static ScoringNode Fit(SystemDesign design, CompiledDesign compiled, int seed)
    {
        const int Rows = 500;
        var count = compiled.Plan.FeatureCount;
        var random = new RandomStream((ulong)seed);
        var (features, labels) = (new float[Rows * count], new float[Rows]);
        for (var r = 0; r < Rows; r++)
        {
            for (var f = 0; f < count; f++) { features[(r * count) + f] = random.NextInt32(100); }
            labels[r] = features[r * count] + random.NextInt32(40) > 110 ? 1 : 0;
        }
        var model = design.Models[0];
        var fitted = ModelKinds.Trainers.Single(t => t.Kind.Name == model.Kind).Fit(
            model.Parameters, new() { Features = features, FeatureCount = count, Labels = labels },
            new FitContext(1, 1, null, CancellationToken.None));
        return new(model.Name, model.Kind, fitted, null, null, null, [.. Enumerable.Range(0, count)], []);
    }

    private static VersionManifest Manifest(SystemDesign design, int number) => new()
    {
        Version = number,
        System = design.System,
        Goal = design.Goal,
        Created = DateTimeOffset.UnixEpoch,
        Command = "a test",
        LintelVersion = "0.0.0",
        DesignHash = design.Hash,
        DataFingerprint = "",
        Seed = 1,
        Split = new("", "", null, null, "", "", "", ""),
        Rows = new(0, 0, 0),
        Metrics = [],
        Files = [],
    };
}
