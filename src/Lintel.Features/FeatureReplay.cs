using Lintel.Events;

namespace Lintel.Features;

/// <summary>Sees each decision of a replay with its registers, which are valid until it returns.</summary>
public delegate void DecisionVisitor(in LogEntry entry, Span<double> registers);

/// <summary>Replays a history through the engine in log order: how the training matrix is made. The engine then continues live.</summary>
public static class FeatureReplay
{
    private const int ProgressMask = (1 << 16) - 1;

    /// <summary>Fills the matrix of the decisions asked for.</summary>
    public static ReplayResult Run(EventHistory history, FeatureEngine engine, ReplayOptions? options = null)
    {
        options ??= new();
        var plan = engine.Plan;
        var (count, kept) = Count(history, options);
        var features = GC.AllocateUninitializedArray<float>(checked(count * plan.FeatureCount));
        var rows = new int[count];
        var known = new long[count];
        var registerRows = new int[kept];
        var saved = new double[checked(kept * plan.RegisterCount)];
        int position = 0, register = 0;
        Each(history, engine, options, (in entry, registers) =>
        {
            if (entry.Known < options.KeepFrom || entry.Known >= options.KeepTo) { return; }
            var from = registers.Slice(plan.FeatureStart, plan.FeatureCount);
            var to = features.AsSpan(position * from.Length, from.Length);
            for (var f = 0; f < to.Length; f++) { to[f] = (float)from[f]; }
            rows[position] = entry.Row;
            known[position] = entry.Known;
            if (options.KeepRegisters is { } keep && keep(entry.Row))
            {
                registers.CopyTo(saved.AsSpan(register * plan.RegisterCount));
                registerRows[register++] = position;
            }
            position++;
        });
        return new()
        {
            Features = features,
            FeatureCount = plan.FeatureCount,
            Rows = rows,
            Known = known,
            RegisterRows = registerRows,
            Registers = saved,
            RegisterCount = plan.RegisterCount,
        };
    }

    /// <summary>Shows each decision's registers as the engine reads them.</summary>
    public static void Each(EventHistory history, FeatureEngine engine, ReplayOptions options, DecisionVisitor visit)
    {
        var decided = engine.Plan.Design.Decision.Each.Number;
        var registers = new double[engine.Plan.RegisterCount];
        var snapshot = 0;
        var order = history.Order;
        var (first, end) = (IndexOf(order, options.Start), IndexOf(order, options.End));
        var ahead = new RecordsAhead(history, engine, first, end);
        for (var i = first; i < end; i++)
        {
            ref readonly var entry = ref order[i];
            while (snapshot < options.Snapshots.Count && entry.Known >= options.Snapshots[snapshot].Instant)
            {
                options.Snapshots[snapshot++].Take(engine);
            }
            if ((i & ProgressMask) == 0) { options.Progress?.Report((double)i / order.Length); }
            var record = ahead.Next();
            if (entry.Type == decided)
            {
                engine.Accept(record, registers);
                visit(entry, registers);
            }
            else { engine.Accept(record, default); }
        }
        while (snapshot < options.Snapshots.Count) { options.Snapshots[snapshot++].Take(engine); }
        options.Progress?.Report(1);
    }

    /// <summary>The first place at or after an instant.</summary>
    private static int IndexOf(LogEntry[] order, long known)
    {
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (order[middle].Known < known) { low = middle + 1; }
            else { high = middle; }
        }
        return known == long.MaxValue ? order.Length : low;
    }

    private static (int Decisions, int Kept) Count(EventHistory history, ReplayOptions options)
    {
        var decided = history.Design.Decision.Each.Number;
        var (from, to) = (Math.Max(options.Start, options.KeepFrom), Math.Min(options.End, options.KeepTo));
        var (decisions, kept) = (0, 0);
        foreach (ref readonly var entry in history.Order.AsSpan())
        {
            if (entry.Type != decided || entry.Known < from || entry.Known >= to) { continue; }
            decisions++;
            if (options.KeepRegisters?.Invoke(entry.Row) == true) { kept++; }
        }
        return (decisions, kept);
    }
}
