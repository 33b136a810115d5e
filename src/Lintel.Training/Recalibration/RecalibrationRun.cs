using System.Globalization;
using Lintel.Design;
using Lintel.Models;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.Recalibration;

/// <summary>Fits a version's last calibrator and its thresholds anew, on the latest decisions whose labels have come, and keeps
/// its models: a new version, judged on later days than those it was fitted on.</summary>
public static class RecalibrationRun
{
    /// <summary>Days that are looked at by default, the judged ones included: long enough for a few hundred positives, short
    /// enough to follow a rate that moves.</summary>
    public static TimeSpan DefaultOver { get; } = TimeSpan.FromDays(28);

    /// <param name="version">The parent: the live version, most often.</param>
    /// <param name="over">Longest stretch of matured days.</param>
    /// <exception cref="InvalidDataException">The design calibrates nothing, or too little has matured.</exception>
    public static TrainingResult Run(
        int version, TimeSpan over, TrainingRequest request, CancellationToken cancellation = default)
    {
        var parent = SystemVersion.Load(request.Workspace.VersionFolder(version), request.Kinds);
        if (parent.Graph.Nodes[^1].CalibratorKind is null)
        {
            throw new InvalidDataException(
                $"{parent.Design.FinalModel.At}: '{parent.Design.FinalModel.Name}' has no 'calibrate:'; there is nothing to fit anew.");
        }
        var prepared = Preparation.Read(parent.Compiled, request);
        var days = MaturedDays.Of(prepared, SeenTo(parent.Manifest!), over);
        using var draft = request.Workspace.NewVersion();
        return Make(parent, prepared, days, draft, request, cancellation);
    }

    private static TrainingResult Make(
        SystemVersion parent, Preparation prepared, MaturedDays days, VersionDraft draft,
        TrainingRequest request, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(draft.Folder, "state"));
        var looked = days.FitDecisions.Concat(days.JudgeDecisions).ToHashSet();
        var replay = Replay.Run(
            prepared,
            row => looked.Contains(row) || prepared.ChoosesOrJudges(row),
            [
                (prepared.Split.Periods[SplitPart.Test].From, Path.Combine(draft.Folder, VersionFiles.StateAtTest)),
                (long.MaxValue, Path.Combine(draft.Folder, VersionFiles.StateLatest)),
            ],
            request.Progress, cancellation);

        request.Progress.Stage("calibrate");
        var weights = LabelWeights.Of(prepared, request.Workspace, [.. looked]);
        ScoredRows Scored(int[] rows, ScoringGraph graph) =>
            ScoredRows.Of(prepared, replay.Examples, replay.Registers, graph, rows);
        var graph = Calibrate(parent.Graph, Scored(days.Fit, parent.Graph), weights.For(days.Fit));
        var judging = Scored(days.JudgeDecisions, graph);
        var judged = JudgedSystem.Of(
            prepared, graph, Scored(days.FitDecisions, graph), judging,
            TrainLevels.Of(replay.Examples, days.Fit), parent.Manifest!.Seed, request.Threads, cancellation);

        CalibrationFigures Figures(ScoringGraph scored) => Judge(
            Scored(days.Judge, scored).Judged(scored.Nodes.Length - 1, []), weights.For(days.Judge), parent.Manifest.Seed, request.Threads);
        var result = new RecalibrationResult(
            parent.Number, Instant(prepared, days.FitDecisions.Min(r => prepared.Known[r])), CalendarDay.Iso(days.JudgeFrom),
            Instant(prepared, days.JudgeDecisions.Max(r => prepared.Known[r])),
            days.Fit.Length, replay.Examples.Positives(days.Fit), days.Judge.Length, replay.Examples.Positives(days.Judge),
            weights.Apply, Figures(parent.Graph), Figures(graph));

        request.Progress.Stage("write the version");
        var files = new VersionFilesWriter(draft.Folder, prepared);
        files.Write(VersionFiles.Judged, graph, judged.Policy.Thresholds);
        files.Write(VersionFiles.Served, graph, judged.Policy.Thresholds);
        TestDistributions.Of(prepared, replay.Examples, graph, judging).Write(draft.Folder);
        var manifest = Manifest(parent.Manifest, prepared, judged, result) with
        {
            Version = draft.Number,
            Created = request.Clock.GetUtcNow(),
            Command = request.Command,
        };
        return new(draft.Seal(manifest), draft.Final, prepared, replay);
    }

    /// <summary>The parent's manifest with everything judged anew. What was measured of the running program stays: the models
    /// are the same.</summary>
    private static VersionManifest Manifest(
        VersionManifest parent, Preparation prepared, JudgedSystem judged, RecalibrationResult result)
    {
        var claims = RequirementJudge.Judge(prepared.Design.Requirements, new() { Reviews = judged.Reviews });
        return parent with
        {
            DataFingerprint = prepared.History.Fingerprint,
            LogTo = prepared.History.LogTo,
            Split = prepared.Split.Times,
            Rows = parent.Rows with
            {
                Validate = result.FitRows,
                ValidatePositives = result.FitPositives,
                Test = judged.TestRows,
                TestPositives = judged.TestPositives,
                TestEffective = judged.TestEffective,
            },
            Metrics = judged.Evaluation.Metrics,
            Models = judged.Models,
            Slices = judged.Evaluation.Slices,
            Gates = judged.Evaluation.Gates,
            Thresholds = judged.Thresholds,
            Outcomes = judged.Outcomes,
            RulePrices = judged.Prices,
            Curves = judged.Evaluation.Curves,
            Requirements =
            [
                .. claims.Select(claim => claim.Verdict != Verdict.NotMeasured ? claim
                    : parent.Requirements.FirstOrDefault(p => p.Claim == claim.Claim) ?? claim),
            ],
            Skew = null,
            Recalibration = result,
            // learning on the stream begins anew with what is calibrated here
            Continuous = null,
        };
    }

    /// <summary>The same graph, its last calibrator fitted on other rows.</summary>
    private static ScoringGraph Calibrate(ScoringGraph graph, ScoredRows rows, double[] weights)
    {
        var last = graph.Nodes[^1];
        var trainer = ModelKinds.Calibrators.Single(t => t.Kind.Name == last.CalibratorKind);
        var calibrator = trainer.Fit(rows.Margins[^1], rows.Labels(), weights);
        return new([.. graph.Nodes[..^1], last with { Calibrator = calibrator }]);
    }

    private static CalibrationFigures Judge(Judged rows, double[] weights, ulong seed, int threads)
    {
        static MetricDesign Metric(string kind) => new(kind, default, kind, null, null, false);
        var weighted = weights.Length == 0 ? rows : new Judged
        {
            Margins = rows.Margins,
            Probabilities = rows.Probabilities,
            Labels = rows.Labels,
            Days = rows.Days,
            Keys = rows.Keys,
            Weights = weights,
        };
        var result = Evaluator.Evaluate(new()
        {
            Metrics = [Metric("calibration"), Metric("calibration-error")],
            Test = weighted,
            ResampleBy = rows.Keys.Keys.FirstOrDefault(),
            Seed = seed,
            Threads = threads,
        });
        return new(result.Metrics["calibration"], result.Metrics["calibration-error"]);
    }

    /// <summary>The last decision that the models learnt from.</summary>
    private static long SeenTo(VersionManifest manifest)
    {
        if (manifest.Continuous is not null) { return (manifest.Created.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond; }
        var last = manifest.Refit?.TrainTo ?? manifest.Split.TrainTo;
        return (DateTimeOffset.Parse(last, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks
            - DateTime.UnixEpoch.Ticks) / 10;
    }

    private static string Instant(Preparation prepared, long known) =>
        known == long.MaxValue ? prepared.Split.Times.TestTo : CalendarDay.Iso(known);
}
