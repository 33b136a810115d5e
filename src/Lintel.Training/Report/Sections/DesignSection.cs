using Lintel.Pipeline.Versions;

namespace Lintel.Training.Report.Sections;

/// <summary>The design file as it was read, each line an anchor, with the findings in its margin.</summary>
internal static class DesignSection
{
    public static void Write(HtmlWriter html, VersionManifest manifest, string design)
    {
        var findings = manifest.Findings.ToLookup(static f => f.Line);
        html.Add($"""<section id="design"><h2>Design</h2><p class="lead">The file that this version was built from. A dot in the margin leads to what the review says of the line.</p><ol class="yaml">""");
        var number = 0;
        foreach (var line in design.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            number++;
            html.Add($"""<li id="L{number}">""");
            if (findings[number].OrderBy(static f => f.Severity switch { "error" => 0, "warning" => 1, _ => 2 }).FirstOrDefault() is { } finding)
            {
                html.Add($"""<a class="dot {(finding.Because is null ? finding.Severity : "overridden")}" href="#finding-{finding.Code}-{finding.Line}" title="{finding.Code}: {finding.Message}"></a>""");
            }
            html.Add($"<code>{YamlMarkup.Line(line)}</code></li>");
        }
        html.Add($"</ol></section>");
    }
}
