using System.Diagnostics;
using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Ranking;
using Lintel.Training.Review;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>From a design and its data to a version on disk: read, review, replay, search, fit, solve, judge, refit, write.</summary>
public sealed class TrainingRun
{
    private readonly TrainingRequest _request;
    private readonly CancellationToken _cancellation;
    private readonly StageClock _clock;

    private TrainingRun(TrainingRequest request, CancellationToken cancellation)
    {
        _clock = new(request.Progress);
        _request = request with { Progress = _clock };
        _cancellation = cancellation;
    }

    /// <summary>Makes a version.</summary>
    /// <exception cref="Lintel.Design.Diagnostics.DesignException">The design has errors.</exception>
    /// <exception cref="ReviewBlockedException">A finding blocks.</exception>
    public static TrainingResult Run(TrainingRequest request, CancellationToken cancellation = default) =>
        new TrainingRun(request, cancellation).Run();

    private TrainingResult Run()
    {
        var design = DesignFile.Load(_request.DesignPath, _request.Kinds);
        var prepared = Preparation.Read(design, _request);
        StopWhenBlocked(Reviewer.Review(design, prepared.Evidence()));
        using var draft = _request.Workspace.NewVersion();
        return design.Decision.Ranking is null
            ? Make(prepared, draft)
            : new RankingRun(prepared, _request, _clock, _cancellation).Make(draft);
    }

    private TrainingResult Make(Preparation prepared, VersionDraft draft)
    {
        var design = prepared.Design;
        var split = prepared.Split;
        Directory.CreateDirectory(Path.Combine(draft.Folder, "state"));
        var replay = Replay.Run(
            prepared,
            prepared.ChoosesOrJudges,
            [
                (split.Periods[SplitPart.Test].From, Path.Combine(draft.Folder, VersionFiles.StateAtTest)),
                (long.MaxValue, Path.Combine(draft.Folder, VersionFiles.StateLatest)),
            ],
            _request.Progress, _cancellation);
        var examples = replay.Examples;
        var fitter = new SystemFitter(
            design.Models, prepared.Compiled.Plan.FeatureNames, examples, _request.Seed, _request.Threads, _request.Progress, _cancellation);
        var train = split.Rows(SplitPart.Train);
        var chain = ForwardChain.Make(train, examples.Known, examples.LabelKnown, SystemRecipe.Blocks, split.Gap);

        var (settings, tuning) = new SettingsSearch(design, fitter, examples, _request.Threads, _request.Progress, _cancellation)
            .Choose(
                split.HasValidate
                    ? [(train, split.Rows(SplitPart.Validate))]
                    : [.. chain.Folds.Select(static f => (f.Fit, f.Score))],
                (rows, margins) => JudgedScores(prepared, rows, margins));
        var fitted = fitter.Fit(train, chain, settings);

        var splitShifts = RangePass.Train(prepared, replay, fitted, draft.Folder);

        _request.Progress.Stage("evaluate");
        var test = ScoredRows.Of(prepared, examples, replay.Registers, fitted.Graph, split.AllRows(SplitPart.Test));
        var judged = JudgedSystem.Of(
            prepared, fitted.Graph, Choosing(prepared, replay, fitted), test,
            TrainLevels.Of(examples, train), _request.Seed, _request.Threads, _cancellation, splitShifts);
        var refit = design.Retrain.RefitOnAll
            ? Refit.Make(prepared, replay, fitter, settings, fitted, judged.Policy.Thresholds)
            : null;

        _request.Progress.Stage("write the version");
        var features = FeatureTable.Of(
            design, examples, fitted.Graph, train, split.Rows(SplitPart.Test), _request.Seed, prepared.Compiled.Plan.FeatureNames);
        var findings = Reviewer.Review(design, prepared.Evidence(
            new([.. prepared.Compiled.Plan.FeatureNames], examples.Features, [.. Enumerable.Range(0, examples.Count)]),
            [.. judged.Evaluation.Slices.Select(static s => new SliceEvidence(s.Slice, s.Rows, s.Positives))]) with
        {
            Rules = judged.Prices,
        });
        StopWhenBlocked(findings);
        var files = new VersionFilesWriter(draft.Folder, prepared);
        files.Write(VersionFiles.Judged, fitted.Graph, judged.Policy.Thresholds);
        files.Write(VersionFiles.Served, refit?.System.Graph ?? fitted.Graph, refit?.Thresholds ?? judged.Policy.Thresholds);

        TestDistributions.Of(prepared, examples, fitted.Graph, test).Write(draft.Folder);

        var manifest = DraftManifest.Of(prepared, draft.Number, _request) with
        {
            Rows = Rows(prepared, examples, train, judged),
            Metrics = judged.Evaluation.Metrics,
            Models = judged.Models,
            Slices = judged.Evaluation.Slices,
            Requirements = [.. RequirementJudge.Judge(design.Requirements, new() { Reviews = judged.Reviews }), .. design.Outcomes.IsEmpty ? [] : Claims(refit)],
            Gates = judged.Evaluation.Gates,
            Findings = [.. findings, .. RunFindings.Of(design, judged, chain)],
            Thresholds = judged.Thresholds,
            Outcomes = judged.Outcomes,
            RulePrices = judged.Prices,
            Ledger = fitted.Ledger,
            Tuning = tuning,
            Features = features,
            Curves = judged.Evaluation.Curves,
            Kinds = judged.Kinds,
            Estimate = judged.Estimate,
            Seconds = _clock.Seconds(),
            PeakMemoryBytes = Process.GetCurrentProcess().PeakWorkingSet64,
            Refit = refit?.Result,
        };
        return new(draft.Seal(manifest), draft.Final, prepared, replay);
    }

    /// <summary>The decisions that thresholds are solved on: validate, or without it the out-of-fold scores of train.</summary>
    private static ScoredRows Choosing(Preparation prepared, Replay replay, FittedSystem fitted)
    {
        if (prepared.Split.HasValidate)
        {
            return ScoredRows.Of(
                prepared, replay.Examples, replay.Registers, fitted.Graph, prepared.Split.AllRows(SplitPart.Validate));
        }
        int[] scored = [.. prepared.Split.Rows(SplitPart.Train).Where(r => fitted.OutOfFold.All(s => !double.IsNaN(s[r])))];
        if (scored.Length == 0) { scored = prepared.Split.Rows(SplitPart.Train); }
        return ScoredRows.With(
            prepared, replay.Registers, fitted.Graph, scored,
            [.. fitted.OutOfFold.Select(s => scored.Select(r => s[r]).ToArray())]);
    }

    private static Metrics.Judged JudgedScores(Preparation prepared, int[] rows, double[] margins)
    {
        var keys = prepared.Keys();
        return new()
        {
            Margins = margins,
            AreValues = prepared.Design.Decision.Kind == DecisionKind.Regression,
            Probabilities = prepared.Design.Decision.Kind == DecisionKind.Regression ? null : Array.ConvertAll(margins, static m => 1 / (1 + Math.Exp(-m))),
            Labels = [.. rows.Select(r => prepared.Labels.Values[r])],
            Days = [.. rows.Select(r => CalendarDay.Of(prepared.Known[r], prepared.Design.TimeZone))],
            Keys = keys.ToDictionary(static k => k.Key, k => rows.Select(r => k.Value[r]).ToArray()),
            Weights = prepared.Weights is { } weights ? [.. rows.Select(r => weights[r])] : null,
        };
    }

    private static RowCounts Rows(Preparation prepared, Examples examples, int[] train, JudgedSystem judged)
    {
        var validate = prepared.Split.HasValidate ? prepared.Split.Rows(SplitPart.Validate) : [];
        return new(train.Length, validate.Length, judged.TestRows)
        {
            TrainPositives = examples.HasValues ? 0 : examples.Positives(train),
            ValidatePositives = examples.HasValues ? 0 : examples.Positives(validate),
            TestPositives = judged.TestPositives,
            TestEffective = judged.TestEffective,
            Unused = examples.Count - train.Length - validate.Length - judged.TestRows,
        };
    }

    private static IEnumerable<ClaimResult> Claims(Refit? refit) => refit is null ? [] :
    [
        new(
            "refit alerts as often as the judged version", $"{refit.Result.AlertsServed:0.00%} against {refit.Result.AlertsJudged:0.00%} on the last week",
            refit.Result.Agrees, "lintel train", refit.Result.Agrees ? Verdict.Holds : Verdict.Broken, refit.Result.AlertsServed),
    ];

    internal static void StopWhenBlocked(IReadOnlyList<FindingResult> findings)
    {
        if (findings.Any(Reviewer.Blocks)) { throw new ReviewBlockedException(findings); }
    }
}

/// <param name="Folder">Where the version stands.</param>
/// <param name="Replay">Null for a ranking, whose rows are candidates.</param>
public sealed record TrainingResult(VersionManifest Manifest, string Folder, Preparation Prepared, Replay? Replay);

/// <summary>The review found something that stops training; the design may override it with a reason.</summary>
public sealed class ReviewBlockedException(IReadOnlyList<FindingResult> findings)
    : Exception($"the review blocks: {string.Join("; ", findings.Where(Reviewer.Blocks).Select(static f => $"{f.Code} {f.Message}"))}")
{
    public IReadOnlyList<FindingResult> Findings { get; } = findings;
}
