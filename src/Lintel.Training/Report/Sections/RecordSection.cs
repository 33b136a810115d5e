using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>What can be checked afterwards: skew certificate, times, memory, hashes.</summary>
internal static class RecordSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        html.Add($"""<section id="skew"><h2>Skew certificate</h2>""");
        if (manifest.Skew is { } skew)
        {
            html.Add($"""<p class="lead">Every event of the test period was sent to the serving binary over HTTP, in log order; features, scores and outcomes were compared bit for bit. {VerdictsSection.Badge(skew.Mismatches == 0 ? Verdict.Holds : Verdict.Broken)}</p><div class="scroll"><table><thead><tr><th>period<th>made<th class="n">decisions<th class="n">mismatches<th class="n">features<th class="n">scores<th class="n">outcomes</tr></thead><tbody>""");
            html.Add($"""<tr><td>{Figures.Day(skew.From)} to {Figures.Day(skew.To)}<td>{Figures.Instant(skew.Made)}<td class="n">{Figures.Count(skew.Decisions)}<td class="n">{Figures.Count(skew.Mismatches)}<td class="n">{Figures.Count(skew.FeatureMismatches)}<td class="n">{Figures.Count(skew.ScoreMismatches)}<td class="n">{Figures.Count(skew.OutcomeMismatches)}</tr></tbody></table></div>""");
            if (skew.FirstDifference is { } difference) { html.Add($"""<p class="status bad">First difference: {difference}</p>"""); }
            html.Add($"""<p class="small"><code>{skew.Command}</code>, digest <code>{skew.Digest}</code></p></section>""");
        }
        else { html.Add($"""<p class="empty">Not made yet. <code>lintel verify {manifest.Version}</code> makes it.</p></section>"""); }
        Record(html, manifest);
    }

    private static void Record(HtmlWriter html, VersionManifest manifest)
    {
        var longest = manifest.Seconds.Values.DefaultIfEmpty(0).Max();
        html.Add($"""<section id="record"><h2>Record</h2><div class="two"><div><h3>Time</h3><table class="features"><tbody>""");
        foreach (var (stage, seconds) in manifest.Seconds.OrderByDescending(static s => s.Value))
        {
            html.Add($"""<tr><td>{stage}<td class="bars"><span class="track"><i style="width:{(longest > 0 ? 100 * seconds / longest : 0)}%"></i></span><b>{Figures.Seconds(seconds)}</b></tr>""");
        }
        html.Add($"""</tbody></table><p class="small">Peak memory {Figures.Bytes(manifest.PeakMemoryBytes)}.</p></div><div><h3>Provenance</h3><dl><dt>design<dd><code>{manifest.DesignHash}</code><dt>data<dd><code>{manifest.DataFingerprint}</code><dt>seed<dd>{manifest.Seed.ToString()}<dt>Lintel<dd>{manifest.LintelVersion}<dt>command<dd><code>{manifest.Command}</code></dl></div></div>""");
        html.Add($"""<details><summary>{manifest.Files.Count} files, SHA-256</summary><div class="scroll"><table class="hashes"><tbody>""");
        foreach (var (file, hash) in manifest.Files) { html.Add($"<tr><td>{file}<td><code>{hash}</code></tr>"); }
        html.Add($"</tbody></table></div></details></section>");
    }
}
