using System.Globalization;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>The rules in order with their solved thresholds, and what each outcome would have been on the test part.</summary>
internal static class PolicySection
{
    /// <param name="outcomes">From the softest to the hardest, as the design lists them; null: the policy's last rule is the softest.</param>
    public static void Write(HtmlWriter html, VersionManifest manifest, IReadOnlyList<string>? outcomes)
    {
        var ranks = (outcomes ?? [.. manifest.Outcomes.Reverse().Select(static o => o.Outcome)]).Distinct()
            .Select(static (name, rank) => (name, rank)).ToDictionary(static o => o.name, static o => o.rank);
        html.Add($"""<section id="policy"><h2>Policy</h2><p class="lead">Rules in order; the first that matches decides. Shares and precision are those of the test part.</p>""");
        var shares = ranks.Select(r => (Name: r.Key, Rank: r.Value, Share: manifest.Outcomes.Where(o => o.Outcome == r.Key).Sum(static o => o.Share)))
            .OrderBy(static o => o.Rank).ToArray();
        html.Add($"""<div class="bar" role="img" aria-label="share of each outcome">""");
        foreach (var (name, rank, share) in shares)
        {
            html.Add($"""<span class="o{rank % 6}" style="flex-grow:{Math.Max(1000 * share, 1)}" title="{name}: {Figures.Percent(share)}"></span>""");
        }
        html.Add($"""</div><p class="legend">""");
        foreach (var (name, rank, share) in shares) { html.Add($"""<span><i class="o{rank % 6}"></i>{name} {Figures.Percent(share)}</span>"""); }
        html.Add($"""</p><div class="scroll"><table><thead><tr><th>rule<th>outcome<th class="n">decisions<th class="n">share<th class="n">positives<th class="n">precision<th class="n">a day</tr></thead><tbody>""");
        foreach (var o in manifest.Outcomes)
        {
            html.Add($"""<tr><td class="wide"><code>{o.Text}</code><td class="o"><i class="name-dot o{ranks.GetValueOrDefault(o.Outcome) % 6}"></i>{o.Outcome}<td class="n">{Figures.Count(o.Count)}<td class="n">{Figures.Percent(o.Share)}<td class="n">{Figures.Count(o.Positives)}<td class="n">{Figures.Percent(o.Precision)}<td class="n">{Figures.Load(o.PerDayMean)}</tr>""");
        }
        html.Add($"</tbody></table></div>");
        Thresholds(html, manifest);
        Prices(html, manifest);
        html.Add($"</section>");
    }

    private static void Thresholds(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Thresholds.Count == 0) { return; }
        html.Add($"""<h3>Solved thresholds</h3><div class="scroll"><table><thead><tr><th>rule<th>goal<th class="n">margin<th class="n">probability<th class="n">on validation<th class="n">on test<th class="n">a day: median<th class="n">p95<th class="n">most</tr></thead><tbody>""");
        foreach (var t in manifest.Thresholds)
        {
            html.Add($"""<tr><td class="wide"><code>{t.Text}</code><td>{t.Goal}<td class="n">{(t.Margin is null ? "off" : Figures.Of(t.Margin))}<td class="n">{(t.Position is { } position ? $"rarer than {(100 * position).ToString("0.0##", CultureInfo.InvariantCulture)} %" : Figures.Of(t.Probability))}<td class="n">{Reached(t, t.ReachedOnValidate)}<td class="n">{Reached(t, t.ReachedOnTest)}<td class="n">{Figures.Load(t.PerDayMedian)}<td class="n">{Figures.Load(t.PerDayP95)}<td class="n">{Figures.Load(t.PerDayMax)}</tr>""");
        }
        html.Add($"</tbody></table></div>");
        foreach (var threshold in manifest.Thresholds.Where(static t => t.Segments.Count > 0)) { Segments(html, threshold); }
    }

    private static void Prices(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.RulePrices.Count == 0) { return; }
        html.Add($"""<h3>Price of each rule</h3><p>The test part decided again without the rule, thresholds unchanged: its decisions fall to the rules behind it. Changes with their 95 % interval.</p><div class="scroll"><table><thead><tr><th>without<th class="n">took<th class="n">its condition held<th class="n">precision<th class="n">mean cost<th class="n">recall<th class="n">reviews a day</tr></thead><tbody>""");
        foreach (var p in manifest.RulePrices)
        {
            html.Add($"""<tr><td class="wide"><code>{p.Text}</code><td class="n">{Figures.Count(p.Decisions)}<td class="n">{Figures.Count(p.Holds)}<td class="n">{Figures.Percent(p.Precision)}<td class="n">{Change(p.Cost)}<td class="n">{Change(p.Recall)}<td class="n">{Change(p.ReviewsPerDay)}</tr>""");
        }
        html.Add($"</tbody></table></div>");
    }

    private static string Change(PriceResult? price) => price switch
    {
        null => "",
        { Change: 0 } => "0",
        { Interval: [{ } low, { } high] } => $"{Sign(price.Change)} ({Sign(low)} to {Sign(high)})",
        _ => Sign(price.Change),
    };

    private static string Sign(double change) => change > 0 ? $"+{Figures.Of(change)}" : Figures.Of(change);

    private static void Segments(HtmlWriter html, ThresholdResult threshold)
    {
        html.Add($"""<h3>By segment: <code>{threshold.Text}</code></h3><div class="scroll"><table><thead><tr><th>segment<th class="n">decisions<th class="n">positives<th class="n">margin<th class="n">probability<th class="n">on validation<th class="n">on test<th></tr></thead><tbody>""");
        foreach (var s in threshold.Segments)
        {
            html.Add($"""<tr><td>{s.Segment}<td class="n">{Figures.Count(s.Decisions)}<td class="n">{Figures.Count(s.Positives)}<td class="n">{(s.Margin is null ? "as all" : Figures.Of(s.Margin))}<td class="n">{Figures.Of(s.Probability)}<td class="n">{Reached(threshold, s.ReachedOnValidate)}<td class="n">{Reached(threshold, s.ReachedOnTest)}<td>{s.Why ?? ""}</tr>""");
        }
        html.Add($"</tbody></table></div>");
        if (threshold.OtherSegments > 0)
        {
            html.Add($"""<p>{Figures.Count(threshold.OtherSegments)} other values take the threshold of all.</p>""");
        }
    }

    private static string Reached(ThresholdResult threshold, double? value) =>
        threshold.Goal.Contains("top", StringComparison.Ordinal) ? Figures.Load(value) : Figures.Percent(value);
}
