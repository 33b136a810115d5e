using System.Text;
using Lintel.Events;
using Lintel.Events.Log;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Pipeline.Archive;

/// <summary>Sees a decision of a replay; its record and registers are valid until it returns.</summary>
public delegate void ReplayedDecision(in LogEntry entry, DecisionRecord decision);

/// <summary>What a version decides of a stretch of a history, by the steps that serving takes: features read by the engine,
/// lists as they stood at that place of the log, ranges moved by what outcomes said by then, scores, policy, and the draw of what is let
/// through.</summary>
/// <param name="versionFolder">Holds what the version's ranges knew when its parts began.</param>
/// <param name="logFolder">Whose list changes count.</param>
/// <param name="recordsFolder">Where those of its compacted part stand.</param>
public sealed class VersionReplay(SystemVersion version, string versionFolder, string logFolder, string recordsFolder)
{
    /// <summary>Decides every event of the history that is known in [from, to); everything before warms the windows
    /// up.</summary>
    /// <param name="history">Coded by the version's dictionaries.</param>
    /// <exception cref="InvalidDataException">What the version's ranges knew when the stretch begins is not kept, or an event cannot be
    /// decided.</exception>
    public void Each(EventHistory history, long from, long to, IProgress<double>? progress, ReplayedDecision visit)
    {
        var compiled = version.Compiled;
        var lists = LiveState.Empty(compiled, InstantOrder.ByPlace);
        var acts = LedgerActs.Read(logFolder, recordsFolder, LiveRecordType.ListChange);
        var next = 0;
        var decider = new Decider(version);
        var record = new DecisionRecord { Registers = new double[compiled.Plan.RegisterCount] };
        var table = history.Tables[compiled.Design.Decision.Each.Number];
        var recorded = compiled.Plan.ReadsDecisions || compiled.Design.Range is not null
            ? RecordedDecisions.Read(logFolder, recordsFolder, 0, to) : [];
        var feedback = ReplayedFeedback.Of(version, recorded);
        var ranges = ReplayedRanges.Of(version, versionFolder, history, recorded, from);
        var engine = new FeatureEngine(compiled.Plan, InstantOrder.Together);
        FeatureReplay.Each(history, engine, new() { End = to, Progress = progress }, (in entry, registers) =>
        {
            if (entry.Known < from)
            {
                feedback?.Warm(entry.Row, table.Ids[entry.Row], registers);
                ranges?.Warm(entry, registers);
                return;
            }
            while (next < acts.Count && acts[next].Known < entry.Known)
            {
                lists.Apply(new() { Place = acts[next].Place, Type = LiveRecordType.ListChange, Payload = acts[next].Payload });
                next++;
            }
            registers.CopyTo(record.Registers);
            lists.Lists.Fill(record.Registers, entry.Known);
            feedback?.Read(entry.Known, record.Registers);
            ranges?.Fill(entry, record.Registers);
            record.SetId(Encoding.UTF8.GetBytes(table.Ids[entry.Row]));
            record.EventPlace = table.Places?[entry.Row] ?? -1;
            record.Known = record.Given = entry.Known;
            if (decider.Decide(record) is { } fault)
            {
                throw new InvalidDataException($"version {version.Number} cannot decide {record.Id} again: {fault.Message}", fault);
            }
            feedback?.Add(entry.Row, record);
            ranges?.Add(entry, record);
            visit(entry, record);
        });
    }
}
