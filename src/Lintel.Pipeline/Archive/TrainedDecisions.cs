using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Archive;

/// <summary>Decisions in the state that training makes: the windows over them hold what the log had recorded where that state goes
/// on, so that a version that is promoted does not repeat yesterday's alerts.</summary>
public static class TrainedDecisions
{
    public static void Apply(LiveState state, string logFolder, string recordsFolder)
    {
        if (!state.Compiled.Plan.ReadsDecisions) { return; }
        var decisions = RecordedDecisions.Read(logFolder, recordsFolder, 0, long.MaxValue, state.NextPlace);
        foreach (var decision in decisions.Values.OrderBy(static d => d.Given)) { state.RecallDecision(decision); }
    }
}
