using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>How a regression's answers do live: filled by the page's script from <c>/v1/monitor</c>, where the page comes from a
/// server.</summary>
internal static class LiveQualitySection
{
    /// <summary>Whether there is anything to follow.</summary>
    public static bool Has(VersionManifest manifest, ReportContext? context) => manifest.Estimate is not null && context?.Form is not null;

    public static void Write(HtmlWriter html, VersionManifest manifest, ReportContext? context)
    {
        if (!Has(manifest, context)) { return; }
        html.Add($"""<section id="live"><h2>Live</h2><p class="lead" id="monitor-lead">What was answered beside what happened, by outcomes that have become known; the test's figures stand beside it.</p>""");
        html.Add($"""<p class="offline" id="monitor-offline">This copy of the page is a file: nothing is live here. <code>lintel monitor FILE</code> reads the same from the log.</p>""");
        html.Add($"""<div id="monitor" hidden></div></section>""");
    }
}
