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

    private static readonly WorldMaker<PaymentsOptions, PaymentsTruth> Maker = new(Generation, ["payments"], Write);

    public static World World { get; } = new(
        "fraud",
        "Card payments of customers at nearby terminals, attacked in three ways and, late, in a fourth, with one drift (Fraud Detection Handbook).",
        Maker.Make);

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, PaymentsOptions options, IProgress<double>? progress = null) =>
        Maker.Make(folder, options, progress);

    private static PaymentsTruth Write(string folder, string truth, PaymentsOptions options, IProgress<double>? progress)
    {
        var population = Population.Draw(options);
        var ledger = PaymentsSimulator.Run(options, population, new Part(progress, 0, 0.5));
        var score = BestScore.Of(ledger, population, options);
        progress?.Report(0.8);
        WritePayments(Path.Combine(folder, "payments"), ledger, options);
        WriteTruth(Path.Combine(truth, "payments.parquet"), ledger, score);
        return Describe(ledger, options);
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

    private sealed class Part(IProgress<double>? whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole?.Report(from + (value * (to - from)));
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="ByScenario">Payments that are honest [0], and of each fraud scenario [1..4].</param>
public sealed record PaymentsTruth(
    int Generation, PaymentsOptions Options, int Payments, int[] ByScenario, IReadOnlyList<DriftMoment> Drifts)
    : WorldDescription<PaymentsOptions>(Generation, Options, Drifts)
{
    internal override long Records => Payments;

    internal override string Summary =>
        $"{Payments:N0} payments of {Options.Customers:N0} customers, {Calendar}, "
        + $"{100.0 * ByScenario.Skip(1).Sum() / Math.Max(1, Payments):0.00} % fraud";
}
