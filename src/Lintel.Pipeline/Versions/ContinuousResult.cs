namespace Lintel.Pipeline.Versions;

/// <summary>A version whose models went on learning while the system served; all else is the root's.</summary>
/// <param name="Root">The trained version that learning began with.</param>
/// <param name="Parent">The live version before this one.</param>
/// <param name="LogPlace">Place of the log up to which its records were seen.</param>
/// <param name="Rows">Labelled rows learned since the root: decisions, or the items that a ranking showed.</param>
/// <param name="Hour">Progressive figures of the last hour before it was made; <paramref name="Day"/>: of the last day.</param>
/// <param name="Gates">Of the last day, those of the design's gates that a stream of labels can tell.</param>
public sealed record ContinuousResult(
    int Root, int Parent, long LogPlace, long Rows, ProgressiveFigures Hour, ProgressiveFigures Day, IReadOnlyList<GateResult> Gates);

/// <summary>Figures of rows (decisions, or items shown), each predicted right before it was learned: no label had touched its own prediction.</summary>
/// <param name="Rows">Labelled ones.</param>
/// <param name="NormalisedEntropy">Null, as the others: the rows do not define it.</param>
/// <param name="Calibration">Positives promised over positives seen.</param>
/// <param name="Interval">95 % of the calibration, [low, high]; an open end is null.</param>
public sealed record ProgressiveFigures(
    int Rows, int Positives, double? NormalisedEntropy, double? Calibration, double?[]? Interval, double? Auc);
