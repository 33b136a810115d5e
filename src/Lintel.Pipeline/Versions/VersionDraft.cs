namespace Lintel.Pipeline.Versions;

/// <summary>A version while it is being made: a folder <c>N.draft</c> that this process holds by a lock on a file in it. Disposed before
/// it was sealed, it goes: an unfinished version is no version.</summary>
/// <remarks>The lock ends with the process, however it ends; so a draft that nobody holds has no owner any more.</remarks>
public sealed class VersionDraft : IDisposable
{
    /// <summary>Locked while the draft's owner lives. A version may still have it, unlocked, if its process died in the
    /// instant after it was sealed.</summary>
    public const string OwnerFile = "owner.lock";

    private const string Ending = ".draft";

    // what is being deleted
    private const string Gone = ".gone";

    // numbers that others may take from under the one who begins
    private const int MostTaken = 100;

    // between its being made and its being locked an owner's file looks as if nobody held it
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    // a draft without a lock is being begun, or an earlier program's
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private readonly FileStream _owner;
    private bool _isSealed;

    private VersionDraft(int number, string final, string folder, FileStream owner) =>
        (Number, Final, Folder, _owner) = (number, final, folder, owner);

    public int Number { get; }

    /// <summary>Where files are written until the version is complete.</summary>
    public string Folder { get; }

    /// <summary>The version's folder once it is.</summary>
    public string Final { get; }

    /// <summary>Takes the first number above all that are taken.</summary>
    internal static VersionDraft Begin(Workspace workspace)
    {
        Directory.CreateDirectory(workspace.VersionsFolder);
        var taken = Directory.GetDirectories(workspace.VersionsFolder)
            .Select(static d => int.TryParse(Path.GetFileName(d).Split('.')[0], out var n) ? n : 0)
            .DefaultIfEmpty(0).Max();
        for (var number = taken + 1; ; number++)
        {
            if (TryBegin(number, workspace.VersionFolder(number), mayFail: number - taken < MostTaken) is { } draft) { return draft; }
        }
    }

    /// <summary>Writes the manifest with the hash of every other file, then gives the folder its final name.</summary>
    /// <param name="known">Hashes, by name, of files that are another version's.</param>
    public VersionManifest Seal(VersionManifest manifest, IReadOnlyDictionary<string, string>? known = null)
    {
        var done = VersionParts.WriteManifest(Folder, manifest, known);
        Directory.Move(Folder, Final);
        _isSealed = true;
        File.Delete(Path.Combine(Final, OwnerFile));
        return done;
    }

    /// <summary>Deletes a version's folder; for whoever looks it is gone in one rename, and a death in between leaves what
    /// the next draft deletes.</summary>
    public static void Unmake(string folder)
    {
        var gone = Path.ChangeExtension(folder, Gone);
        Directory.Move(folder, gone);
        Directory.Delete(gone, recursive: true);
    }

    public void Dispose()
    {
        try
        {
            if (!_isSealed) { Directory.Delete(Folder, recursive: true); }
        }
        finally { _owner.Dispose(); }
    }

    /// <summary>Deletes the drafts beside this one whose process is dead.</summary>
    internal void DeleteAbandoned()
    {
        // where files cannot be locked, nobody can tell who is dead
        using (var own = TryLock(Folder))
        {
            if (own is not null) { return; }
        }
        var versions = Path.GetDirectoryName(Folder)!;
        foreach (var left in Directory.GetDirectories(versions, "*" + Gone)) { Try(() => Directory.Delete(left, recursive: true)); }
        foreach (var other in Directory.GetDirectories(versions, "*" + Ending))
        {
            if (other != Folder) { Try(() => DeleteIfAbandoned(other)); }
        }
    }

    private void DeleteIfAbandoned(string other)
    {
        var file = Path.Combine(other, OwnerFile);
        if (File.Exists(file) && File.GetLastWriteTimeUtc(Path.Combine(Folder, OwnerFile)) - File.GetLastWriteTimeUtc(file) < Settling) { return; }
        // held until it has another name, so that nobody takes it meanwhile
        using var owner = TryLock(other);
        // of a folder that went meanwhile the instant is centuries ago, and another may stand there by now
        var written = Directory.GetLastWriteTimeUtc(other);
        var isAbandoned = owner is not null || (!File.Exists(file)
            && written > DateTime.UnixEpoch && Directory.GetLastWriteTimeUtc(Folder) - written > Grace);
        if (isAbandoned) { Unmake(other); }
    }

    /// <summary>What cannot be deleted stops nobody: the next draft tries again.</summary>
    private static void Try(Action delete)
    {
        try { delete(); }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) { }
    }

    private static VersionDraft? TryBegin(int number, string final, bool mayFail)
    {
        var folder = final + Ending;
        Directory.CreateDirectory(folder);
        FileStream owner;
        try { owner = new(Path.Combine(folder, OwnerFile), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) when (mayFail) { return null; }
        var draft = new VersionDraft(number, final, folder, owner);
        if (!Directory.Exists(final)) { return draft; }
        draft.Dispose();
        return null;
    }

    private static FileStream? TryLock(string folder)
    {
        try { return new(Path.Combine(folder, OwnerFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None); }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) { return null; }
    }
}
