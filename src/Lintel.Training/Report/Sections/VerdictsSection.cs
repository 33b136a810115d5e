using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>Claims of the design and gates, each with what was measured and whether it holds.</summary>
internal static class VerdictsSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        html.Add($"""<section id="requirements"><h2>Requirements</h2><p class="lead">What the design claims, and what was measured. A claim is broken when its whole 95 % interval lies on the wrong side; undecided claims are shown and do not block.</p>""");
        if (manifest.Requirements.Count == 0) { html.Add($"""<p class="empty">The design claims nothing.</p>"""); }
        else
        {
            html.Add($"""<div class="scroll"><table><thead><tr><th>claim<th>verdict<th>measured<th>measured by</tr></thead><tbody>""");
            foreach (var claim in manifest.Requirements)
            {
                html.Add($"""<tr><td class="name">{claim.Claim}<td>{Badge(claim.Verdict)}<td class="wide">{claim.Measured}<td class="wide"><code>{claim.Command}</code></tr>""");
            }
            html.Add($"</tbody></table></div>");
        }
        html.Add($"""</section><section id="gates"><h2>Gates</h2><p class="lead">Bounds that a version must keep before it may go live.</p>""");
        if (manifest.Gates.Count == 0) { html.Add($"""<p class="empty">The design has no gate.</p>"""); }
        else
        {
            html.Add($"""<div class="scroll"><table><thead><tr><th>gate<th>verdict<th>slice<th>measured<th class="n">95 % interval</tr></thead><tbody>""");
            foreach (var gate in manifest.Gates)
            {
                html.Add($"""<tr><td class="name">{gate.Gate}<td>{Badge(gate.Verdict)}<td>{gate.Slice ?? "all"}<td class="wide">{gate.Measured}<td class="n">{Figures.Interval(gate.Interval)}</tr>""");
            }
            html.Add($"</tbody></table></div>");
        }
        html.Add($"</section>");
    }

    internal static Markup Badge(Verdict verdict) => HtmlWriter.Piece(html =>
    {
        var (style, text) = verdict switch
        {
            Verdict.Holds => ("good", "holds"),
            Verdict.Broken => ("bad", "broken"),
            Verdict.Undecided => ("fair", "undecided"),
            _ => ("none", "not measured"),
        };
        html.Add($"""<span class="badge {style}">{text}</span>""");
    });
}
