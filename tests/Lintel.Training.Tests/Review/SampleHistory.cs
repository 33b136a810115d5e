using Lintel.Design;
using Lintel.Events;
using Lintel.Training.Review;
using Lintel.Training.Splits;

namespace Lintel.Training.Tests.Review;

/// <summary>Records of the sound design, made by rule so that every figure can be worked out by hand: one payment an hour from
/// 2018-04-01, a verdict for each a week later, every fourth payment a fraud, 50 cards and 20 terminals in turn.</summary>
internal sealed class SampleHistory
{
    private const double Hour = 3_600e6;
    private const double Day = 24 * Hour;
    private static readonly double Start = (new DateTime(2018, 4, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;

    public int Count { get; init; } = 4_800;

    /// <summary>Time of a payment in hours from the start.</summary>
    public Func<int, double> At { get; init; } = static row => row;

    /// <summary>Delay of a verdict in days.</summary>
    public Func<int, double> Delay { get; init; } = static _ => 7;

    public Func<int, double> Label { get; init; } = static row => row % 4 == 0 ? 1 : 0;

    public Func<int, int> Card { get; init; } = static row => row % 50;

    public Func<int, double> Amount { get; init; } = static row => 1 + (row * 7 % 13);

    public Func<int, double> Settled { get; init; } = static row => 1 + (row * 5 % 11);

    /// <summary>By default the split of the design: hours of train, gap, validate, gap, test after a warm-up of 200 hours.</summary>
    public Func<int, SplitPart> Part { get; init; } = static row => row switch
    {
        < 200 => SplitPart.Unused,
        < 2_600 => SplitPart.Train,
        < 2_768 => SplitPart.Unused,
        < 3_368 => SplitPart.Validate,
        < 3_536 => SplitPart.Unused,
        _ => SplitPart.Test,
    };

    /// <summary>Names of features and their values by row.</summary>
    public IReadOnlyList<(string Name, Func<int, double> Value)> Features { get; init; } = [];

    public IReadOnlyList<SourceFinding> Faults { get; init; } = [];

    public IReadOnlyList<SliceEvidence> Slices { get; init; } = [];

    /// <summary>Rows whose verdict never came.</summary>
    public Func<int, bool> Unlabelled { get; init; } = static _ => false;

    public ReviewEvidence Evidence(SystemDesign design)
    {
        var labels = Rows(row => Unlabelled(row) ? double.NaN : Label(row));
        return new()
        {
            History = History(design, labels),
            Labels = labels,
            Parts = [.. Enumerable.Range(0, Count).Select(Part)],
            Slices = Slices,
            Features = Features.Count == 0 ? null : new(
                [.. Features.Select(static f => f.Name)],
                [.. Enumerable.Range(0, Count).SelectMany(row => Features.Select(f => (float)f.Value(row)))],
                [.. Enumerable.Range(0, Count)]),
        };
    }

    private EventHistory History(SystemDesign design, double[] labels)
    {
        var dictionaries = new CodeDictionaries();
        for (var card = 0; card < 50; card++) { dictionaries["card"].Add($"card {card}"); }
        var times = Rows(row => Start + (At(row) * Hour));
        var labelled = Enumerable.Range(0, Count).Where(row => !double.IsNaN(labels[row])).ToArray();
        double[] verdictTimes = [.. labelled.Select(row => times[row])];
        double[] knowns = [.. labelled.Select(row => times[row] + (Delay(row) * Day))];
        EventTable[] tables =
        [
            new()
            {
                Event = design.Events[0],
                RowCount = Count,
                Columns = [times, times, Rows(row => Card(row)), Rows(row => row % 20), Rows(Amount), Rows(Settled)],
                Ids = new IdColumn.Numbers([.. Enumerable.Range(0, Count).Select(static r => (long)r)]),
            },
            new()
            {
                Event = design.Events[1],
                RowCount = labelled.Length,
                Columns = [verdictTimes, knowns, [.. labelled.Select(row => labels[row])]],
                Subjects = labelled,
                Ids = new IdColumn.Numbers([.. labelled.Select(static r => (long)r)]),
            },
        ];
        LogEntry[] order =
        [
            .. times.Select((t, row) => new LogEntry((long)t, 0, row))
                .Concat(knowns.Select((t, row) => new LogEntry((long)t, 1, row)))
                .OrderBy(static e => e.Known).ThenBy(static e => e.Type).ThenBy(static e => e.Row),
        ];
        return new()
        {
            Design = design,
            Dictionaries = dictionaries,
            Tables = tables,
            Order = order,
            Report = new(Faults, [new("payment", "payments/*.parquet", 10_000, Count), new("verdict", "payments/*.parquet", 10_000, labelled.Length)]),
            Fingerprint = "",
        };
    }

    private double[] Rows(Func<int, double> value) => [.. Enumerable.Range(0, Count).Select(value)];
}
