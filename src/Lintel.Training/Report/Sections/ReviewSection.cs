using Lintel.Pipeline.Versions;
using Lintel.Training.Review;

namespace Lintel.Training.Report.Sections;

/// <summary>The findings by step of the framework: question, evidence, fix, and the line of the design.</summary>
internal static class ReviewSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest)
    {
        var findings = manifest.Findings;
        html.Add($"""<section id="review"><h2>Review</h2><p class="lead">{ReviewRules.All.Count} questions that an experienced interviewer would ask of this design, answered from its data. {Summary(findings)}</p>""");
        var anchors = new HashSet<(string Code, int Line)>();
        foreach (var step in findings.GroupBy(static f => Math.Clamp(f.Step, 1, FrameworkReference.Steps.Count)).OrderBy(static g => g.Key))
        {
            html.Add($"""<h3 class="step"><span>{step.Key}</span> {FrameworkReference.Steps[step.Key - 1]}</h3>""");
            foreach (var finding in step) { Finding(html, finding, anchors.Add((finding.Code, finding.Line))); }
        }
        html.Add($"</section>");
    }

    private static string Summary(IReadOnlyList<FindingResult> findings)
    {
        if (findings.Count == 0) { return "None of them found a fault."; }
        var errors = findings.Count(Reviewer.Blocks);
        var overridden = findings.Count(static f => f.Because is not null);
        var warnings = findings.Count(static f => f is { Severity: "warning", Because: null });
        var notes = findings.Count(static f => f is { Severity: "note", Because: null });
        var parts = new[]
        {
            Counted(errors, "error that blocks", "errors that block"), Counted(warnings, "warning", "warnings"),
            Counted(notes, "note", "notes"), Counted(overridden, "overridden with a reason", "overridden with reasons"),
        };
        return $"They found {string.Join(", ", parts.OfType<string>())}.";
    }

    private static string? Counted(int count, string one, string many) => count == 0 ? null : $"{count} {(count == 1 ? one : many)}";

    /// <param name="isAnchor">The first of its rule on its line: where the design's margin leads.</param>
    private static void Finding(HtmlWriter html, FindingResult finding, bool isAnchor)
    {
        var anchor = isAnchor ? HtmlWriter.Piece(h => h.Add($""" id="finding-{finding.Code}-{finding.Line}" """)) : default;
        var style = finding.Because is not null ? "overridden" : finding.Severity switch { "error" => "error", "warning" => "warning", _ => "note" };
        html.Add($"""<article class="finding {style}"{anchor}><p class="head"><span class="code">{finding.Code}</span> <b>{Figures.Sentence(finding.Message)}</b></p>""");
        html.Add($"""<p class="evidence">{Figures.Sentence(finding.Evidence)}</p>""");
        if (finding.Question.Length > 0) { html.Add($"""<p class="question">“{finding.Question}”</p>"""); }
        if (finding.Because is { } because) { html.Add($"""<p class="because"><b>Overridden, because</b> {because}</p>"""); }
        html.Add($"""<p class="fix">{finding.Fix} <a href="#L{finding.Line}">line {finding.Line}</a></p></article>""");
    }
}
