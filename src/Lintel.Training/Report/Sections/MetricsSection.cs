using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report.Sections;

/// <summary>Figures on the test part beside trivial baselines, the other models, and by slice.</summary>
internal static class MetricsSection
{
    private const string Ratio = "ratio";

    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        Metrics(html, manifest, "metrics", "Metrics", FunnelSection.Has(manifest) ? "The pages, after the whole policy," : "The final model");
        CompetitorsSection.Write(html, manifest);
        Slices(html, manifest, "slices", "Slices");
        if (manifest.OfShown() is not { } shown) { return; }
        Metrics(html, shown, "shown", "What was shown", $"'{manifest.Shown!.Model}' of {shown.Rows.Test:N0} shown items, {shown.Rows.TestPositives:N0} of them right,");
        Slices(html, shown, "shown-slices", "Slices of what was shown");
    }

    private static void Metrics(HtmlWriter html, VersionManifest manifest, string id, string title, string what)
    {
        html.Add($"""<section id="{id}"><h2>{title}</h2><p class="lead">{what} on the test part, which chose nothing. Bars are 95 % intervals, bootstrapped by key and day; <i class="k-mark"></i> test, <i class="k-hollow"></i> validation, <i class="k-base"></i> baselines.</p>""");
        html.Add($"""<div class="scroll"><table class="metrics"><thead><tr><th>metric<th class="n">test<th class="strips">interval<th class="n">validation<th>baselines</tr></thead><tbody>""");
        foreach (var (name, metric) in manifest.MetricsInOrder())
        {
            html.Add($"""<tr><td>{name}<small>{Unit(metric)}</small><td class="n big">{Figures.Of(metric.Test)}<small>{Figures.Interval(metric.Interval)}</small><td class="strips">{IntervalStrip.Draw(name, metric, IntervalStrip.Scale([metric], Right(metric)), Right(metric))}<td class="n">{Figures.Of(metric.Validate)}<td class="pairs">""");
            foreach (var (baseline, value) in metric.Baselines.Where(static b => b.Value is not null)) { html.Add($"""<span>{baseline} <b>{Figures.Of(value)}</b></span>"""); }
            html.Add($"</tr>");
        }
        html.Add($"</tbody></table></div>");
        if (manifest.Gains.Count == 0) { Models(html, manifest); }      // a ranking's stand among its competitors
        html.Add($"</section>");
    }

    private static string Unit(MetricResult metric) =>
        metric.Unit == Ratio ? "ratio, 1 is right"
            : metric.Best is { } best ? (metric.Unit is "share" ? "" : metric.Unit + ", ") + $"best at {Figures.Of(best)}"
            : (metric.Unit is "" or "share" ? "" : metric.Unit + ", ") + (metric.HigherIsBetter ? "higher is better" : "lower is better");

    /// <summary>What a metric's strip marks besides its figures: a ratio's 1, a coverage's own share.</summary>
    private static double? Right(MetricResult? metric) => metric?.Unit == Ratio ? 1 : metric?.Best;

    private static void Models(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Models.Count < 2) { return; }
        var metrics = manifest.MetricsInOrder().Select(static m => m.Key).Where(m => manifest.Models.Values.Any(v => v.ContainsKey(m))).ToArray();
        html.Add($"""<h3>Each model, same rows</h3><div class="scroll"><table><thead><tr><th>model""");
        foreach (var metric in metrics) { html.Add($"""<th class="n">{metric}"""); }
        html.Add($"</tr></thead><tbody>");
        foreach (var (model, figures) in manifest.Models)
        {
            html.Add($"<tr><td>{model}");
            foreach (var metric in metrics) { html.Add($"""<td class="n">{Figures.Of(figures.GetValueOrDefault(metric))}"""); }
            html.Add($"</tr>");
        }
        html.Add($"</tbody></table></div>");
    }

    /// <summary>Of values there are no positives to count.</summary>
    private static Markup Head(VersionManifest manifest) => new(manifest.Estimate is not null ? ""
        : $"<th class=\"n\">{(FunnelSection.Has(manifest) ? "with a hit to find" : "positives")}");

    private static Markup Cell(VersionManifest manifest, int positives) =>
        new(manifest.Estimate is not null ? "" : $"<td class=\"n\">{Figures.Count(positives)}");

    private static void Slices(HtmlWriter html, VersionManifest manifest, string id, string title)
    {
        html.Add($"""<section id="{id}"><h2>{title}</h2><p class="lead">For whom does it work worse? Slices under 100 {(manifest.Estimate is null ? "positives" : "decisions")} are shown, not judged.</p>""");
        if (manifest.Slices.Count == 0)
        {
            html.Add($"""<p class="empty">The design names no slice.</p></section>""");
            return;
        }
        // the metric of a slice gate stands open, or the first when there is none
        string[] order = [.. manifest.MetricsInOrder().Select(static m => m.Key)];
        var metrics = manifest.Slices.SelectMany(static s => s.Metrics.Keys).Distinct()
            .OrderByDescending(m => manifest.Gates.Any(g => g.Slice is not null && g.Gate.Contains(m, StringComparison.Ordinal)))
            .ThenByDescending(m => manifest.Steps.Count > 0 && manifest.Steps[0].Metric == m)
            .ThenBy(m => Array.IndexOf(order, m)).ToArray();
        foreach (var metric in metrics)
        {
            html.Add($"""<details{new Markup(metric == metrics[0] ? " open" : "")}><summary>{metric}</summary><div class="scroll"><table class="metrics"><thead><tr><th>slice<th class="n">decisions{Head(manifest)}<th class="n">test<th class="strips">interval<th></tr></thead><tbody>""");
            var axis = IntervalStrip.Scale(
                manifest.Slices.Select(s => s.Metrics.GetValueOrDefault(metric)).OfType<MetricResult>(),
                manifest.Metrics.GetValueOrDefault(metric)?.Test);
            if (manifest.Metrics.TryGetValue(metric, out var all))
            {
                html.Add($"""<tr class="all"><td>all<td class="n">{Figures.Count(manifest.Rows.Test)}{Cell(manifest, manifest.Rows.TestPositives)}<td class="n">{Figures.Of(all.Test)}<td class="strips">{IntervalStrip.Draw(metric, all with { Baselines = [] }, axis)}<td></tr>""");
            }
            foreach (var slice in manifest.Slices)
            {
                if (!slice.Metrics.TryGetValue(metric, out var figure)) { continue; }
                html.Add($"""<tr><td><code>{slice.Slice}</code><td class="n">{Figures.Count(slice.Rows)}{Cell(manifest, slice.Positives)}<td class="n">{Figures.Of(figure.Test)}<td class="strips">{IntervalStrip.Draw(slice.Slice, figure, axis, all?.Test)}<td>{(slice.Judged ? "" : "shown only")}</tr>""");
            }
            html.Add($"</tbody></table></div></details>");
        }
        html.Add($"</section>");
    }
}
