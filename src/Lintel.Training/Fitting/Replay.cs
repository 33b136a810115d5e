using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;
using Lintel.Retrieval.State;

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

    /// <param name="keep">Which rows of the decided table keep their registers; the others keep features only.</param>
    /// <param name="states">Paths of states to save, and the instants before which everything is in them, ascending.
    /// <see cref="long.MaxValue"/> stands for the end.</param>
    public static Replay Run(
        Preparation prepared, Func<int, bool> keep, IReadOnlyList<(long Before, string Path)> states, ITrainingProgress progress,
        CancellationToken cancellation)
    {
        progress.Stage("replay");
        var (history, plan) = (prepared.History, prepared.Compiled.Plan);
        var features = new float[(long)prepared.Decided.RowCount * plan.FeatureCount];
        var kept = new KeptRegisters(plan.RegisterCount, prepared.Decided.RowCount);
        var options = new ReplayOptions
        {
            Progress = new Watch(progress, history.Order.Length, cancellation),
            Snapshots = [.. states.Select(state => (state.Before, (Action<FeatureEngine>)(engine =>
                Save(prepared, engine, state.Before, state.Path))))],
        };
        FeatureReplay.Each(history, new FeatureEngine(plan, InstantOrder.Together), options, (in entry, registers) =>
        {
            var row = features.AsSpan(entry.Row * plan.FeatureCount, plan.FeatureCount);
            for (var f = 0; f < row.Length; f++) { row[f] = (float)registers[plan.FeatureStart + f]; }
            if (keep(entry.Row)) { kept.Keep(entry.Row, registers); }
        });
        return new(
            new()
            {
                Features = features,
                FeatureCount = plan.FeatureCount,
                Shapes = [.. plan.FeatureShapes],
                Labels = prepared.Labels.Values,
                LabelKnown = prepared.Labels.Known,
                Known = prepared.Known,
                Weights = prepared.Weights,
                FitWeights = prepared.Censored?.Weights,
                HasValues = prepared.Design.Decision.Kind == DecisionKind.Regression,
            },
            kept);
    }

    /// <summary>The state before an instant; the one at the end serves, so it holds the lists as the log left them.</summary>
    /// <param name="retrieval">What a ranking's sources read; null: the decision is no ranking.</param>
    internal static void Save(
        Preparation prepared, FeatureEngine engine, long before, string path, RetrievalState? retrieval = null)
    {
        var state = LiveState.FromHistory(
            prepared.Compiled, engine, prepared.History, CountBefore(prepared.History, before), retrieval: retrieval);
        if (before == long.MaxValue && prepared.Workspace is { } workspace)
        {
            TrainedLists.Apply(state, workspace.LogFolder, workspace.RecordsFolder);
            TrainedDecisions.Apply(state, workspace.LogFolder, workspace.RecordsFolder);
        }
        state.Save(path);
    }

    /// <summary>Records of the log that were known before an instant.</summary>
    private static int CountBefore(EventHistory history, long instant)
    {
        var (low, high) = (0, history.Order.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (history.Order[middle].Known < instant) { low = middle + 1; }
            else { high = middle; }
        }
        return low;
    }

    private sealed class Watch(ITrainingProgress progress, int records, CancellationToken cancellation) : IProgress<double>
    {
        public void Report(double value)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(value, $"{value * records:N0} of {records:N0} records");
        }
    }
}
