using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;

namespace Lintel.Training.Continuous;

/// <summary>The gates that a stream of labelled decisions can tell: those on the whole, of metrics that need neither a key, nor a
/// cut-off, nor what was decided, nor requests; of a ranking those of what was shown.</summary>
internal static class GateCheck
{
    /// <summary>Enough for the ends of an interval that only has to lie on one side of a bound.</summary>
    private const int Replicates = 200;

    public static IReadOnlyList<GateResult> Of(SystemDesign design, ProgressiveWindow window, ulong seed)
    {
        var isRanking = design.Decision.Ranking is not null;
        GateDesign[] gates = [.. design.Evaluate.Gates.Where(gate => gate.Metric.OfShown == isRanking && CanTell(gate))];
        var rows = window.Judged(ProgressiveWindow.Day, design.TimeZone);
        if (gates.Length == 0 || rows.PositiveCount < GateJudge.LeastPositives) { return []; }
        return Evaluator.Evaluate(new() { Metrics = [], Gates = gates, Test = rows, Seed = seed, Replicates = Replicates }).Gates;
    }

    private static bool CanTell(GateDesign gate)
    {
        if (gate.EverySlice || gate.RelativeToAll) { return false; }
        var metric = MetricKinds.Of(gate.Metric);
        return metric is not GroupedAuc && !metric.NeedsKey && metric.Cutoff == MetricCutoff.None;
    }
}
