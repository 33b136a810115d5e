using Lintel.Features;
using Lintel.Pipeline.Live;

namespace Lintel.Training.Fitting;

/// <summary>The log, fed once through the one engine in the order in which things became known: features of every decision, the
/// registers of those that choose or judge, and the state at the instants that a version keeps.</summary>
public sealed class Replay
{
    private Replay(Examples examples, KeptRegisters registers)
    {
        Examples = examples;
        Registers = registers;
    }

    public Examples Examples { get; }

    public KeptRegisters Registers { get; }

    /// <param name="keepFrom">Registers of decisions from this instant on are kept, microseconds.</param>
    /// <param name="states">Paths of states to save, and the instants before which everything is in them, ascending; null path
    /// parts are not allowed. <see cref="long.MaxValue"/> stands for the end.</param>
    public static Replay Run(
        Preparation prepared, long keepFrom, IReadOnlyList<(long Before, string Path)> states, ITrainingProgress progress,
        CancellationToken cancellation)
    {
        progress.Stage("replay");
        var (history, plan) = (prepared.History, prepared.Compiled.Plan);
        var engine = new FeatureEngine(plan, InstantOrder.Together);
        var decided = prepared.Design.Decision.Each.Number;
        var count = prepared.Decided.RowCount;
        var features = new float[(long)count * plan.FeatureCount];
        var registers = new double[plan.RegisterCount];
        var kept = new KeptRegisters(plan.RegisterCount, count);
        var scratch = new double[prepared.Design.Events.Max(static e => e.Columns.Length)];
        var order = history.Order;
        var saved = 0;
        for (var i = 0; i <= order.Length; i++)
        {
            while (saved < states.Count && (i == order.Length || order[i].Known >= states[saved].Before))
            {
                LiveState.FromHistory(prepared.Compiled, engine, history, i).Save(states[saved++].Path);
            }
            if (i == order.Length) { break; }
            if ((i & 0xFFFF) == 0)
            {
                progress.Report((double)i / order.Length, $"{i:N0} of {order.Length:N0} records");
                cancellation.ThrowIfCancellationRequested();
            }
            ref readonly var entry = ref order[i];
            var record = history.Read(entry, scratch);
            if (entry.Type != decided)
            {
                engine.Accept(record, default);
                continue;
            }
            engine.Accept(record, registers);
            var row = features.AsSpan(entry.Row * plan.FeatureCount, plan.FeatureCount);
            for (var f = 0; f < row.Length; f++) { row[f] = (float)registers[plan.FeatureStart + f]; }
            if (entry.Known >= keepFrom) { kept.Keep(entry.Row, registers); }
        }
        return new(
            new()
            {
                Features = features,
                FeatureCount = plan.FeatureCount,
                Labels = prepared.Labels.Values,
                LabelKnown = prepared.Labels.Known,
                Known = prepared.Known,
            },
            kept);
    }
}
