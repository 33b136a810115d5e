using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Training.Fitting;

namespace Lintel.Training.Ranking;

/// <summary>What is known afterwards of a request's items: for each named label, which items it speaks of and how good they were.</summary>
/// <remarks>A label's record speaks of the decided record that it is about, directly or through others; of an event that visits are
/// made from, it speaks of the visit that it belongs to. A condition gives 1 or 0, a number its value; of several records of one pair
/// the highest counts. What no record speaks of is 0. <c>within</c> is counted from when the item was shown: from the shown record that
/// a label's record is about, else from the first of that item, else from the request; and that an item has none is known when the time
/// has passed.</remarks>
internal sealed class PairLabels
{
    private readonly Dictionary<long, double[]> _gains = [];
    private readonly List<int>[] _items;
    private readonly int _labelCount;
    private readonly EventHistory _history;

    private PairLabels(EventHistory history, ShownItems? shown, int requests, int labelCount, List<LabelRecord> records)
    {
        (_history, Shown) = (history, shown);
        _labelCount = labelCount;
        _items = new List<int>[requests];
        Known = new long[requests];
        Records = records;
    }

    /// <summary>When the last label of each request was known, [requests]: its last record, or the end of the time allowed;
    /// <see cref="long.MinValue"/>: there is none.</summary>
    public long[] Known { get; }

    /// <summary>What was shown; null: the design names no such event.</summary>
    public ShownItems? Shown { get; }

    /// <summary>Every record that told one, in log order.</summary>
    public IReadOnlyList<LabelRecord> Records { get; }

    /// <summary>Items that a label speaks of.</summary>
    public IReadOnlyList<int> Items(int request) => _items[request] ?? (IReadOnlyList<int>)[];

    /// <summary>How good an item was for a request by one label; 0 where nothing says so.</summary>
    public double Gain(int request, int item, int label) =>
        _gains.TryGetValue(Pair(request, item), out var gains) ? gains[label] : 0;

    /// <summary>Items that the first label calls good, with their gains.</summary>
    public (int Item, float Gain)[] Relevant(int request) =>
        [.. Items(request).Select(item => (item, (float)Gain(request, item, 0))).Where(static p => p.Item2 > 0)];

    public static PairLabels Read(EventHistory history)
    {
        var ranking = history.Design.Decision.Ranking!;
        var decided = history.Tables[history.Design.Decision.Each.Number];
        var records = new List<LabelRecord>();
        var labels = new PairLabels(history, ShownItems.Read(history), decided.RowCount, ranking.Labels.Length, records);
        for (var l = 0; l < ranking.Labels.Length; l++)
        {
            foreach (var source in ranking.Labels[l].Sources)
            {
                labels.Take(source, l, ranking.Of.Name, records);
                labels.Wait(source, decided.Columns[0]);
            }
        }
        return labels;
    }

    /// <summary>Whether anything was relevant to each request: what splits and the review look at.</summary>
    /// <param name="asked">When each request was made.</param>
    /// <param name="horizon">What is known later is unknown: usually the end of the data.</param>
    public LabelColumn Column(long[] asked, long horizon)
    {
        var column = new LabelColumn(new float[asked.Length], new long[asked.Length]);
        for (var request = 0; request < asked.Length; request++)
        {
            var known = Math.Max(asked[request], Known[request]);
            (column.Values[request], column.Known[request]) = known > horizon ? (float.NaN, LabelColumn.Never)
                : (Relevant(request).Length > 0 ? 1 : 0, known);
        }
        return column;
    }

    /// <summary>That nothing came is known when the time allowed has passed for everything that was shown.</summary>
    private void Wait(LabelSource source, double[] asked)
    {
        if (source.Within is not { } within) { return; }
        var allowed = within.Ticks / TimeSpan.TicksPerMicrosecond;
        for (var request = 0; request < Known.Length; request++)
        {
            var from = (long)asked[request];
            foreach (var shown in Shown?.Of(request) ?? []) { from = Math.Max(from, shown.At); }
            Known[request] = Math.Max(Known[request], from + allowed);
        }
    }

    /// <summary>From when on the time allowed is counted.</summary>
    private long Start(EventDesign design, int row, int request, int item)
    {
        var shown = _history.Design.Decision.Ranking!.Shown;
        for (; shown is not null && design.About is { } about; design = about.Event)
        {
            if (design.Number == shown.Number) { return (long)_history.Tables[design.Number].Columns[0][row]; }
            if (_history.Tables[design.Number].Subjects is not { } subjects || subjects[row] < 0) { break; }
            row = subjects[row];
        }
        foreach (var one in Shown?.Of(request) ?? [])
        {
            if (one.Item == item) { return one.At; }
        }
        return (long)_history.Tables[_history.Design.Decision.Each.Number].Columns[0][request];
    }

    private void Take(LabelSource source, int label, string entity, List<LabelRecord> records)
    {
        var history = _history;
        var table = history.Tables[source.Event.Number];
        var item = source.Event.FindKey(entity);
        var program = source.Value is { } value
            ? ExpressionProgram.ForEvent(value, history.Dictionaries, history.Design.TimeZone) : null;
        var allowed = source.Within is { } within ? within.Ticks / TimeSpan.TicksPerMicrosecond : long.MaxValue;
        var scratch = new double[source.Event.Columns.Length];
        for (var row = 0; row < table.RowCount; row++)
        {
            var request = RequestOf(history, source.Event, row);
            if (request < 0) { continue; }
            var record = history.Read(new(table.KnownOf(row), source.Event.Number, row), scratch);
            var gain = program?.Evaluate(record.Values) ?? 1;
            if (double.IsNaN(gain) || double.IsNaN(record.Values[item])) { continue; }
            if (allowed < long.MaxValue
                && table.Columns[0][row] - Start(source.Event, row, request, (int)record.Values[item]) > allowed) { continue; }
            Add(request, (int)record.Values[item], label, gain, record.Known);
            records.Add(new(source.Event.Number, row, request, (int)record.Values[item], label, gain, record.Known));
        }
    }

    private void Add(int request, int item, int label, double gain, long known)
    {
        if (!_gains.TryGetValue(Pair(request, item), out var gains))
        {
            _gains.Add(Pair(request, item), gains = new double[_labelCount]);
            (_items[request] ??= []).Add(item);
        }
        gains[label] = Math.Max(gains[label], gain);
        Known[request] = Math.Max(Known[request], known);
    }

    /// <summary>Row of the decided record that a record speaks of; −1: of none.</summary>
    internal static int RequestOf(EventHistory history, EventDesign design, int row)
    {
        var decided = history.Design.Decision.Each.Number;
        while (design.Number != decided)
        {
            var table = history.Tables[design.Number];
            if (table.VisitOf is { } visits) { return visits[row]; }
            if (design.About is not { } about || table.Subjects![row] < 0) { return -1; }
            (design, row) = (about.Event, table.Subjects[row]);
        }
        return row;
    }

    private static long Pair(int request, int item) => ((long)request << 32) | (uint)item;
}

/// <summary>A record that told a label.</summary>
/// <param name="Type">Number of its event.</param> <param name="Row">Of its table.</param>
internal readonly record struct LabelRecord(
    int Type, int Row, int Request, int Item, int Label, double Gain, long Known);
