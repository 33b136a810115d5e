using System.Text.Json;
using System.Text.Json.Serialization;
using Lintel.Events.Parquet;

namespace Lintel.Worlds.Payments;

/// <summary>Writes the payments world: <c>payments/YYYY-MM.parquet</c> for designs to read (the columns fraud and kind are the verdict's,
/// known when it is), and under <c>truth/</c> what only a
/// judge may know: <c>payments.parquet</c> with scenario, fraud and the best possible score, <c>world.json</c> with the
/// options, the drifts and the counts.</summary>
public static class PaymentsWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 3;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static World World { get; } = new(
        "fraud",
        "Card payments of customers at nearby terminals, attacked in three ways and, late, in a fourth, with one drift (Fraud Detection Handbook).",
        Make);

    /// <summary>Makes what was ordered. Files of the same order are kept while their calendar ended less than four weeks before
    /// today, so that a second start finds the data of the first.</summary>
    public static WorldMade Make(WorldOrder order)
    {
        var options = new PaymentsOptions { Seed = order.Seed };
        if (order.Days is { } days) { options = options with { Days = days }; }
        if (order.Today is { } today)
        {
            var there = ReadTruth(TruthPath(order.Folder))?.Options;
            var isRecent = there is not null && there with { FirstDay = options.FirstDay } == options
                && today.DayNumber - there.FirstDay.AddDays(there.Days).DayNumber is >= 0 and < 28;
            options = options with { FirstDay = isRecent ? there!.FirstDay : FirstDayBefore(today, options) };
        }
        return Make(order.Folder, options, order.Progress);
    }

    /// <summary>The same weekday as the default first day, so late that every verdict is known by today, and no later.</summary>
    private static DateOnly FirstDayBefore(DateOnly today, PaymentsOptions options)
    {
        var latest = today.AddDays(-options.Days - options.VerdictDays).DayNumber - options.FirstDay.DayNumber;
        return options.FirstDay.AddDays(7 * (int)Math.Floor(latest / 7.0));
    }

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, PaymentsOptions options, IProgress<double>? progress = null)
    {
        options.Check();
        var truthPath = TruthPath(folder);
        if (ReadTruth(truthPath) is { } there && there.Generation == Generation && there.Options == options
            && Directory.Exists(Path.Combine(folder, "payments")))
        {
            return new(folder, there.Payments, Line(there), Fresh: false);
        }
        var population = Population.Draw(options);
        var ledger = PaymentsSimulator.Run(options, population, new Part(progress, 0, 0.5));
        var score = BestScore.Of(ledger, population, options);
        progress?.Report(0.8);

        // the description comes last: a run cut short is not taken for a whole one
        Directory.CreateDirectory(Path.GetDirectoryName(truthPath)!);
        File.Delete(truthPath);
        WritePayments(Path.Combine(folder, "payments"), ledger, options);
        WriteTruth(Path.Combine(folder, "truth", "payments.parquet"), ledger, score);
        var truth = Describe(ledger, options);
        File.WriteAllText(truthPath, JsonSerializer.Serialize(truth, Json) + "\n");
        progress?.Report(1);
        return new(folder, truth.Payments, Line(truth), Fresh: true);
    }

    private static string TruthPath(string folder) => Path.Combine(folder, "truth", "world.json");

    private static PaymentsTruth? ReadTruth(string path)
    {
        try { return File.Exists(path) ? JsonSerializer.Deserialize<PaymentsTruth>(File.ReadAllText(path), Json) : null; }
        catch (JsonException) { return null; }                       // half written or older: made anew
    }

    private static void WritePayments(string folder, PaymentLedger ledger, PaymentsOptions options)
    {
        if (Directory.Exists(folder)) { Directory.Delete(folder, recursive: true); }
        Directory.CreateDirectory(folder);
        // microseconds since 1970 UTC
        var start = new DateTimeOffset(options.FirstDay, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000L;
        for (var from = 0; from < ledger.Count;)
        {
            var month = Month(from);
            var to = from;
            while (to < ledger.Count && Month(to) == month) { to++; }
            ParquetFiles.Write(
                Path.Combine(folder, $"{month.Year:0000}-{month.Month:00}.parquet"),
                new ParquetColumn.Whole("transaction_id", Column(from, to, static i => (long)i)),
                new ParquetColumn.Instant("tx_time", Column(from, to, i => start + (ledger.Seconds[i] * 1_000_000L))),
                new ParquetColumn.Whole("customer_id", Column(from, to, i => (long)ledger.Customer[i])),
                new ParquetColumn.Whole("terminal_id", Column(from, to, i => (long)ledger.Terminal[i])),
                new ParquetColumn.Number("amount", Column(from, to, ledger.Amount)),
                new ParquetColumn.Flag("fraud", ledger.Reported[from..to]),
                new ParquetColumn.Text("kind", Column(from, to, i => ledger.Reported[i] ? PaymentLedger.Kinds[ledger.Scenario[i]] : null)));
            from = to;
        }

        (int Year, int Month) Month(int payment)
        {
            var day = options.FirstDay.AddDays(ledger.Day(payment));
            return (day.Year, day.Month);
        }
    }

    private static void WriteTruth(string path, PaymentLedger ledger, double[] score) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("transaction_id", Column(0, ledger.Count, static i => (long)i)),
        new ParquetColumn.Whole("scenario", Column(0, ledger.Count, i => (long)ledger.Scenario[i])),
        new ParquetColumn.Flag("fraud", Column(0, ledger.Count, ledger.IsFraud)),
        new ParquetColumn.Number("best_score", score));

    private static T[] Column<T>(int from, int to, Func<int, T> value)
    {
        var values = new T[to - from];
        for (var i = from; i < to; i++) { values[i - from] = value(i); }
        return values;
    }

    private static PaymentsTruth Describe(PaymentLedger ledger, PaymentsOptions options)
    {
        var byScenario = new int[PaymentLedger.Kinds.Count];
        foreach (var scenario in ledger.Scenario) { byScenario[scenario]++; }
        var calendar = new PaymentsCalendar(options);
        List<DriftMoment> drifts = [];
        if (options.Drift is { } drift && calendar.DriftDay < options.Days)
        {
            var at = options.FirstDay.AddDays(calendar.DriftDay);
            drifts.Add(new(at, DriftKind.Covariate, "amount", $"every amount × {drift.SpendingLevel}"));
            drifts.Add(new(at, DriftKind.Label, "fraud",
                $"terminal attacks × {drift.TerminalAttacks}, leaked credentials × {drift.CustomerAttacks}"));
        }
        if (calendar.TestingDay < options.Days)
        {
            drifts.Add(new(options.FirstDay.AddDays(calendar.TestingDay), DriftKind.NewKind, "fraud", "cards are tried out for the first time"));
        }
        return new(Generation, options, ledger.Count, byScenario, drifts);
    }

    private static string Line(PaymentsTruth truth)
    {
        var options = truth.Options;
        var frauds = truth.ByScenario.Skip(1).Sum();
        return $"{truth.Payments:N0} payments of {options.Customers:N0} customers, {options.FirstDay:yyyy-MM-dd} to "
            + $"{options.FirstDay.AddDays(options.Days - 1):yyyy-MM-dd}, {100.0 * frauds / Math.Max(1, truth.Payments):0.00} % fraud";
    }

    private sealed class Part(IProgress<double>? whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole?.Report(from + (value * (to - from)));
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="ByScenario">Payments that are honest [0], and of each fraud scenario [1..4].</param>
public sealed record PaymentsTruth(
    int Generation, PaymentsOptions Options, int Payments, int[] ByScenario, IReadOnlyList<DriftMoment> Drifts);
