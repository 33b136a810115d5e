using Lintel.Events.Log;
using Lintel.Features;

namespace Lintel.Pipeline.Live;

/// <content>The state on disk.</content>
public sealed partial class LiveState
{
    internal void Write(BinaryWriter writer)
    {
        writer.Write(LastKnown);
        writer.Write(NextPlace);
        writer.Write(LedgersNextPlace);
        writer.Write(LastRecord);
        writer.Write(Proof);
        Layouts.Write(writer);
        for (var t = 0; t < _tables.Length; t++)
        {
            writer.Write(_nextNumbers[t]);
            _tables[t]?.Write(writer);
        }
        foreach (var ledger in Ledgers) { ledger.Write(writer); }
        Ranges?.Write(writer);
        WriteUndecided(writer);
        Engine.Write(writer);
        Retrieval?.Write(writer);
    }

    internal static LiveState Read(BinaryReader reader, CompiledDesign compiled, InstantOrder order, TimeSpan retention)
    {
        var known = reader.ReadInt64();
        var next = reader.ReadInt64();
        var ledgersNext = reader.ReadInt64();
        var (lastRecord, proof) = (reader.ReadInt64(), reader.ReadUInt32());
        var layouts = new LogLayouts();
        layouts.Read(reader, compiled.Design);
        var tables = NewTables(compiled.Design);
        var numbers = new int[tables.Length];
        for (var t = 0; t < tables.Length; t++)
        {
            numbers[t] = reader.ReadInt32();
            if (tables[t] is { } table) { tables[t] = RecordTable.Read(reader, table.Width); }
        }
        // the engine's state stands last, so the ledgers are read into a state whose engine comes behind them
        var state = new LiveState(compiled, new(compiled.Plan, order), null, retention, tables)
        {
            LastKnown = known,
            NextPlace = next,
            LedgersNextPlace = ledgersNext,
            LastRecord = lastRecord,
            Proof = proof,
            Layouts = layouts,
        };
        numbers.CopyTo(state._nextNumbers, 0);
        foreach (var ledger in state.Ledgers) { ledger.Read(reader); }
        state.Ranges?.Read(reader);
        state.ReadUndecided(reader);
        state.Engine = FeatureEngine.Read(reader, compiled.Plan, order);
        state.Retrieval = NewRetrieval(compiled, order);
        state.Retrieval?.Read(reader);
        return state;
    }

    private void WriteUndecided(BinaryWriter writer)
    {
        var payload = new PayloadWriter();
        writer.Write(Undecided.Count);
        foreach (var decision in Undecided.Values)
        {
            decision.Write(payload);
            writer.Write(payload.Written.Length);
            writer.Write(payload.Written);
        }
    }

    private void ReadUndecided(BinaryReader reader)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var decision = new DecisionRecord();
            decision.Read(reader.ReadBytes(reader.ReadInt32()));
            Undecided.Add(decision.EventPlace, decision);
        }
    }
}
