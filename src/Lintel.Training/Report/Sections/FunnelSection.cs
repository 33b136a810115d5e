using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report.Sections;

/// <summary>Of a ranking: what its sources find, and what each line of the policy removes and costs.</summary>
internal static class FunnelSection
{
    /// <summary>Depths that have a column of their own; the chart has them all.</summary>
    private static readonly int[] Depths = [10, 100, 500];

    public static bool Has(VersionManifest manifest) => manifest.Retrieval.Count > 0 || manifest.Steps.Count > 0;

    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        if (!Has(manifest)) { return; }
        html.Add($"""<section id="funnel"><h2>Funnel</h2><p class="lead">From the whole catalogue to a page, on the test part: what each source of candidates finds of what turned out to be right, and what each line of the policy removes.</p>""");
        Sources(html, manifest.Retrieval);
        Lines(html, manifest.Steps);
        Log(html, manifest.OffPolicy);
        html.Add($"</section>");
    }

    private static void Sources(HtmlWriter html, IReadOnlyList<RetrievalResult> results)
    {
        if (results.Count == 0) { return; }
        html.Add($"""<h3>Sources</h3>{new RecallChart(results).Draw()}<div class="scroll"><table><thead><tr><th>source<th class="n">offers""");
        int[] depths = [.. Depths.Where(k => results[0].At.Any(a => a.K == k))];
        foreach (var k in depths) { html.Add($"""<th class="n">recall@{k}"""); }
        html.Add($"""<th class="n">only here</tr></thead><tbody>""");
        foreach (var source in results)
        {
            html.Add($"""<tr{new Markup(source.OnlyHere is null ? " class=\"total\"" : "")}><td class="name">{source.Source}<td class="n">{Figures.Load(source.Offered)}""");
            foreach (var k in depths) { html.Add($"""<td class="n">{Figures.Of(source.At.FirstOrDefault(a => a.K == k)?.Recall)}"""); }
            html.Add($"""<td class="n">{Figures.Percent(source.OnlyHere)}</tr>""");
        }
        html.Add($"""</tbody></table></div><p class="small"><b>offers</b>: candidates of a request, on average; <b>only here</b>: share of what was right that no other source offered. What the union lacks, no ranker can bring back.</p>""");
    }

    private static void Lines(HtmlWriter html, IReadOnlyList<StepResult> steps)
    {
        if (steps.Count == 0) { return; }
        var axis = IntervalStrip.Scale(steps.Select(static s => s.Price).OfType<PriceResult>().Select(Shown), 0);
        html.Add($"""<h3>Lines of the policy</h3><div class="scroll"><table><thead><tr><th>line<th class="n">removes<th class="n">cannot be kept<th class="n">without it, {steps[0].Metric}<th class="strips">change, 95 %</tr></thead><tbody>""");
        foreach (var step in steps)
        {
            html.Add($"""<tr><td class="wide"><code>{step.Text}</code><td class="n">{(step.Removed == 0 ? Figures.None : Figures.Load(step.Removed))}<td class="n">{(step.Infeasible == 0 ? Figures.None : Figures.Percent(step.Infeasible))}""");
            if (step.Price is { } price)
            {
                html.Add($"""<td class="n big">{(price.Change > 0 ? "+" : "")}{Figures.Of(price.Change)}<small>{Figures.Interval(price.Interval)}</small><td class="strips">{IntervalStrip.Draw(step.Text, Shown(price), axis, 0, new("change", ""))}</tr>""");
            }
            else { html.Add($"""<td class="n">{Figures.None}<td>the page's own length</tr>"""); }
        }
        html.Add($"""</tbody></table></div><p class="small"><b>removes</b>: candidates of a request, on average; <b>cannot be kept</b>: share of the requests that had too few candidates for it. A positive change says that the line costs so much of the metric: the price of what it is for.</p>""");
    }

    private static void Log(HtmlWriter html, OffPolicyResult? answer)
    {
        if (answer is null) { return; }
        html.Add($"""<h3>By the log's propensities</h3><p class="small">What was shown on the test days earned {Figures.Of(answer.Logged)} a page, summed over its items ({answer.Exposures} of them).</p>""");
        if (answer.Refusal is { } refusal) { html.Add($"""<p>No estimate of these pages: {refusal}.</p>"""); return; }
        html.Add($"""<div class="scroll"><table><thead><tr><th>estimator<th class="n">these pages<th class="n">95 % interval</tr></thead><tbody>""");
        foreach (var estimate in answer.Estimates)
        {
            html.Add($"""<tr><td class="name">{estimate.Estimator}<td class="n big">{Figures.Of(estimate.Value)}<td class="n">{Figures.Of(estimate.Interval[0])} to {Figures.Of(estimate.Interval[1])}</tr>""");
        }
        html.Add($"""</tbody></table></div>""");
    }

    private static MetricResult Shown(PriceResult price) => new(price.Change, null, price.Interval, []);
}
