using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>Ranges that follow outcomes beside those that do not: overall, and by the values that they are told apart by.</summary>
internal static class RangesTables
{
    public static void Write(HtmlWriter html, RangeResult range)
    {
        html.Add($"""<h3>Ranges of <code>{range.Name}</code></h3><p class="lead">Share of what happened within each range, with its 95 % interval, and the mean width: the quantiles as fitted; split conformal prediction, moved once by what was known when the test began; and adaptive, moved by each outcome that had become known, which is what is served. Of slices and groups the farthest from its shares stands first.</p>""");
        html.Add($"""<div class="scroll"><table><thead><tr><th>range<th>moved<th class="n">coverage<th class="n">interval<th class="n">width</tr></thead><tbody>""");
        foreach (var cover in range.Covers)
        {
            foreach (var (kind, figures) in Kinds(cover))
            {
                html.Add($"""<tr><td>{Figures.Percent(cover.Share)}<td>{kind}<td class="n">{Figures.Percent(figures.Coverage)}<td class="n">{Interval(figures)}<td class="n">{Figures.Of(figures.Width)}</tr>""");
            }
        }
        html.Add($"</tbody></table></div>");
        Groups(html, "slice", range.Slices);
        Groups(html, range.By ?? "", range.Groups);
        if (range.LeftOut > 0)
        {
            html.Add($"""<p class="small">{Figures.Count(range.LeftOut)} with fewer than {Figures.Count(RangeResult.LeastRows)} decisions are left out.</p>""");
        }
    }

    private static (string Kind, RangeFigures Figures)[] Kinds(CoverResult cover) =>
        [("as fitted", cover.Fitted), ("split conformal", cover.Split), ("adaptive, as served", cover.Served)];

    /// <param name="heading">What the groups are values of.</param>
    private static void Groups(HtmlWriter html, string heading, IReadOnlyList<RangeGroup> groups)
    {
        if (groups.Count == 0) { return; }
        html.Add($"""<div class="scroll"><table><thead><tr><th>{heading}<th class="n">decisions<th>range<th class="n">as fitted<th class="n">split conformal<th class="n">adaptive<th class="n">interval<th class="n">width</tr></thead><tbody>""");
        foreach (var group in groups)
        {
            foreach (var cover in group.Covers)
            {
                html.Add($"""<tr><td>{group.Name}<td class="n">{Figures.Count(group.Rows)}<td>{Figures.Percent(cover.Share)}<td class="n">{Figures.Percent(cover.Fitted.Coverage)}<td class="n">{Figures.Percent(cover.Split.Coverage)}<td class="n">{Figures.Percent(cover.Served.Coverage)}<td class="n">{Interval(cover.Served)}<td class="n">{Figures.Of(cover.Served.Width)}</tr>""");
            }
        }
        html.Add($"</tbody></table></div>");
    }

    private static string Interval(RangeFigures figures) =>
        figures.Interval is [{ } low, { } high] ? $"{Figures.Percent(low)} to {Figures.Percent(high)}" : Figures.None;
}
