using Lintel.Pipeline.Versions;
using Lintel.Training.Promotion;

namespace Lintel.Training.Report.Sections;

/// <summary>Which version this is, whether it is live, why or why not, and the figures that a hurried reader needs.</summary>
internal static class HeaderSection
{
    private static readonly string[] Preferred =
        ["average-precision", "auc", "key-precision", "ndcg", "recall", "cost", "hit-rate", "mrr", "map", "coverage", "mae", "rmse", "pinball"];

    public static void Write(HtmlWriter html, VersionManifest manifest, LiveReference? live)
    {
        html.Add($"""<header class="hero"><p class="kicker">System design report</p><h1>{manifest.System} <span class="version">version {manifest.Version}</span></h1><p class="goal">{manifest.Goal}</p>""");
        Status(html, manifest, live);
        html.Add($"""<div class="tiles">""");
        foreach (var (name, metric) in Headline(manifest)) { Tile(html, name, metric); }
        html.Add($"""</div><p class="made">Made {Figures.Instant(manifest.Created)} by <code>{manifest.Command}</code> on {Figures.Count(manifest.Rows.Train)} training, {Figures.Count(manifest.Rows.Validate)} validation and {Figures.Count(manifest.Rows.Test)} test decisions.</p></header>""");
    }

    private static void Status(HtmlWriter html, VersionManifest manifest, LiveReference? live)
    {
        var obstacles = Promoter.Reasons(manifest);
        var isLive = live is not null && live.Champion == manifest.Version;
        html.Add($"""<div id="status" class="status {(isLive ? "good" : obstacles.Count == 0 ? "fair" : "bad")}">""");
        if (isLive)
        {
            html.Add($"""<p><b>Live.</b> Promoted {Figures.Instant(live!.Since)} by {live.By}: {live.Reason}""");
            if (live.Override is { } reason) { html.Add($""" <span class="override">Overridden: {reason}</span>"""); }
            html.Add($"</p>");
        }
        else
        {
            html.Add($"""<p><b>Not live{Other(live)}.</b> {(obstacles.Count == 0
                ? "Nothing that was measured stands in the way of promotion." : "Promotion is refused:")}</p>""");
        }
        if (obstacles.Count > 0)
        {
            html.Add($"""<ul class="obstacles">""");
            foreach (var obstacle in obstacles) { html.Add($"<li>{obstacle}</li>"); }
            html.Add($"</ul>");
        }
        html.Add($"</div>");
    }

    private static string Other(LiveReference? live) => live is null ? "" : $"; version {live.Champion} is";

    private static IEnumerable<KeyValuePair<string, MetricResult>> Headline(VersionManifest manifest) => manifest.Metrics
        .OrderBy(m => manifest.Gates.Any(g => g.Slice is null && g.Gate.StartsWith(m.Key, StringComparison.Ordinal)) ? 0 : 1)
        .ThenBy(static m => Rank(m.Key)).ThenBy(static m => m.Key, StringComparer.Ordinal).Take(4);

    private static int Rank(string metric)
    {
        var index = Array.FindIndex(Preferred, p => metric.Contains(p, StringComparison.Ordinal));
        return index < 0 ? Preferred.Length : index;
    }

    private static void Tile(HtmlWriter html, string name, MetricResult metric)
    {
        html.Add($"""<div class="tile"><span class="label">{name}</span><span class="figure">{Figures.Of(metric.Test)}</span><span class="sub">{Figures.Interval(metric.Interval)}</span>""");
        var baselines = metric.Baselines.Where(static b => b.Value is { } v && double.IsFinite(v)).OrderBy(static b => b.Value).ToArray();
        if (baselines.Length > 0)
        {
            var best = metric.Best is { } right ? baselines.MinBy(b => Math.Abs(b.Value!.Value - right))
                : metric.HigherIsBetter ? baselines[^1] : baselines[0];
            html.Add($"""<span class="sub">best baseline {Figures.Of(best.Value)} <i>{best.Key}</i></span>""");
        }
        html.Add($"</div>");
    }
}
