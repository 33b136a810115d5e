namespace Lintel.Pipeline.Versions;

/// <summary>How far what is served lies ahead of one competitor at the same decisions.</summary>
/// <param name="Beside">The competitor, e.g. <c>popular</c>.</param>
/// <param name="Value">Its figure; null: undefined.</param>
/// <param name="Interval">95 % of it, bootstrapped by key and day.</param>
/// <param name="Gain">Positive is better, whatever the metric's direction.</param>
/// <param name="GainInterval">95 % of the gain, paired.</param>
public sealed record GainResult(
    string Metric, string Beside, double? Value, double?[]? Interval, double? Gain, double?[]? GainInterval);
