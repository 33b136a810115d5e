using System.Globalization;
using Lintel.Native.Posix;
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
        using var draft = workspace.NewVersion();
        VersionParts.WriteDictionaries(draft.Folder, at.Compiled.Dictionaries);
        ScoringGraphFiles.Write(Path.Combine(draft.Folder, VersionFiles.Served), graph, root.Compiled.Plan.FeatureNames);
        LinkOrCopy(state, Path.Combine(draft.Folder, VersionFiles.StateLatest));
        var shared = TakeShared(workspace.VersionFolder(root.Number), root.Manifest!.Files, draft.Folder);
        draft.Seal(root.Manifest with
        {
            Version = draft.Number,
            Created = created,
            Command = "continuous",
            LogTo = at.NextPlace,
            Continuous = result,
        }, shared);
        return draft.Number;
    }

    /// <summary>Deletes the older versions of a root, with their snapshots; a trained version never goes.</summary>
    /// <param name="needed">Versions that stay whatever their age.</param>
    public static void Prune(Workspace workspace, int root, IReadOnlyCollection<int> needed)
    {
        int[] derived = [.. workspace.Versions().Where(v => IsOf(workspace, v, root) && !needed.Contains(v))];
        foreach (var number in derived.SkipLast(Kept))
        {
            VersionDraft.Unmake(workspace.VersionFolder(number));
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

    /// <summary>Takes what the new version did not write itself: sealed files, which nobody changes in place, under a second name.</summary>
    /// <param name="sealedFiles">The root's files with their hashes.</param>
    /// <returns>The hashes of those that were taken.</returns>
    private static Dictionary<string, string> TakeShared(string from, SortedDictionary<string, string> sealedFiles, string to)
    {
        var shared = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = VersionFiles.NameOf(from, path);
            var target = Path.Combine(to, name);
            if (name is VersionFiles.Manifest or VersionDraft.OwnerFile || File.Exists(target)) { continue; }
            if (sealedFiles.TryGetValue(name, out var hash))
            {
                LinkOrCopy(path, target);
                shared.Add(name, hash);
            }
            // the report is drawn anew in place
            else { File.Copy(path, target); }
        }
        return shared;
    }

    private static void LinkOrCopy(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!HardLink.TryMake(path, target)) { File.Copy(path, target); }
    }
}
