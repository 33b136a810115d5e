using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Lintel.Pipeline.Versions;
using Lintel.Training.Report.Sections;

namespace Lintel.Training.Report;

/// <summary>The report of one version: a page that stands alone. It loads nothing, and its policy forbids any script but its own,
/// so that whatever a design's names hold cannot run.</summary>
public static class ReportPage
{
    private static readonly (string Id, string Title)[] Contents =
    [
        ("requirements", "Requirements"), ("gates", "Gates"), ("review", "Review"), ("metrics", "Metrics"),
        ("competitors", "Competitors"), ("slices", "Slices"), ("funnel", "Funnel"), ("curves", "Curves"), ("estimates", "Estimates"), ("policy", "Policy"),
        ("kinds", "Detection by kind"), ("features", "Features"), ("training", "Training"), ("skew", "Skew"), ("record", "Record"),
        ("design", "Design"),
    ];

    /// <summary>The page as one HTML text.</summary>
    /// <param name="designText">The design file as it was read.</param>
    public static string Write(VersionManifest manifest, string designText, ReportContext? context = null)
    {
        var script = Asset("report.js");
        var html = new HtmlWriter();
        html.Add($"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">""");
        html.Add($"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{HashOf(script)}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">""");
        html.Add($"""<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>{manifest.System} · version {manifest.Version}</title><style>{new Markup(Asset("report.css"))}</style></head><body>""");
        Navigation(html, manifest, context);
        html.Add($"<main>");
        HeaderSection.Write(html, manifest, context?.Live);
        if (context?.Form is { } form) { LiveSection.Write(html, form, manifest.Version); }
        MonitorSection.Write(html, context);
        VerdictsSection.Write(html, manifest);
        ReviewSection.Write(html, manifest);
        MetricsSection.Write(html, manifest);
        FunnelSection.Write(html, manifest);
        CurvesSection.Write(html, manifest);
        EstimatesSection.Write(html, manifest);
        if (!IsEmpty("policy", manifest)) { PolicySection.Write(html, manifest, context?.Form?.Outcomes); }
        KindsSection.Write(html, manifest);
        FeaturesSection.Write(html, manifest);
        TrainingSection.Write(html, manifest);
        RecordSection.Write(html, manifest);
        DesignSection.Write(html, manifest, designText);
        html.Add($"""<footer>Written by Lintel {manifest.LintelVersion}. Every figure stands in <code>manifest.json</code> beside this page.</footer></main><script>{new Markup(script)}</script></body></html>""");
        return html.ToString();
    }

    private static void Navigation(HtmlWriter html, VersionManifest manifest, ReportContext? context)
    {
        html.Add($"""<nav aria-label="contents"><p class="brand">lintel</p><ul>""");
        if (context?.Form is not null) { html.Add($"""<li><a href="#try">Try it</a>"""); }
        if (MonitorSection.Has(context)) { html.Add($"""<li><a href="#live">Live</a>"""); }
        foreach (var (id, title) in Contents)
        {
            if (IsEmpty(id, manifest)) { continue; }
            html.Add($"""<li><a href="#{id}">{title}</a>""");
        }
        html.Add($"</ul></nav>");
    }

    /// <summary>Sections that are left out where there is nothing to say.</summary>
    private static bool IsEmpty(string id, VersionManifest manifest) => id switch
    {
        "competitors" => manifest.Gains.Count == 0,
        "funnel" => !FunnelSection.Has(manifest),
        "curves" => manifest.Curves.Count == 0,
        "estimates" => manifest.Estimate is null,
        // a ranking's lines stand in its funnel, and a regression's answer is its estimate
        "policy" => FunnelSection.Has(manifest) || manifest.Estimate is not null,
        "kinds" => manifest.Kinds is null,
        "features" => manifest.Features.Count == 0,
        _ => false,
    };

    private static string HashOf(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    internal static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Lintel.Training.Report.{name}")
            ?? throw new InvalidOperationException($"the page's own file '{name}' is not in this build; build Lintel.Training again.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
