using System.Globalization;
using System.Text;
using Lintel.Monitoring.Drift;
using Lintel.Server.Http;

namespace Lintel.Server.Upkeep;

/// <summary>How far live values are from the test's, in the Prometheus text format.</summary>
internal static class DriftMetricsText
{
    internal static void Write(StringBuilder text, DriftReport drift)
    {
        ServerMetrics.Single(text, "lintel_drift_decisions", "gauge", "Decisions in the window that drift is measured over.", drift.Decisions);
        var name = $"lintel_drift_{drift.Measure}";
        ServerMetrics.Head(text, name, "gauge", $"Distance of a value's distribution over the window from the test's; drifted above {drift.Bound.ToString(CultureInfo.InvariantCulture)}.");
        foreach (var value in drift.Values)
        {
            if (value.Index is not { } index) { continue; }
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{value.Kind}=\"{ServerMetrics.Escape(value.Name)}\"}} {index:0.######}\n");
        }
        ServerMetrics.Single(text, "lintel_drift_alerts_total", "counter", "Times that a value drifted since the start.", drift.Alerts);
    }
}
