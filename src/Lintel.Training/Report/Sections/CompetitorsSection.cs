using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report.Sections;

/// <summary>Of a ranking: its pages beside each competitor, a table for each metric and a row for each competitor.</summary>
internal static class CompetitorsSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Gains.Count == 0) { return; }
        html.Add($"""<section id="competitors"><h2>Competitors</h2><p class="lead">The pages beside what one source alone, the ranker without the policy, or a trivial order would have shown for the same requests. Strips are the pages' lead with its 95 % interval, paired; right of the dashed line the pages are better.</p>""");
        // the metric that the policy's lines are priced in stands open
        var open = manifest.Steps.Count > 0 ? manifest.Steps[0].Metric : manifest.Gains[0].Metric;
        foreach (var metric in manifest.Gains.GroupBy(static g => g.Metric).OrderByDescending(g => g.Key == open))
        {
            html.Add($"""<details{new Markup(metric.Key == open ? " open" : "")}><summary>{metric.Key} <span class="small">{Tally([.. metric])}</span></summary>""");
            Table(html, [.. metric], manifest.Metrics.GetValueOrDefault(metric.Key));
            html.Add($"</details>");
        }
        html.Add($"</section>");
    }

    private static void Table(HtmlWriter html, GainResult[] gains, MetricResult? pages)
    {
        var axis = IntervalStrip.Scale(gains.Select(Lead), 0);
        html.Add($"""<div class="scroll"><table class="metrics"><thead><tr><th>competitor<th class="n">test<th class="n">lead of the pages<th class="strips">lead, 95 %<th></tr></thead><tbody>""");
        if (pages is not null)
        {
            html.Add($"""<tr class="all"><td>the pages<td class="n">{Figures.Of(pages.Test)}<small>{Figures.Interval(pages.Interval)}</small><td><td><td></tr>""");
        }
        foreach (var gain in gains.OrderBy(static g => g.Gain ?? double.PositiveInfinity))
        {
            html.Add($"""<tr><td>{gain.Beside}<td class="n">{Figures.Of(gain.Value)}<small>{Figures.Interval(gain.Interval)}</small><td class="n big">{(gain.Gain > 0 ? "+" : "")}{Figures.Of(gain.Gain)}<td class="strips">{IntervalStrip.Draw(gain.Beside, Lead(gain), axis, 0, new("lead", ""))}<td>{Badge(gain)}</tr>""");
        }
        html.Add($"</tbody></table></div>");
    }

    private static MetricResult Lead(GainResult gain) => new(gain.Gain, null, gain.GainInterval, []);

    private static string Tally(GainResult[] gains) => (gains.Count(Behind), gains.Count(Ahead)) switch
    {
        (0, var ahead) => $"ahead of {ahead} of {gains.Length}",
        var (behind, ahead) => $"ahead of {ahead}, behind {behind} of {gains.Length}",
    };

    private static Markup Badge(GainResult gain) => HtmlWriter.Piece(html =>
    {
        var (style, text) = Ahead(gain) ? ("good", "ahead") : Behind(gain) ? ("bad", "behind") : gain.GainInterval is [0.0, 0.0] ? ("none", "the same") : ("fair", "not told apart");
        html.Add($"""<span class="badge {style}">{text}</span>""");
    });

    private static bool Ahead(GainResult gain) => gain.GainInterval is [> 0, _];

    private static bool Behind(GainResult gain) => gain.GainInterval is [_, < 0];
}
