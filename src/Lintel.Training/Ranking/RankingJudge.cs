using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.Ranking;

/// <summary>What a ranking's test requests say of it.</summary>
/// <param name="Models">Figures of the final model's order without the policy, and of each source alone.</param>
internal sealed record RankingEvaluation(
    PageEvaluationResult Pages, SortedDictionary<string, SortedDictionary<string, double?>> Models,
    IReadOnlyList<RetrievalResult> Retrieval, IReadOnlyList<StepResult> Steps);

/// <summary>Brings the collected pages of every repetition before the evaluator: the policy's beside the ranker's order, each source
/// alone, popular and random items; by slice; and what each line of the policy costs.</summary>
internal static class RankingJudge
{
    private const string Ranker = "ranker", Popular = "popular", Random = "random";

    public static RankingEvaluation Evaluate(
        Preparation prepared, List<JudgedStages> stages, RetrievalRecall recall, ulong seed, int threads,
        CancellationToken cancellation)
    {
        var design = prepared.Design;
        var ranking = design.Decision.Ranking!;
        List<JudgedRequests> tests = [.. stages.Select(static s => s.Test)];
        var pages = Pages(prepared, stages, tests);
        int[][] Lists(Func<JudgedRequests, List<int[]>> of) => [.. tests.SelectMany(of)];
        List<PageContender> contenders =
        [
            new(Ranker, Lists(static j => j.Ranked)),
            .. ranking.Candidates.Select((c, s) => new PageContender(c.Name, Lists(j => j.Sources[s]))),
        ];
        if (contenders.TrueForAll(static c => c.Name != Popular)) { contenders.Add(new(Popular, Lists(static j => j.Popular))); }
        contenders.Add(new(Random, Lists(static j => j.Random)));
        List<JudgedRequests> validated = [.. stages.Select(static s => s.Validate).OfType<JudgedRequests>()];
        var request = new PageEvaluationRequest
        {
            Metrics = OfPages(design),
            Test = pages,
            Validate = validated.Count == 0 ? null : Pages(prepared, stages, validated),
            Contenders = contenders,
            Slices = [.. design.Evaluate.Slices.Select((s, i) => (s.Name, i)).Where(s => tests[0].RequestSlices[s.i] is not null)
                .Select(s => new SliceRows(s.Name, [.. tests.SelectMany(j => j.RequestSlices[s.i]!)]))],
            ItemSlices = [.. design.Evaluate.Slices.Select((s, i) => (s.Name, i)).Where(s => tests[0].ItemSlices[s.i] is not null)
                .Select(s => new ItemSlice(s.Name, [.. tests.SelectMany(j => j.ItemSlices[s.i]!)]))],
            Gates = [.. design.Evaluate.Gates.Where(static g => !g.Metric.OfShown)],
            ResampleBy = pages.Keys.Keys.FirstOrDefault(),
            Seed = seed,
            Threads = threads,
        };
        var evaluation = PageEvaluator.Evaluate(request, cancellation);
        var models = new SortedDictionary<string, SortedDictionary<string, double?>>(StringComparer.Ordinal);
        foreach (var contender in contenders.Where(static c => c.Name is not (Popular or Random)))
        {
            models[contender.Name] = PageEvaluator.Points(pages.WithLists(contender.Lists), OfPages(design));
        }
        // the table has room for what the design calls a baseline; the others stand among the models
        string[] baselines = design.Evaluate.Baselines.IsEmpty ? [Popular, Random] : [.. design.Evaluate.Baselines.Select(static b => b.Name)];
        foreach (var metric in evaluation.Metrics.Values)
        {
            foreach (var other in metric.Baselines.Keys.Except(baselines).ToArray()) { metric.Baselines.Remove(other); }
        }
        return new(evaluation, models, recall.Results(), Steps(prepared, request, tests, cancellation));
    }

    /// <summary>Metrics of pages; a design that names none is judged by its nDCG.</summary>
    private static MetricDesign[] OfPages(SystemDesign design)
    {
        MetricDesign[] named = [.. design.Evaluate.Metrics.Where(static m => !m.OfShown)];
        return named.Length > 0 ? named : [new("ndcg@10", design.Evaluate.At, "ndcg", null, 10, IsShare: false)];
    }

    /// <summary>Each line's price in the first metric of the design: pages without it, paired with those with it.</summary>
    private static List<StepResult> Steps(
        Preparation prepared, PageEvaluationRequest request, List<JudgedRequests> tests, CancellationToken cancellation)
    {
        var design = prepared.Design;
        var metric = OfPages(design)[0];
        var without = PageEvaluator.Evaluate(request with
        {
            Metrics = [metric],
            Validate = null,
            Contenders = [.. design.Policy.Select((_, line) =>
                new PageContender(Line(line), [.. tests.SelectMany(j => j.Without[line])]))],
            Slices = [],
            ItemSlices = [],
            Gates = [],
        }, cancellation);
        var count = (double)tests.Sum(static j => j.Rows.Count);
        var with = without.Metrics[metric.Name].Test;
        return
        [
            .. design.Policy.Select((rule, line) =>
            {
                var gain = without.Gains.First(g => g.Beside == Line(line));
                var ends = line == design.Policy.Length - 1;
                return new StepResult(
                    line, rule.Text.Trim(), tests.Sum(j => j.Removed[line]) / count, tests.Sum(j => j.Infeasible[line]) / count,
                    metric.Name,
                    ends || with is not { } figure || gain.Value is not { } value ? null
                        : new(figure, value, value - figure, Change(metric, gain.GainInterval)));
            }),
        ];

        static string Line(int line) => $"line {line + 1}";
    }

    /// <summary>A gain counts what the policy is ahead; a price what taking the line out changes.</summary>
    private static double?[]? Change(MetricDesign metric, double?[]? gain)
    {
        if (gain is not [var low, var high]) { return null; }
        return RankingMetricKinds.Of(metric).Aim == MetricAim.Highest ? [-high, -low] : [low, high];
    }

    private static JudgedPages Pages(Preparation prepared, List<JudgedStages> stages, List<JudgedRequests> judged)
    {
        int[] rows = [.. judged.SelectMany(static j => j.Rows)];
        var items = prepared.Compiled.Plan.Row!.Items;
        var popularity = stages[0].Popularity;
        long[] asked = [.. rows.Select(r => prepared.Known[r])];
        return new()
        {
            Lists = [.. judged.SelectMany(static j => j.Policy)],
            Relevant = [.. judged.SelectMany(static j => j.Relevant)],
            Days = [.. rows.Select(r => CalendarDay.Of(prepared.Known[r], prepared.Design.TimeZone))],
            Keys = prepared.Keys().ToDictionary(static k => k.Key, k => rows.Select(r => k.Value[r]).ToArray()),
            Items = new()
            {
                Table = items,
                Popularity = popularity.Counts,
                UsersInTrain = popularity.Counts,
                TrainUserCount = popularity.Entities,
                Available = [.. Enumerable.Range(0, items.Count).Select(i => items.From(i) <= asked.Max() && items.Until(i) > asked.Min())],
                TagField = ItemFacts.TagFieldOf(items),
            },
        };
    }
}
