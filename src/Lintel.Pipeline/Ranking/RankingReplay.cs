using Lintel.Events;

namespace Lintel.Pipeline.Ranking;

/// <summary>Sees a decided record before it is accepted: the engine has advanced to its instant.</summary>
public delegate void RequestVisitor(in LogEntry entry, in EventRecord record);

/// <summary>What a replay of rankings takes and keeps.</summary>
public sealed class RankingReplayOptions
{
    /// <summary>Records that are not there for this replay (held out as labels); null: all are.</summary>
    public Func<LogEntry, bool>? Hidden { get; init; }

    /// <summary>Where the state is wanted on the way: called before the first record known at or after the instant, or at the end; in
    /// rising order.</summary>
    public IReadOnlyList<(long Instant, Action Take)> Snapshots { get; init; } = [];

    public IProgress<double>? Progress { get; init; }
}

/// <summary>Feeds a history through a ranking's engine in log order, and shows each decided record at its turn.</summary>
public static class RankingReplay
{
    private const int ProgressMask = (1 << 12) - 1;

    public static void Each(EventHistory history, RankingEngine engine, RankingReplayOptions options, RequestVisitor visit)
    {
        var decided = history.Design.Decision.Each.Number;
        var scratch = new double[history.Design.Events.Max(static e => e.Columns.Length)];
        var snapshot = 0;
        var order = history.Order;
        for (var i = 0; i < order.Length; i++)
        {
            ref readonly var entry = ref order[i];
            while (snapshot < options.Snapshots.Count && entry.Known >= options.Snapshots[snapshot].Instant)
            {
                options.Snapshots[snapshot++].Take();
            }
            if ((i & ProgressMask) == 0) { options.Progress?.Report((double)i / order.Length); }
            if (options.Hidden?.Invoke(entry) == true) { continue; }
            var record = history.Read(entry, scratch);
            if (entry.Type == decided) { visit(entry, record); }
            engine.Accept(record);
        }
        while (snapshot < options.Snapshots.Count) { options.Snapshots[snapshot++].Take(); }
        options.Progress?.Report(1);
    }
}
