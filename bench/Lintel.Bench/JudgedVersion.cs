using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;

namespace Lintel.Bench;

/// <summary>The newest version of a workspace, by the models that were judged, and the data that it was made of.</summary>
internal sealed record JudgedVersion(SystemVersion Version, Preparation Prepared, TrainingRequest Request)
{
    /// <param name="folder">Of the workspace; null: the design's.</param>
    /// <param name="world">Where its data are; null: the world in the workspace.</param>
    public static JudgedVersion Of(string design, string? folder = null, string? world = null)
    {
        var workspace = new Workspace(folder ?? Path.GetDirectoryName(Path.GetFullPath(design))!);
        var request = new TrainingRequest
        {
            DesignPath = Path.GetFullPath(design),
            DataFolder = Path.GetFullPath(world ?? Path.Combine(workspace.Root, "world")),
            Workspace = workspace,
            Kinds = KnownKinds.All,
            Command = "bench",
            Clock = TimeProvider.System,
        };
        var version = SystemVersion.Load(workspace.VersionFolder(workspace.Versions().Max()), KnownKinds.All, VersionFiles.Judged);
        return new(version, Preparation.OfVersion(version.Manifest!, request), request);
    }
}
