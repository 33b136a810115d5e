using Lintel.Events;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Tests.Live;

namespace Lintel.Server.Tests.Verification;

/// <summary>Payments with ties in time, and a verdict on each a week later, as files would bring them.</summary>
internal static class RandomHistory
{
    private const long Second = 1_000_000;

    internal static EventHistory Of(int payments, ulong seed, string? text = null)
    {
        var design = PaymentsDesign.Parse(text);
        var dictionaries = new CodeDictionaries();
        var random = new RandomStream(seed);
        var columns = new double[6][];
        for (var c = 0; c < columns.Length; c++) { columns[c] = new double[payments]; }
        var verdicts = new double[3][];
        for (var c = 0; c < verdicts.Length; c++) { verdicts[c] = new double[payments]; }
        var time = 1_700_000_000L * Second;
        for (var i = 0; i < payments; i++)
        {
            time += random.NextInt32(3) * 400 * Second;                // a third shares its second with the one before
            columns[0][i] = columns[1][i] = time;
            columns[2][i] = random.NextInt32(50) == 0
                ? double.NaN : dictionaries["card"].Add($"c{random.NextInt32(40)}");
            columns[3][i] = dictionaries["terminal"].Add($"t{random.NextInt32(30)}");
            columns[4][i] = random.NextInt32(40) == 0 ? double.NaN : random.NextInt32(1_000_000) / 100.0;
            columns[5][i] = random.NextInt32(2);
            verdicts[0][i] = time;
            verdicts[1][i] = time + (7 * 86_400 * Second);
            verdicts[2][i] = random.NextInt32(20) == 0 ? 1 : 0;
        }
        var rows = Enumerable.Range(0, payments).ToArray();
        EventTable[] tables =
        [
            new() { Event = design.Events[0], RowCount = payments, Columns = columns,
                Ids = new IdColumn.Numbers([.. rows.Select(static r => 1000L + r)]) },
            new() { Event = design.Events[1], RowCount = payments, Columns = verdicts, Subjects = rows,
                Ids = new IdColumn.Numbers([.. rows.Select(static r => (long)r)]) },
        ];
        return new()
        {
            Design = design,
            Dictionaries = dictionaries,
            Tables = tables,
            Order = [.. rows.Select(r => new LogEntry((long)columns[1][r], 0, r))
                .Concat(rows.Select(r => new LogEntry((long)verdicts[1][r], 1, r)))
                .OrderBy(static e => e.Known).ThenBy(static e => e.Type).ThenBy(static e => e.Row)],
            Report = new([], []),
            Fingerprint = "",
        };
    }
}
