using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline.Ranking;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;

namespace Lintel.Training.Ranking;

/// <summary>Runs a stage: replays what it may know through the one engine, and shows each request with its candidates read.</summary>
internal static class RequestPass
{
    /// <summary>Sees a request whose candidates are read.</summary>
    /// <param name="row">Of the decided table.</param>
    /// <param name="record">The decided record, known at the instant of asking.</param>
    public delegate void Visitor(int row, in EventRecord record, PageRequest request, RankingEngine engine);

    /// <param name="retriever">Null: nobody's candidates are wanted.</param>
    /// <param name="finds">Requests whose candidates are wanted; the others are shown without any. Null: all.</param>
    /// <param name="states">Instants at which the state is wanted, rising; see <see cref="RankingReplayOptions.Snapshots"/>.</param>
    public static void Run(
        Preparation prepared, RankingStage stage, CandidateRetriever? retriever, Visitor visit,
        IReadOnlyList<(long, Action<RankingEngine>)> states, ITrainingProgress progress,
        CancellationToken cancellation, Func<int, bool>? finds = null)
    {
        progress.Stage($"replay for {stage.Name}");
        var (history, compiled) = (prepared.History, prepared.Compiled);
        var engine = RankingEngine.Empty(compiled.Plan, InstantOrder.Together);
        var request = new PageRequest(compiled);
        var decided = compiled.Design.Decision.Each;
        var asked = 0;
        RankingReplay.Each(history, engine, new()
        {
            Hidden = stage.AtEnd ? entry => entry.Type == decided.Number || stage.Hides(entry)
                : stage.Hidden is null ? null : stage.Hides,
            Progress = new Watch(progress, history.Order.Length, () => asked, cancellation),
            Snapshots = [.. states.Select(s => (s.Item1, (Action)(() => s.Item2(engine))))],
        }, (in LogEntry entry, in EventRecord record) =>
        {
            if (stage.AtEnd || !stage.Requests.Contains(entry.Row)) { return; }
            Read(entry.Row, record);
            visit(entry.Row, record, request, engine);
            asked++;
        });
        if (!stage.AtEnd) { return; }
        var values = new double[decided.Columns.Length];
        var now = engine.Features.LastKnown + 1;
        foreach (var row in stage.Requests.Order())
        {
            cancellation.ThrowIfCancellationRequested();
            var there = history.Read(new(now, decided.Number, row), values);
            (values[0], values[1]) = (now, now);
            var record = new EventRecord { Type = there.Type, Number = row, Subject = there.Subject, Known = now, Values = there.Values };
            Read(row, record);
            visit(row, record, request, engine);
            if ((++asked & 255) == 0) { progress.Report((double)asked / stage.Requests.Count, $"{asked:N0} of {stage.Requests.Count:N0} requests"); }
        }

        void Read(int row, in EventRecord record)
        {
            if (retriever is not null && finds?.Invoke(row) != false)
            {
                engine.Read(record, retriever, request);
                return;
            }
            engine.Advance(record.Known);
            request.Offered.Clear();
        }
    }

    private sealed class Watch(ITrainingProgress progress, int records, Func<int> asked, CancellationToken cancellation)
        : IProgress<double>
    {
        public void Report(double value)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(value, $"{value * records:N0} of {records:N0} records, {asked():N0} requests");
        }
    }
}
