using Lintel.Design;
using Lintel.Events;
using Lintel.Pipeline.Versions;
using Lintel.Training.Report;

namespace Lintel.Cli.Verbs;

/// <summary>Draws a version's <c>report.html</c> again whenever what it shows has changed.</summary>
internal static class VersionReport
{
    /// <param name="history">Where the form's example comes from; null: a made-up one.</param>
    public static void Write(Workspace workspace, VersionManifest manifest, SystemDesign design, EventHistory? history)
    {
        var page = ReportPage.Write(
            manifest, design.Text, new() { Live = LiveReference.Read(workspace), Form = DecisionForm.Of(design, history) });
        File.WriteAllText(Path.Combine(workspace.VersionFolder(manifest.Version), VersionFiles.Report), page);
    }
}
