using System.Globalization;
using Lintel.Events.Log;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Live;

/// <summary>Where the live states of one version stand: its snapshots in the workspace, and the state that it was made
/// with. Each state that is taken shares nothing with another.</summary>
/// <param name="version">Whose states they are.</param>
/// <param name="folder">Holds snapshots, <c>vNNN-PLACE.state</c>; null: there are none.</param>
/// <param name="logFolder">The log that the snapshots follow from.</param>
/// <param name="first">Reads the state that the version was made with.</param>
public sealed class StateShelf(
    SystemVersion version, string? folder, string logFolder, Func<LiveState> first, LiveOptions options)
{
    /// <summary>Snapshots that are kept: when the newest is damaged, the one before it still saves the way from the
    /// start.</summary>
    public const int Kept = 2;

    /// <summary>Behind the name of a file that could not be used.</summary>
    internal const string Aside = ".aside";

    private readonly StateOwner _owner = new(
        version.Number,
        version.Manifest?.Files.GetValueOrDefault(VersionFiles.StateLatest) ?? version.Compiled.Plan.StateHash);

    public SystemVersion Version { get; } = version;

    public string LogFolder { get; } = logFolder;

    /// <summary>The shelf of a version that stands in a workspace.</summary>
    /// <param name="state">Inside the version's folder.</param>
    /// <param name="snapshots">Whether there are any.</param>
    public static StateShelf Of(Workspace workspace, SystemVersion version, string state, string logFolder,
        LiveOptions options, bool snapshots = true) => new(
        version, snapshots ? workspace.StateFolder : null, logFolder,
        () => First(
            LiveStateFile.LoadAlone(
                Path.Combine(workspace.VersionFolder(version.Number), state), version.Compiled, null, options.Order,
                options.Retention),
            Path.GetFullPath(logFolder) == workspace.LogFolder),
        options);

    /// <summary>What a version has seen of its workspace's log it has not seen of another one.</summary>
    private static LiveState First(LiveState state, bool isOwnLog)
    {
        if (!isOwnLog) { state.NextPlace = state.LedgersNextPlace = 0; }
        return state;
    }

    /// <summary>The version's snapshots, the newest first.</summary>
    public IReadOnlyList<string> Snapshots() => folder is null || !Directory.Exists(folder)
        ? []
        : [.. Directory.GetFiles(folder, Name("*")).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Place that a start needs the log from, even if the newest snapshot is damaged: the oldest that is kept. 0:
    /// there are not as many yet.</summary>
    public long SafePlace => Snapshots() is { Count: >= Kept } kept
        ? long.Parse(Path.GetFileNameWithoutExtension(kept[Kept - 1])[^20..], CultureInfo.InvariantCulture)
        : 0;

    /// <summary>The newest state that can be used. A snapshot that was cut short or altered, or that another version or
    /// another log left here, is set aside; a copy of it stays for whoever wants to know.</summary>
    /// <param name="warn">Told what was set aside, and why.</param>
    /// <param name="taken">Told behind each block of 1 MiB that was read; may wait.</param>
    /// <exception cref="InvalidDataException">The version's own state cannot be used, or the log does not reach back to
    /// it any more.</exception>
    public LiveState Take(Action<string> warn, Action? taken = null)
    {
        var begin = AppendLogReader.First(LogFolder);
        foreach (var path in Snapshots())
        {
            try
            {
                var state = LiveStateFile.LoadAlone(path, Version.Compiled, _owner, options.Order, options.Retention, taken);
                Prove(path, state);
                state.Proof = 0;
                if (begin <= LogReplay.From(state)) { return state; }
                warn($"{path}: not used: the log begins at place {begin} only, behind this snapshot's {state.NextPlace}.");
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException)
            {
                File.Move(path, path + Aside, overwrite: true);
                warn($"{fault.Message} It was set aside as {Path.GetFileName(path)}{Aside}; the state before it is used.");
            }
        }
        var own = first();
        // training kept the lists as they stood; what else ledgers hold is not older than the log
        var from = own.LedgersNextPlace == 0 ? own.NextPlace : LogReplay.From(own);
        return begin <= from
            ? own
            : throw new InvalidDataException(
                $"{LogFolder}: the log begins at place {begin}; version {Version.Number} needs it from place "
                + $"{from}, and no snapshot of it reaches further. Train a version on the compacted days, or "
                + "restore the segments or a snapshot from a backup.");
    }

    /// <summary>Writes a snapshot and deletes the older ones but the last.</summary>
    /// <param name="state">At a place of the log that is durable.</param>
    /// <param name="written">Told behind each block of 1 MiB; may wait.</param>
    /// <returns>Its path.</returns>
    public string Put(LiveState state, Action? written = null)
    {
        var path = Path.Combine(folder!, Name(state.NextPlace.ToString("D20", CultureInfo.InvariantCulture)));
        state.Proof = state.LastRecord < 0 ? 0 : ChecksumAt(state.LastRecord) ?? 0;
        LiveStateFile.Save(path, state, _owner, written);
        foreach (var older in Snapshots().Skip(Kept)) { File.Delete(older); }
        return path;
    }

    /// <summary>Sees that the log holds the record that the snapshot took last. When retention has deleted it, there is
    /// nothing to compare.</summary>
    private void Prove(string path, LiveState state)
    {
        if (state.LastRecord < AppendLogReader.First(LogFolder)) { return; }
        if (ChecksumAt(state.LastRecord) != state.Proof)
        {
            throw new InvalidDataException(
                $"{path}: was made from another log: the record at place {state.LastRecord} is not the one that it took.");
        }
    }

    private uint? ChecksumAt(long place) =>
        AppendLogReader.Find(LogFolder, place) is { } payload ? Crc32C.Of(payload) : null;

    private string Name(string place) => $"v{Version.Number:D3}-{place}.state";
}
