namespace Lintel.Pipeline.Versions;

/// <summary>The folder that holds everything of one system; nothing is written elsewhere.</summary>
public sealed class Workspace(string folder)
{
    /// <summary>Absolute path of the workspace itself.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    public string Root => Path.Combine(Folder, ".lintel");

    public string LogFolder => Path.Combine(Root, "log");

    /// <summary>Snapshots of the live state.</summary>
    public string StateFolder => Path.Combine(Root, "state");

    /// <summary>Decisions by day, once their segment of the log is compacted.</summary>
    public string RecordsFolder => Path.Combine(Root, "records");

    /// <summary>Pages that were made ahead for everyone, a folder each batch.</summary>
    public string BatchFolder => Path.Combine(Root, "batch");

    /// <summary>What is being learned while the system serves, and where in the log it stands.</summary>
    public string LearningFolder => Path.Combine(Root, "learning");

    public string VersionsFolder => Path.Combine(Root, "versions");

    public string LivePath => Path.Combine(Root, "live");

    public string VersionFolder(int version) => Path.Combine(VersionsFolder, version.ToString());

    /// <summary>Numbers of complete versions, ascending.</summary>
    public IReadOnlyList<int> Versions() => !Directory.Exists(VersionsFolder)
        ? []
        : [.. Directory.GetDirectories(VersionsFolder)
            .Where(static d => File.Exists(Path.Combine(d, VersionFiles.Manifest)))
            .Select(static d => int.TryParse(Path.GetFileName(d), out var n) ? n : 0)
            .Where(static n => n > 0)
            .Order()];

    /// <summary>Begins a version under a number that none has had, and deletes what processes that died left of theirs.</summary>
    public VersionDraft NewVersion()
    {
        var draft = VersionDraft.Begin(this);
        draft.DeleteAbandoned();
        return draft;
    }
}

/// <summary>Where things stand inside a version's folder.</summary>
public static class VersionFiles
{
    public const string Manifest = "manifest.json";
    public const string Design = "design.yaml";
    public const string Report = "report.html";

    /// <summary>Models, calibrators and thresholds that serve.</summary>
    public const string Served = "models";

    /// <summary>Those that were judged, where <c>refit: now</c> serves others.</summary>
    public const string Judged = "judged";

    /// <summary>Feature state at the start of the test period: where the skew certificate starts.</summary>
    public const string StateAtTest = "state/test-start.state";

    /// <summary>What ranges know at the start of the validation part: where judging a version again starts. Only where they follow outcomes.</summary>
    public const string RangesAtValidate = "state/validate-start.ranges";

    /// <summary>Feature state after everything that the files brought: where serving starts.</summary>
    public const string StateLatest = "state/latest.state";

    /// <summary>A file as the manifest names it.</summary>
    public static string NameOf(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
