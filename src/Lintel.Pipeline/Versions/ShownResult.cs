namespace Lintel.Pipeline.Versions;

/// <summary>What a ranking's models say of the items that were shown on the test part, judged as a classifier is.</summary>
/// <param name="Model">Whose score the metrics judge: the last that learns the first label.</param>
/// <param name="Rows">Shown items.</param>
/// <param name="Positives">Those with the label.</param>
/// <param name="Metrics">Beside always saying train's rate (<c>prior</c>).</param>
/// <param name="Models">Figures of each model that learns the first label.</param>
public sealed record ShownResult(
    string Model, int Rows, int Positives, SortedDictionary<string, MetricResult> Metrics, IReadOnlyList<SliceResult> Slices,
    SortedDictionary<string, SortedDictionary<string, double?>> Models);
