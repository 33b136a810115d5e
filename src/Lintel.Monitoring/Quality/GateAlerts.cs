using Lintel.Design;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Quality;

/// <summary>Tells when a gate turns broken, once: it is broken until its figure is on the right side again.</summary>
internal sealed class GateAlerts(IReadOnlyList<GateDesign> gates)
{
    private readonly Turns<(string Gate, string? Slice)> _turns = new();

    /// <summary>Times that a gate turned broken.</summary>
    public long Count => _turns.Count;

    /// <summary>What changed, in a line each.</summary>
    public IEnumerable<string> Changes(string system, int version, QualityReport report)
    {
        foreach (var result in report.Gates)
        {
            var name = result.Slice is { } slice ? $"{result.Gate} (slice {slice})" : result.Gate;
            if (result.Verdict == Verdict.Broken && _turns.Bad((result.Gate, result.Slice)))
            {
                yield return $"{system} version {version}: gate '{name}' is broken over the last {report.Window}: {result.Measured}. See /v1/monitor; retrain, or go back with lintel rollback.";
            }
            else if (result.Value is { } value && IsRight(result.Gate, value) && _turns.Right((result.Gate, result.Slice)))
            {
                yield return $"{system} version {version}: gate '{name}' is no longer broken over the last {report.Window}: {result.Measured}.";
            }
        }
    }

    private bool IsRight(string text, double value) => gates.FirstOrDefault(g => g.Text == text) is { } gate && LiveGates.IsRight(gate, value);
}
