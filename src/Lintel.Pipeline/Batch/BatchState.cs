using System.Buffers.Binary;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Batch;

/// <summary>The live state as of an instant, or as of a place of the log: what a server would have had then.</summary>
internal static class BatchState
{
    /// <param name="at">Records that became known later do not count; null: all do.</param>
    /// <param name="place">Records from this place on do not count; null: all do.</param>
    /// <exception cref="InvalidDataException">The version has seen more than that already.</exception>
    internal static LiveState Load(Workspace workspace, SystemVersion version, long? at, long? place, Action<string> warn)
    {
        StateShelf Shelf(bool snapshots) => StateShelf.Of(
            workspace, version, VersionFiles.StateLatest, workspace.LogFolder, new(), snapshots);
        bool IsLater(LiveState state) => state.LastKnown > at || state.NextPlace > place;
        var state = Shelf(true).Take(warn);
        if (IsLater(state)) { state = Shelf(false).Take(warn); }
        if (IsLater(state))
        {
            throw new InvalidDataException(
                $"--at: version {version.Number} was made of records up to {BatchRun.Time(state.LastKnown)}, the batch is wanted as of "
                + $"{(at is { } wanted ? BatchRun.Time(wanted) : $"place {place} of the log")}. Name a later instant, or an earlier version.");
        }
        if (Directory.Exists(workspace.LogFolder)) { Follow(state, workspace.LogFolder, at ?? long.MaxValue, place ?? long.MaxValue); }
        return state;
    }

    private static void Follow(LiveState state, string logFolder, long at, long place)
    {
        var replay = new LogReplay(state);
        var ended = long.MaxValue;
        var scan = AppendLogReader.Scan(logFolder, LogReplay.From(state), (in LogRecord record) =>
        {
            if (record.Place >= ended) { return; }
            if (record.Place >= place || KnownOf(record) > at)
            {
                ended = record.Place;
                return;
            }
            replay.Visit(record);
        });
        replay.Reached(Math.Max(state.NextPlace, Math.Min(ended, scan.End)));
    }

    // events and ledgers' records begin with it; what else the log holds goes with those before it
    private static long KnownOf(in LogRecord record) => record.Type is LiveRecordType.Layout or LiveRecordType.Decision
        ? long.MinValue
        : BinaryPrimitives.ReadInt64LittleEndian(record.Payload);
}
