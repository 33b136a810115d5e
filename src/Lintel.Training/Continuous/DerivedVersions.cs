using System.Globalization;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Scoring;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Continuous;

/// <summary>Versions made of what was learned: the root's folder with other models, and a state at the learner's place, so that
/// whoever takes one up replays little.</summary>
internal static class DerivedVersions
{
    /// <summary>Versions of one root that stay on disk besides the live one and the last good one: an hour of them at 10 minutes.</summary>
    public const int Kept = 6;

    /// <param name="root">Its thresholds, judged models and report are the new version's.</param>
    /// <param name="state">The file of the state at the learner's place.</param>
    /// <returns>The new version's number.</returns>
    public static int Make(
        Workspace workspace, SystemVersion root, ScoringGraph graph, LiveState at, string state, ContinuousResult result,
        DateTimeOffset created)
    {
        var (number, draft) = workspace.NewVersion();
        try
        {
            var from = workspace.VersionFolder(root.Number);
            CopyShared(from, draft);
            VersionParts.WriteDictionaries(draft, at.Compiled.Dictionaries);
            var served = Path.Combine(draft, VersionFiles.Served);
            ScoringGraphFiles.Write(served, graph, root.Compiled.Plan.FeatureNames);
            File.Copy(state, Path.Combine(draft, VersionFiles.StateLatest));
            VersionParts.Seal(draft, workspace.VersionFolder(number), root.Manifest! with
            {
                Version = number,
                Created = created,
                Command = "continuous",
                LogTo = at.NextPlace,
                Continuous = result,
            });
            return number;
        }
        catch
        {
            Directory.Delete(draft, recursive: true);         // an unfinished version is no version
            throw;
        }
    }

    /// <summary>Deletes the older versions of a root, with their snapshots; a trained version never goes.</summary>
    /// <param name="needed">Versions that stay whatever their age.</param>
    public static void Prune(Workspace workspace, int root, IReadOnlyCollection<int> needed)
    {
        int[] derived = [.. workspace.Versions().Where(v => IsOf(workspace, v, root) && !needed.Contains(v))];
        foreach (var number in derived.SkipLast(Kept))
        {
            var folder = workspace.VersionFolder(number);
            // a folder without a manifest is no version: a reader never sees half of one
            File.Delete(Path.Combine(folder, VersionFiles.Manifest));
            Directory.Delete(folder, recursive: true);
            if (!Directory.Exists(workspace.StateFolder)) { continue; }
            foreach (var snapshot in Directory.GetFiles(workspace.StateFolder, $"v{number.ToString("D3", CultureInfo.InvariantCulture)}-*"))
            {
                File.Delete(snapshot);
            }
        }
    }

    /// <summary>The trained version that a version goes back to: itself, unless it was learned on the stream.</summary>
    public static int RootOf(Workspace workspace, int version) =>
        SystemVersion.ReadManifest(workspace.VersionFolder(version)).Continuous?.Root ?? version;

    private static bool IsOf(Workspace workspace, int version, int root)
    {
        try { return SystemVersion.ReadManifest(workspace.VersionFolder(version)).Continuous?.Root == root; }
        catch (InvalidDataException) { return false; }
    }

    private static void CopyShared(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, path);
            var target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // the largest file is the state; the new version has its own
            if (name is not (VersionFiles.Manifest or VersionFiles.StateLatest)) { File.Copy(path, target); }
        }
    }
}
