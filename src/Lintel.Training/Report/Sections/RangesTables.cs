using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>Ranges that follow outcomes beside those that do not: overall, and by the values that they are told apart by.</summary>
internal static class RangesTables
{
    public static void Write(HtmlWriter html, RangeResult range)
    {
        html.Add($"""<h3>Ranges of <code>{range.Name}</code></h3><p class="lead">Share of what happened within each range, with its 95 % interval, and the mean width: the quantiles as fitted; split conformal prediction, moved once by what was known when the test began; and adaptive, moved by each outcome that had become known, which is what is served.</p>""");
        html.Add($"""<div class="scroll"><table><thead><tr><th>range<th>moved<th class="n">coverage<th class="n">interval<th class="n">width</tr></thead><tbody>""");
        foreach (var cover in range.Covers)
        {
            foreach (var (kind, figures) in Kinds(cover))
            {
                html.Add($"""<tr><td>{Figures.Percent(cover.Share)}<td>{kind}<td class="n">{Figures.Percent(figures.Coverage)}<td class="n">{Interval(figures)}<td class="n">{Figures.Of(figures.Width)}</tr>""");
            }
        }
        html.Add($"</tbody></table></div>");
        if (range.By is not null) { Groups(html, range); }
    }

    private static (string Kind, RangeFigures Figures)[] Kinds(CoverResult cover) =>
        [("as fitted", cover.Fitted), ("split conformal", cover.Split), ("adaptive, as served", cover.Served)];

    private static void Groups(HtmlWriter html, RangeResult range)
    {
        html.Add($"""<div class="scroll"><table><thead><tr><th>{range.By}<th class="n">decisions<th>range<th class="n">as fitted<th class="n">split conformal<th class="n">adaptive<th class="n">interval<th class="n">width</tr></thead><tbody>""");
        foreach (var group in range.Groups)
        {
            foreach (var cover in group.Covers)
            {
                html.Add($"""<tr><td>{group.Name}<td class="n">{Figures.Count(group.Rows)}<td>{Figures.Percent(cover.Share)}<td class="n">{Figures.Percent(cover.Fitted.Coverage)}<td class="n">{Figures.Percent(cover.Split.Coverage)}<td class="n">{Figures.Percent(cover.Served.Coverage)}<td class="n">{Interval(cover.Served)}<td class="n">{Figures.Of(cover.Served.Width)}</tr>""");
            }
        }
        html.Add($"</tbody></table></div>");
        html.Add($"""<p class="small">The value farthest from its shares stands first{(range.LeftOut == 0 ? "" : $"; {Figures.Count(range.LeftOut)} with fewer than {Figures.Count(RangeResult.LeastRows)} decisions are left out")}.</p>""");
    }

    private static string Interval(RangeFigures figures) =>
        figures.Interval is [{ } low, { } high] ? $"{Figures.Percent(low)} to {Figures.Percent(high)}" : Figures.None;
}
