using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>The features by importance, with what they are and how much of them is missing.</summary>
internal static class FeaturesSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        if (manifest.Features.Count == 0) { return; }
        html.Add($"""<section id="features"><h2>Features</h2><p class="lead">By importance: the mean size of what each adds to the margin on the test part.</p><div class="scroll"><table class="features"><thead><tr><th>feature<th class="bars">importance<th class="n">missing<th class="n">mean<th class="n">smallest<th class="n">largest</tr></thead><tbody>""");
        var most = manifest.Features.Max(static f => f.Importance ?? 0);
        foreach (var feature in manifest.Features.OrderByDescending(static f => f.Importance ?? -1).ThenBy(static f => f.Name, StringComparer.Ordinal))
        {
            var share = most > 0 ? 100 * (feature.Importance ?? 0) / most : 0;
            html.Add($"""<tr><td>{feature.Name}<small><code>{feature.Expression}</code></small><td class="bars"><span class="track"><i style="width:{share}%"></i></span><b>{Figures.Of(feature.Importance)}</b><td class="n{Weak(feature)}">{Figures.Percent(feature.MissingShare)}<td class="n">{Figures.Of(feature.Mean)}<td class="n">{Figures.Of(feature.Min)}<td class="n">{Figures.Of(feature.Max)}</tr>""");
        }
        html.Add($"</tbody></table></div></section>");
    }

    private static string Weak(FeatureSummary feature) => feature.MissingShare > 0.5 ? " weak" : "";
}
