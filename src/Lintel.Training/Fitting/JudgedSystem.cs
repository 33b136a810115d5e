using Lintel.Decisions;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;

namespace Lintel.Training.Fitting;

/// <summary>A fitted system and what the test period says of it. The test rows chose nothing that is judged here.</summary>
/// <param name="Policy">Thresholds, solved on the decisions that choose.</param>
/// <param name="Models">Test figures of every model of the design.</param>
internal sealed record JudgedSystem(
    PolicySolution Policy,
    EvaluationResult Evaluation,
    SortedDictionary<string, SortedDictionary<string, double?>> Models,
    IReadOnlyList<ThresholdResult> Thresholds,
    IReadOnlyList<OutcomeResult> Outcomes,
    DailyLoad? Reviews,
    IReadOnlyList<RulePriceResult> Prices,
    KindDetection? Kinds,
    int TestRows,
    int TestPositives,
    double? TestEffective,
    RegressionResult? Estimate)
{
    /// <summary>Solves the thresholds on the rows that choose, then judges on the test part.</summary>
    /// <param name="choosing">Validate, or the out-of-fold scores of train.</param>
    /// <param name="test">Every test decision, labelled or not.</param>
    /// <param name="splitShifts">What ranges that follow outcomes are compared with; null: there are none.</param>
    public static JudgedSystem Of(
        Preparation prepared, ScoringGraph graph, ScoredRows choosing, ScoredRows test, TrainLevels train, ulong seed,
        int threads, CancellationToken cancellation, SplitShifts? splitShifts = null)
    {
        var compiled = prepared.Compiled;
        var design = compiled.Design;
        var chosenRows = choosing.Decided();
        var solution = ThresholdSolver.Solve(compiled.Policy, compiled.Plan, chosenRows);
        var decided = test.Decided();
        var ruleOf = ThresholdSolver.Apply(compiled.Policy, compiled.Plan, solution.Thresholds, decided);

        var part = Judgeable(compiled, test);
        int[] partRules = [.. part.Places.Select(i => ruleOf[i])];
        var final = graph.Nodes.Length - 1;
        var promises = Promises(test, part.Places);
        var judged = part.Rows.Judged(final, partRules, promises?[^1]);
        var validate = prepared.Split.HasValidate ? Judgeable(compiled, choosing) : default;
        var evaluation = Evaluator.Evaluate(
            new()
            {
                Metrics = design.Evaluate.Metrics,
                Test = judged,
                Validate = validate.Rows?.Judged(final, [.. validate.Places.Select(i => solution.RuleOf[i])], Promises(choosing, validate.Places)?[^1]),
                Baselines = [.. compiled.Baselines.Select(b => Baseline(b, part.Rows, train, seed))],
                Slices = [.. compiled.Slices.Select(s => new SliceRows(
                    s.Name, Array.ConvertAll(part.Rows.Evaluate(s.Program!), static v => v == 1)))],
                Gates = design.Evaluate.Gates,
                ResampleBy = judged.Keys.Keys.FirstOrDefault(),
                Seed = seed,
                Threads = threads,
            },
            cancellation);

        var models = new SortedDictionary<string, SortedDictionary<string, double?>>(StringComparer.Ordinal);
        for (var node = 0; node < graph.Nodes.Length; node++)
        {
            if (!design.Models[node].IsEstimate) { continue; }
            models[graph.Nodes[node].Name] = Evaluator.Points(
                part.Rows.Judged(node, node == final ? partRules : [], node == final ? promises?[^1] : null), design.Evaluate.Metrics);
        }
        return new(
            solution, evaluation, models,
            PolicyTables.Thresholds(
                compiled.Policy, compiled.Plan, solution, chosenRows, ruleOf, decided, (score, margin) => Probability(graph, score, margin),
                (score, margin) => graph.Nodes.FirstOrDefault(n => n.Name == score)?.Reference?.Position(margin)),
            PolicyTables.Outcomes(design, compiled.Policy, ruleOf, decided),
            design.Outcomes.Length == 0 ? null : PolicyTables.Reviews(design, compiled.Policy, ruleOf, decided),
            JudgedRules.Of(compiled, solution, decided, ruleOf, part, judged, seed, threads, cancellation),
            JudgedKinds.Of(prepared, graph, part.Rows, partRules, judged.Keys.Keys.FirstOrDefault(), seed),
            part.Rows.Rows.Length, judged.AreValues ? 0 : judged.PositiveCount,
            judged.Weights is { } weights ? LabelWeights.EffectiveCount(weights) : null,
            EstimateTables.Of(prepared, judged, promises, train) is not { } estimate ? null : estimate with
            {
                Range = splitShifts is null ? null : RangeTables.Of(
                    prepared, graph, part.Rows, splitShifts, judged.Keys.Keys.FirstOrDefault(), seed, threads, cancellation),
            });
    }

    /// <summary>Rows whose label is known and that <c>evaluate.where</c> keeps, and their places among all.</summary>
    private static (ScoredRows Rows, int[] Places) Judgeable(Pipeline.CompiledDesign compiled, ScoredRows rows)
    {
        var where = compiled.Where is { } condition ? rows.Evaluate(condition) : null;
        bool Keep(int place) => rows.HasLabel(place) && (where is null || where[place] == 1);
        return (rows.Where(Keep), [.. Enumerable.Range(0, rows.Rows.Length).Where(Keep)]);
    }

    /// <summary>What is promised of the rows at some places behind each line, all rows being decided.</summary>
    private static double[][]? Promises(ScoredRows rows, int[] places) => rows.Promises() is { } lines
        ? Array.ConvertAll(lines, line => Array.ConvertAll(places, place => line[place])) : null;

    private static BaselineScores Baseline(Pipeline.NamedProgram baseline, ScoredRows rows, TrainLevels train, ulong seed) =>
        baseline.Program is { } program ? TrivialScores.Of(baseline.Name, rows.Evaluate(program))
        : baseline.Name == "prior" ? TrivialScores.Prior(rows.Rows.Length, train.PositiveRate)
        : baseline.Name == "mean" ? TrivialScores.Constant(baseline.Name, rows.Rows.Length, train.Mean)
        : baseline.Name == "median" ? rows.OfKind("median") is { } medians ? new(baseline.Name, medians, null)
            : TrivialScores.Constant(baseline.Name, rows.Rows.Length, train.Median)
        : TrivialScores.Random(rows.Rows.Length, seed);

    private static double? Probability(ScoringGraph graph, string score, double margin)
    {
        var probability = graph.Nodes.FirstOrDefault(n => n.Name == score)?.Probability(margin);
        return probability is { } p && double.IsFinite(p) ? p : null;
    }
}
