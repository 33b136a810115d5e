using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;

namespace Lintel.Monitoring.Quality;

/// <summary>Says of a design's gates whether they hold live, as training says it of the test: by the interval, never by the point.</summary>
internal static class LiveGates
{
    /// <param name="all">Figures over all decisions.</param>
    public static IReadOnlyList<GateResult> Judge(
        IEnumerable<GateDesign> gates, IReadOnlyList<LiveFigure> all, IReadOnlyList<QualityCell> slices) =>
        [.. gates.SelectMany(gate => gate.RelativeToAll
            ? [NotMeasured(gate, "'of all' is judged with the test: lintel evaluate", null)]
            : gate.EverySlice ? Slices(gate, slices) : [Judge(gate, Find(all, gate), null)])];

    private static LiveFigure? Find(IReadOnlyList<LiveFigure> figures, GateDesign gate) => figures.FirstOrDefault(f => f.Metric == gate.Metric.Name);

    private static GateResult Judge(GateDesign gate, LiveFigure? figure, string? slice)
    {
        if (figure?.Value is not { } value)
        {
            return NotMeasured(gate, figure is null ? $"'{gate.Metric.Name}' cannot be told from outcomes alone" : "no outcome is known yet", slice);
        }
        if (figure.Rows < GateJudge.LeastPositives || figure.Interval is not [{ } low, { } high])
        {
            return NotMeasured(gate, $"{value:0.####}, shown only: {figure.Rows} outcomes, {GateJudge.LeastPositives} are needed to judge", slice) with { Value = value };
        }
        var verdict = new Interval(low, high).Judge(gate.Comparison, gate.Bound);
        return new(gate.Text, $"{value:0.####} [{low:0.####}, {high:0.####}]", GateJudge.HoldsOf(verdict), verdict, value, figure.Interval, slice);
    }

    /// <summary>Several slices are several chances to be unlucky: Holm's correction, as in training.</summary>
    private static IEnumerable<GateResult> Slices(GateDesign gate, IReadOnlyList<QualityCell> slices)
    {
        GateResult[] results = [.. slices.Select(s => Judge(gate, Find(s.Figures, gate), s.Name))];
        GateResult[] judged = [.. results.Where(static r => r.Verdict != Verdict.NotMeasured)];
        var rejected = Holm.Reject([.. judged.Select(r => PValue(r, gate))]);
        return results.Select(r => r.Verdict == Verdict.Broken && !rejected[Array.IndexOf(judged, r)]
            ? r with { Verdict = Verdict.Undecided, Holds = null } : r);
    }

    /// <summary>Two-sided, of the distance from the bound in standard errors: the interval's half is 1.96 of them.</summary>
    private static double PValue(GateResult result, GateDesign gate)
    {
        var half = (result.Interval![1]!.Value - result.Interval[0]!.Value) / 2;
        var z = half > 0 ? 1.959964 * Math.Abs(result.Value!.Value - gate.Bound) / half : double.PositiveInfinity;
        return double.IsInfinity(z) ? 0 : 2 * BootstrapFigure.NormalTail(z);
    }

    /// <summary>Whether the figure itself, not its interval, lies on the right side.</summary>
    public static bool IsRight(GateDesign gate, double value) => gate.Comparison switch
    {
        BinaryOperator.GreaterOrEqual => value >= gate.Bound,
        BinaryOperator.Greater => value > gate.Bound,
        BinaryOperator.LessOrEqual => value <= gate.Bound,
        _ => value < gate.Bound,
    };

    private static GateResult NotMeasured(GateDesign gate, string measured, string? slice) =>
        new(gate.Text, measured, null, Verdict.NotMeasured, null, null, slice);
}
