using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Charts;

namespace Lintel.Training.Report.Sections;

/// <summary>Estimates beside what happened, and whether ranges keep their word, tenth by tenth of the estimates.</summary>
internal static class EstimatesSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Estimate is not { } estimate) { return; }
        html.Add($"""<section id="estimates"><h2>Estimates</h2><p class="lead">The test decisions in ten parts by their estimate, the lowest first: what happened, in the label's unit.</p>""");
        if (estimate.Deciles.Count > 0)
        {
            html.Add($"{Actual(estimate).Draw()}");
            if (estimate.Ranges.Count > 0) { html.Add($"{Coverage(estimate).Draw()}"); }
        }
        Quantiles(html, estimate);
        if (estimate.Range is { } range) { RangesTables.Write(html, range); }
        Promises(html, estimate);
        html.Add($"""<p class="small">Without any feature: the mean of train is {Figures.Of(estimate.TrainMean)}, its median {Figures.Of(estimate.TrainMedian)}.</p>""");
        if (estimate.Censored is { } censored)
        {
            html.Add($"""<p class="small">Ended by <code>{censored.Event}</code> before there was a label: {Figures.Count(censored.Train)} decisions of train, {Figures.Count(censored.Validate)} of validate, {Figures.Count(censored.Test)} of test. Those with a label stand for them, the longest for {Figures.Of(censored.LargestWeight)} each (Kaplan–Meier over train).</p>""");
        }
        html.Add($"</section>");
    }

    private static SeriesChart Actual(RegressionResult estimate) => new(
        "Actual by estimated", "a point for each tenth of the decisions; on the line 'as estimated' it happens as it was said", "estimated", "actual",
        Logarithmic: false,
        [
            Line("a tenth is above", estimate, static d => d.ActualHigh),
            Line("mean", estimate, static d => d.Actual),
            Line("as estimated", estimate, static d => d.Estimated),
            Line("a tenth is below", estimate, static d => d.ActualLow),
        ]);

    private static ChartSeries Line(string name, RegressionResult estimate, Func<EstimateDecile, double> of) =>
        new(name, [.. estimate.Deciles.Select(d => new ChartPoint(d.Estimated, of(d), $"{Figures.Count(d.Rows)} decisions"))]);

    private static SeriesChart Coverage(RegressionResult estimate) => new(
        "Coverage by tenth", "share of what happened within each range; the level lines are what was asked for", "tenth of the estimates", "within the range",
        Logarithmic: false,
        [
            .. estimate.Ranges.Select((share, r) => new ChartSeries(
                $"{Figures.Percent(share)} range",
                [.. estimate.Deciles.Select((d, i) => new ChartPoint(i + 1, d.Coverage[r], $"{Figures.Count(d.Rows)} decisions"))])),
            .. estimate.Ranges.Select(share => new ChartSeries(
                $"{Figures.Percent(share)} asked for", [new(1, share, "asked for"), new(estimate.Deciles.Count, share, "asked for")])),
        ]);

    private static void Quantiles(HtmlWriter html, RegressionResult estimate)
    {
        if (estimate.Quantiles.Count == 0) { return; }
        html.Add($"""<div class="scroll"><table><thead><tr><th>quantile<th>model<th class="n">of what happened, below it</tr></thead><tbody>""");
        foreach (var quantile in estimate.Quantiles)
        {
            html.Add($"""<tr><td>{Figures.Percent(quantile.Level)}<td>{quantile.Model}<td class="n">{Figures.Percent(quantile.Below)}</tr>""");
        }
        html.Add($"</tbody></table></div>");
    }

    private static void Promises(HtmlWriter html, RegressionResult estimate)
    {
        if (estimate.Promise is not { } promise) { return; }
        html.Add($"""<div class="scroll"><table><thead><tr><th>promise behind each line<th class="n">mean<th class="n">came later<th class="n">cost a decision</tr></thead><tbody>""");
        foreach (var (name, said) in promise.Lines.Select(static l => (l.Line, l.Figures)).Prepend(("the estimate", promise.Estimated)))
        {
            html.Add($"""<tr><td>{name}<td class="n">{Figures.Of(said.Mean)}<td class="n">{Figures.Percent(said.Late)}<td class="n">{Figures.Of(said.Cost)}</tr>""");
        }
        html.Add($"</tbody></table></div>");
    }
}
