using Lintel.Design;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Ranking;

/// <summary>The recipe of a ranking: sources on the first part of train, the rest's candidates as the ranker's examples, the sources
/// again on all of train. Judging, refitting and each seed of a protocol run the same recipe on other rows.</summary>
internal sealed class RankingTraining(Preparation prepared, TrainingRequest request, CancellationToken cancellation)
{
    private readonly PairLabels _labels = prepared.Pairs!;

    private SystemDesign Design => prepared.Design;

    /// <summary>Fits on train of one repetition of the split.</summary>
    public FittedRanking Fit(RankingStages stages) => Fit(stages.Examples, stages.Test);

    /// <summary>Fits on everything that is known: what serves.</summary>
    public FittedRanking FitAll()
    {
        var from = prepared.Split.Periods[SplitPart.Train].From;
        // the last requests' labels are not known yet
        int[] rows = [.. Enumerable.Range(0, prepared.Known.Length)
            .Where(r => prepared.Known[r] >= from && prepared.Labels.Known[r] != LabelColumn.Never).OrderBy(r => prepared.Known[r])];
        var boundary = RankingStages.ExamplesFrom(prepared, rows);
        var examples = new RankingStage("examples of all", boundary, null, [.. rows.Where(r => prepared.Known[r] >= boundary)], AtEnd: false);
        return Fit(examples, RankingStages.Everything(prepared));
    }

    private FittedRanking Fit(RankingStage examplesStage, RankingStage served)
    {
        var plan = prepared.Compiled.Plan;
        var examples = Examples(examplesStage);
        var fitter = new SystemFitter(
            Design.Models, plan.FeatureNames, examples.Examples, request.Seed, request.Threads, request.Progress, cancellation);
        var rows = examples.Rows;
        var chain = ForwardChain.Make(
            rows, examples.Examples.Known, examples.Examples.LabelKnown, SystemRecipe.Blocks, prepared.Split.Gap);
        var fitted = fitter.Fit(rows, chain, Settings());
        // the same fit serves when the sources of the examples know all that they may
        return new(fitted, examples, chain, Sources(served));
    }

    /// <summary>The rows of a stage, with candidates of sources that know what it may where any are read.</summary>
    public RankingExamples Examples(RankingStage stage) => ExampleMaker.Make(
        prepared, stage, ReadsNoSources ? null : Sources(stage), request.Seed, request.Progress, cancellation);

    private bool ReadsNoSources => _labels.Shown is not null && !RankingStages.ReadsSources(Design);

    /// <summary>Sources that know what a stage may know.</summary>
    public CandidateRetriever Sources(RankingStage stage)
    {
        request.Progress.Stage($"fit the sources for {stage.Name}");
        return CandidateRetriever.Fit(
            Design, prepared.History, stage.SourcesUntil, stage.Hidden is null ? null : stage.Hides,
            new(RandomStream.Mix(request.Seed), request.Threads, new Tail(request.Progress), cancellation));
    }

    private Dictionary<string, object> Settings()
    {
        if (Design.Models.FirstOrDefault(static m => m.Tune is not null) is { } tuned)
        {
            throw new InvalidDataException(
                $"{tuned.At}: '{tuned.Name}': a ranking's models are not searched over yet; set their parameters, and compare designs with "
                + "lintel compare.");
        }
        return Design.Models.ToDictionary(static m => m.Name, static m => m.Parameters);
    }

    private sealed class Tail(ITrainingProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value, null);
    }
}

/// <param name="Sources">Fitted on all that the judged stage may know.</param>
internal sealed record FittedRanking(
    FittedSystem System, RankingExamples Examples, ForwardChain Chain, CandidateRetriever Sources)
{
    public SystemVersion Version(int number, Pipeline.CompiledDesign compiled) =>
        new(number, compiled, System.Graph, [], null) { Retriever = Sources };
}
