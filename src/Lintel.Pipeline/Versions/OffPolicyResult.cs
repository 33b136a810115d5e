namespace Lintel.Pipeline.Versions;

/// <summary>What the log of another policy says of a ranking's pages, by its logged propensities; or why it can say nothing.</summary>
/// <param name="Logged">Mean gain of a page that was shown: what its items were worth, summed.</param>
/// <param name="Exposures">Shown items with their positions that were looked at.</param>
/// <param name="EffectiveCount">As many exposures of these pages' own would tell as much; null: refused.</param>
/// <param name="Estimates">Mean gain of a page of this version; empty: refused.</param>
/// <param name="Refusal">Why there is no estimate; null: there is one.</param>
public sealed record OffPolicyResult(
    double Logged, int Exposures, double? EffectiveCount, IReadOnlyList<EstimateResult> Estimates, string? Refusal);

/// <param name="Estimator"><c>ips</c> or <c>snips</c>.</param>
/// <param name="Interval">95 %, over keys.</param>
public sealed record EstimateResult(string Estimator, double Value, double[] Interval);
