using Lintel.Design;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Evaluation;

/// <summary>A slice's figure for one gate.</summary>
/// <param name="Figure">Null: fewer than <see cref="GateJudge.LeastPositives"/> positives, <paramref name="Shown"/> only.</param>
public sealed record SliceFigure(string Slice, int Positives, double? Shown, BootstrapFigure? Figure)
{
    /// <summary>What is counted: of values the decisions.</summary>
    public string Of { get; init; } = "positives";
}

/// <summary>Says of gates whether they hold, are broken, or cannot be told: by the interval, never by the point.</summary>
/// <remarks>For slices, <c>of all</c> is the paired ratio of the slice's figure and the whole's in each resample. Several slices are
/// several chances to be unlucky: a slice breaks a gate only when its interval lies on the wrong side and it is still rejected
/// after Holm's correction over the gate's slices.</remarks>
public static class GateJudge
{
    /// <summary>Below this a slice is shown, not judged.</summary>
    public const int LeastPositives = 100;

    public const string Command = "lintel evaluate";

    /// <summary>A gate on the whole.</summary>
    public static GateResult Judge(GateDesign gate, BootstrapFigure figure) => gate.RelativeToAll
        ? NotMeasured(gate, "'of all' compares slices with the whole; write the gate for each slice: \"slice …\"", null, null)
        : figure.Value is null
            ? NotMeasured(gate, $"undefined: {figure.UndefinedBecause}", null, null)
            : Result(
                gate, Measured(figure), figure, figure.Interval?.Judge(gate.Comparison, gate.Bound) ?? Verdict.Undecided, null);

    /// <summary>A gate on every slice: one result each.</summary>
    public static IReadOnlyList<GateResult> Judge(GateDesign gate, BootstrapFigure all, IReadOnlyList<SliceFigure> slices)
    {
        if (slices.Count == 0) { return [NotMeasured(gate, "the design declares no slices", null, null)]; }
        var figures = new BootstrapFigure?[slices.Count];
        for (var i = 0; i < figures.Length; i++)
        {
            figures[i] = slices[i].Figure is not { } figure ? null
                : gate.RelativeToAll ? BootstrapFigure.Paired(figure, all, static (slice, whole) => slice / whole) : figure;
        }
        var judged = Enumerable.Range(0, figures.Length).Where(i => figures[i]?.Interval is not null).ToArray();
        var rejected = Holm.Reject([.. judged.Select(i => figures[i]!.PValue(gate.Bound))]);
        var results = new GateResult[slices.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var place = Array.IndexOf(judged, i);
            results[i] = Of(gate, all, slices[i], figures[i], place >= 0 && rejected[place]);
        }
        return results;
    }

    private static GateResult Of(
        GateDesign gate, BootstrapFigure all, SliceFigure slice, BootstrapFigure? figure, bool rejected)
    {
        if (figure is null)
        {
            var shown = slice.Shown is { } s ? Text(s) : "undefined";
            return NotMeasured(
                gate, $"{shown}, shown only: {slice.Positives} {slice.Of}, {LeastPositives} are needed to judge", slice.Shown,
                slice.Slice);
        }
        if (figure.Value is null) { return NotMeasured(gate, $"undefined: {figure.UndefinedBecause}", null, slice.Slice); }
        var verdict = figure.Interval?.Judge(gate.Comparison, gate.Bound) ?? Verdict.Undecided;
        if (verdict == Verdict.Broken && !rejected) { verdict = Verdict.Undecided; }
        var measured = gate.RelativeToAll
            ? $"{Measured(figure)} of all ({Text(slice.Figure!.Value!.Value)} beside {Text(all.Value!.Value)})"
            : Measured(figure);
        return Result(gate, measured, figure, verdict, slice.Slice);
    }

    private static GateResult Result(
        GateDesign gate, string measured, BootstrapFigure figure, Verdict verdict, string? slice) =>
        new(gate.Text, measured, HoldsOf(verdict), verdict, figure.Value, figure.Interval?.ToArray(), slice);

    private static GateResult NotMeasured(GateDesign gate, string measured, double? value, string? slice) =>
        new(gate.Text, measured, null, Verdict.NotMeasured, value, null, slice);

    /// <summary>A verdict as scripts read it: null where nothing is said.</summary>
    public static bool? HoldsOf(Verdict verdict) => verdict switch
    {
        Verdict.Holds => true,
        Verdict.Broken => false,
        _ => null,
    };

    private static string Measured(BootstrapFigure figure) => figure.Interval is { } interval
        ? $"{Text(figure.Value!.Value)} [{Text(interval.Low)}, {Text(interval.High)}]" : Text(figure.Value!.Value);

    internal static string Text(double value) => value.ToString(Math.Abs(value) is >= 1000 or 0 ? "0.##" : "0.####");
}
