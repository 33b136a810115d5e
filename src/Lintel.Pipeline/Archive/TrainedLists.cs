using Lintel.Events.Log;
using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Archive;

/// <summary>Lists in the state that training makes: as the log left them where that state goes on. Entries without an end
/// outlive the segments that brought them, so a new version must not depend on those.</summary>
public static class TrainedLists
{
    /// <summary>Applies every list change before the state's place; the log behind it may tell some of them again, which
    /// changes nothing.</summary>
    public static void Apply(LiveState state, string logFolder, string recordsFolder)
    {
        var known = state.LastKnown;
        foreach (var act in LedgerActs.Read(logFolder, recordsFolder, LiveRecordType.ListChange))
        {
            if (act.Place >= state.NextPlace) { break; }
            state.Apply(new() { Place = act.Place, Type = LiveRecordType.ListChange, Payload = act.Payload });
        }
        state.LastKnown = known;
    }
}
