namespace Lintel.Training.Report.Sections;

/// <summary>How the version does live: a regression's answers beside what happened, values beside the test's. Filled by the page's script
/// from <c>/v1/monitor</c>, where the page comes from a server.</summary>
internal static class MonitorSection
{
    /// <summary>Whether there is anything to follow.</summary>
    public static bool Has(ReportContext? context) => context?.Form is { Items: null };

    public static void Write(HtmlWriter html, ReportContext? context)
    {
        if (!Has(context)) { return; }
        html.Add($"""<section id="live"><h2>Live</h2><p class="lead" id="monitor-lead">What is decided now, beside the days that the version was judged on.</p>""");
        html.Add($"""<p class="offline" id="monitor-offline">This copy of the page is a file: nothing is live here. <code>lintel monitor FILE</code> reads the same from the log.</p>""");
        html.Add($"""<div id="monitor" hidden></div></section>""");
    }
}
