using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Report;

namespace Lintel.Cli.Verbs;

/// <summary>Draws a version's <c>report.html</c> again whenever what it shows has changed.</summary>
internal static class VersionReport
{
    public static void Write(Workspace workspace, VersionManifest manifest, SystemDesign design)
    {
        var page = ReportPage.Write(manifest, design.Text, new() { Live = LiveReference.Read(workspace), Form = manifest.FormOf(design) });
        File.WriteAllText(Path.Combine(workspace.VersionFolder(manifest.Version), VersionFiles.Report), page);
    }
}
