using System.Globalization;
using System.Text;
using Lintel.Monitoring.Quality;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http;

namespace Lintel.Server.Upkeep;

/// <summary>The quality of a regression's answers in the Prometheus text format: <c>coverage@80%</c> of a slice is
/// <c>lintel_quality_coverage{level="80%",slice="…"}</c>.</summary>
internal static class QualityMetricsText
{
    private const string All = "all";

    internal static void Write(StringBuilder text, QualityReport quality, long alerts)
    {
        var counts = quality.Counts;
        Count(text, "decisions", "Decisions given in the window.", counts.Decisions);
        Count(text, "matured", "Decisions whose outcome became known in the window.", counts.Matured);
        Count(text, "censored", "Decisions that ended without a label in the window.", counts.Censored);
        Count(text, "unheard", "Decisions of which nothing came in the time that is waited.", counts.Unheard);
        Count(text, "waiting", "Decisions whose outcome is waited for.", counts.Waiting);
        var cells = quality.Slices.Prepend(new(All, counts.Matured, true, quality.Figures))
            .Concat(quality.Groups.Select(g => g with { Name = $"{quality.By} = {g.Name}" })).ToArray();
        foreach (var kind in quality.Figures.GroupBy(static f => f.Metric.Split('@')[0]))
        {
            var name = $"lintel_quality_{kind.Key.Replace('-', '_')}";
            ServerMetrics.Head(text, name, "gauge", $"{kind.Key} over the window, by outcomes that became known ({kind.First().Unit}).");
            foreach (var cell in cells)
            {
                foreach (var figure in cell.Figures.Where(f => f.Metric.Split('@')[0] == kind.Key && f.Value is not null))
                {
                    var level = figure.Metric.Contains('@') ? $"level=\"{figure.Metric[(kind.Key.Length + 1)..]}\"," : "";
                    text.Append(CultureInfo.InvariantCulture, $"{name}{{{level}slice=\"{ServerMetrics.Escape(cell.Name)}\"}} {figure.Value:0.######}\n");
                }
            }
        }
        ServerMetrics.Head(text, "lintel_quality_gate", "gauge", "1: the gate holds, -1: it is broken, 0: nothing can be said.");
        foreach (var gate in quality.Gates)
        {
            var says = gate.Verdict switch
            {
                Verdict.Holds => 1,
                Verdict.Broken => -1,
                _ => 0,
            };
            text.Append($"lintel_quality_gate{{gate=\"{ServerMetrics.Escape(gate.Gate)}\",slice=\"{ServerMetrics.Escape(gate.Slice ?? All)}\"}} {says}\n");
        }
        ServerMetrics.Single(text, "lintel_quality_alerts_total", "counter", "Times that a gate turned broken since the start.", alerts);
    }

    private static void Count(StringBuilder text, string name, string help, long value) =>
        ServerMetrics.Single(text, $"lintel_quality_{name}", "gauge", help, value);
}
