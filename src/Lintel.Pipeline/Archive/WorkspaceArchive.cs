using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Features;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Archive;

/// <summary>The archive of a workspace's own log.</summary>
public static class WorkspaceArchive
{
    /// <param name="logFolder">Null: the workspace's.</param>
    public static LogArchive Of(Workspace workspace, KindRegistry kinds, string? logFolder = null) => new(
        logFolder ?? workspace.LogFolder,
        logFolder is null ? workspace.RecordsFolder : Path.Combine(logFolder, "records"),
        version => PlanOf(workspace.VersionFolder(version), kinds));

    private static FeaturePlan? PlanOf(string folder, KindRegistry kinds)
    {
        var design = Path.Combine(folder, VersionFiles.Design);
        return File.Exists(design)
            ? VersionParts.Compile(folder, DesignFile.Load(design, kinds)).Plan
            : null;
    }
}
