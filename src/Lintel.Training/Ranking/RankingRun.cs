using System.Diagnostics;
using Lintel.Events;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Fitting;
using Lintel.Training.Ranking.OffPolicy;
using Lintel.Training.Review;
using Lintel.Training.Splits;

namespace Lintel.Training.Ranking;

/// <summary>From a ranking's data to a version on disk: fit, judge (over every seed of a protocol), fit on everything, write.</summary>
internal sealed class RankingRun(
    Preparation prepared, TrainingRequest request, StageClock clock, CancellationToken cancellation)
{
    private ExampleMaker? _shown;

    public TrainingResult Make(VersionDraft draft)
    {
        var design = prepared.Design;
        Directory.CreateDirectory(Path.Combine(draft.Folder, "state"));
        var training = new RankingTraining(prepared, request, cancellation);
        FittedRanking? fitted = null;
        var judged = new List<JudgedStages>();
        var recall = new RetrievalRecall([.. design.Decision.Ranking!.Candidates.Select(static c => c.Name)]);
        for (var repetition = 0; repetition < SplitPlan.Repetitions(design.Split); repetition++)
        {
            var stages = RankingStages.Make(prepared, prepared.Pairs!, repetition);
            var fit = training.Fit(stages);
            fitted ??= fit;
            judged.Add(Judge(training, fit, stages, recall, draft.Number));
        }
        request.Progress.Stage("evaluate");
        var evaluation = RankingJudge.Evaluate(prepared, judged, recall, request.Seed, request.Threads, cancellation);
        var shown = _shown is null ? null : ShownJudge.Judge(
            prepared, fitted!.System.Graph, _shown.Done(), fitted.Examples.PositiveRate, request.Seed, request.Threads, cancellation);
        var served = design.Retrain.RefitOnAll ? training.FitAll() : null;
        WriteStates(draft.Folder, served ?? fitted!);

        request.Progress.Stage("write the version");
        var examples = fitted!.Examples;
        var features = FeatureTable.Of(
            design, examples.Examples, fitted.System.Graph, examples.Rows, examples.Rows, request.Seed,
            prepared.Compiled.Plan.FeatureNames);
        var findings = Reviewer.Review(design, prepared.Evidence());
        TrainingRun.StopWhenBlocked(findings);
        var files = new VersionFilesWriter(draft.Folder, prepared);
        files.Write(VersionFiles.Judged, fitted.System.Graph, [], fitted.Sources);
        files.Write(VersionFiles.Served, (served ?? fitted).System.Graph, [], (served ?? fitted).Sources);

        var manifest = DraftManifest.Of(prepared, draft.Number, request) with
        {
            Rows = Rows(examples, judged),
            Metrics = evaluation.Pages.Metrics,
            Models = evaluation.Models,
            Slices = evaluation.Pages.Slices,
            Requirements = RequirementJudge.Judge(design.Requirements, new()),
            Gates = [.. evaluation.Pages.Gates, .. shown?.Gates ?? []],
            Findings = [.. findings, .. RankingFindings.Of(design, evaluation)],
            Retrieval = evaluation.Retrieval,
            Gains = evaluation.Pages.Gains,
            Steps = evaluation.Steps,
            Shown = shown?.Result,
            Curves = shown?.Curves ?? [],
            OffPolicy = LoggedPages.Judge(prepared, judged[0].Test),
            Ledger = [.. fitted.System.Ledger.Select(entry => Ledgered(entry, examples))],
            Features = features,
            Seconds = clock.Seconds(),
            PeakMemoryBytes = Process.GetCurrentProcess().PeakWorkingSet64,
        };
        return new(draft.Seal(manifest), draft.Final, prepared, null);
    }

    private JudgedStages Judge(
        RankingTraining training, FittedRanking fitted, RankingStages stages, RetrievalRecall recall, int number)
    {
        var version = fitted.Version(number, prepared.Compiled);
        var trained = stages.Test.AtEnd ? long.MaxValue : stages.Test.SourcesUntil;
        var popularity = Popularity.Read(prepared, stages.Test, trained);
        // what the first repetition's models say of what was shown on its test part
        var shown = _shown is null && ShownJudge.IsAsked(prepared.Design)
            ? _shown = new(prepared, stages.Test, share: 1, request.Seed, slices: true) : null;
        var test = JudgedRequests.Collect(
            prepared, version, stages.Test, popularity, recall, request.Seed, prices: true, request.Progress, cancellation, shown);
        if (stages.Validate is not { } validate) { return new(test, null, popularity); }
        if (validate.Hidden is not null)
        {
            // what validates is no part of the test, so the sources of the test know it
            version = (fitted with { Sources = training.Sources(validate) }).Version(number, prepared.Compiled);
        }
        var unseen = new RetrievalRecall([.. prepared.Design.Decision.Ranking!.Candidates.Select(static c => c.Name)]);
        return new(
            test,
            JudgedRequests.Collect(
                prepared, version, validate, Popularity.Read(prepared, validate, trained), unseen, request.Seed, prices: false,
                request.Progress, cancellation),
            popularity);
    }

    private void WriteStates(string draft, FittedRanking served) => RequestPass.Run(
        prepared, RankingStages.Everything(prepared) with { Name = "the state that serves" }, served.Sources,
        static (int _, in EventRecord _, PageRequest _, RankingEngine _) => { },
        [
            (prepared.VerifiedFrom, engine => Save(engine, prepared.VerifiedFrom, draft, VersionFiles.StateAtTest)),
            (long.MaxValue, engine => Save(engine, long.MaxValue, draft, VersionFiles.StateLatest)),
        ],
        request.Progress, cancellation);

    private void Save(RankingEngine engine, long before, string draft, string file) =>
        Replay.Save(prepared, engine.Features, before, Path.Combine(draft, file), engine.Retrieval);

    private RowCounts Rows(RankingExamples examples, List<JudgedStages> judged)
    {
        var validate = prepared.Split.HasValidate ? prepared.Split.Rows(SplitPart.Validate) : [];
        var test = judged.Sum(static j => j.Test.Rows.Count);
        return new(examples.Examples.Count, validate.Length, test)
        {
            TrainPositives = examples.Examples.Positives(examples.Rows),
            TestPositives = judged.Sum(static j => j.Test.Relevant.Count(static r => r.Length > 0)),
            ValidatePositives = judged.Sum(static j => j.Validate?.Relevant.Count(static r => r.Length > 0) ?? 0),
        };
    }

    /// <summary>Examples that were left out before the models' own sampling.</summary>
    private static LedgerEntry Ledgered(LedgerEntry entry, RankingExamples examples) =>
        entry with { KeptNegatives = entry.KeptNegatives * examples.Share, RowsBefore = (int)Math.Min(int.MaxValue, examples.Candidates) };
}

/// <param name="Validate">Null: the split has no such part.</param>
internal sealed record JudgedStages(JudgedRequests Test, JudgedRequests? Validate, Popularity Popularity);
