using Lintel.Design;
using Lintel.Models;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Splits;

namespace Lintel.Training.Ranking;

/// <summary>Judges the probabilities of a ranking's models where the truth is known: on the items that were shown to the test
/// requests, at the positions at which they stood.</summary>
internal static class ShownJudge
{
    /// <summary>Whether a design names a metric, or a gate, of shown items.</summary>
    public static bool IsAsked(SystemDesign design) =>
        design.Evaluate.Metrics.Any(static m => m.OfShown) || design.Evaluate.Gates.Any(static g => g.Metric.OfShown);

    /// <summary>The models that give a probability of the first label, in the design's order; the last is the one that is judged.</summary>
    public static int[] Nodes(SystemDesign design, ScoringGraph graph)
    {
        var first = design.Decision.Ranking!.Labels[0].Name;
        return [.. Enumerable.Range(0, graph.Nodes.Length).Where(n =>
            graph.Nodes[n].Scale == ScoreScale.LogOdds && (design.Models[n].Label ?? first) == first)];
    }

    /// <param name="examples">Shown items of the test requests.</param>
    /// <param name="trainRate">Share of positives among the shown items of train.</param>
    /// <returns>The result, its gates and its curves.</returns>
    public static ShownJudgement Judge(
        Preparation prepared, ScoringGraph graph, RankingExamples examples, double trainRate, ulong seed, int threads,
        CancellationToken cancellation)
    {
        var design = prepared.Design;
        MetricDesign[] metrics = [.. design.Evaluate.Metrics.Where(static m => m.OfShown)];
        GateDesign[] gates = [.. design.Evaluate.Gates.Where(static g => g.Metric.OfShown)];
        var judged = Nodes(design, graph);
        if (judged.Length == 0)
        {
            throw new InvalidDataException(
                $"{metrics.FirstOrDefault()?.Span ?? gates[0].At}: no model gives a probability of '{design.Decision.Ranking!.Labels[0].Name}', which '{(metrics.FirstOrDefault() ?? gates[0].Metric).Name}' "
                + "judges. Add one without a ranking objective, such as ftrl, or remove the metric.");
        }
        var rows = examples.Examples;
        var margins = graph.ScoreRows(rows.Features, rows.FeatureCount);
        Judged Of(int node) => new()
        {
            Margins = margins[node],
            Probabilities = Array.ConvertAll(margins[node], graph.Nodes[node].Probability),
            Labels = rows.Labels,
            Days = Array.ConvertAll(rows.Known, known => CalendarDay.Of(known, design.TimeZone)),
            Keys = prepared.Keys().ToDictionary(static k => k.Key, k => Array.ConvertAll(examples.RequestRows, r => k.Value[r])),
            Groups = rows.GroupOf,
        };
        var final = Of(judged[^1]);
        var evaluation = Evaluator.Evaluate(
            new()
            {
                Metrics = metrics,
                Test = final,
                Baselines = [TrivialScores.Prior(rows.Count, trainRate)],
                Slices = [.. design.Evaluate.Slices.Select((s, i) => new SliceRows(s.Name, examples.Slices[i]))],
                Gates = gates,
                ResampleBy = final.Keys.Keys.FirstOrDefault(),
                Seed = seed,
                Threads = threads,
            },
            cancellation);
        var models = new SortedDictionary<string, SortedDictionary<string, double?>>(StringComparer.Ordinal);
        foreach (var node in judged) { models[graph.Nodes[node].Name] = Evaluator.Points(Of(node), metrics); }
        return new(
            new(graph.Nodes[judged[^1]].Name, rows.Count, final.PositiveCount, evaluation.Metrics, evaluation.Slices, models),
            evaluation.Gates, evaluation.Curves);
    }
}

/// <param name="Curves">How probabilities fare against what happened, by name.</param>
internal sealed record ShownJudgement(ShownResult Result, IReadOnlyList<GateResult> Gates, SortedDictionary<string, CurveResult> Curves);
