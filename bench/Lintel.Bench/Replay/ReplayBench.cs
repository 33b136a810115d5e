using System.Diagnostics;
using Lintel.Events;
using Lintel.Events.Sources;
using Lintel.Features;

namespace Lintel.Bench.Replay;

/// <summary>Payments a second through the feature engine on one core, into the float matrix, beside DuckDB's SQL on one thread.</summary>
/// <remarks>Seconds are processor time of this process, so that neighbours on the machine do not count.</remarks>
internal static class ReplayBench
{
    private const int Rounds = 3;

    public static int Run(string[] arguments)
    {
        if (SharedFiles.Find("data/fraud/handbook") is not { } folder)
        {
            Console.Error.WriteLine("replay: shared/data/fraud/handbook is not beside the checkout; nothing was measured");
            return 2;
        }
        var clock = Stopwatch.StartNew();
        var reading = CpuClock.Start();
        var design = HandbookDesign.Read();
        var history = HistoryReader.Read(design, folder, new CodeDictionaries());
        Console.WriteLine(
            $"read     {history.Order.Length:N0} records in {clock.Elapsed.TotalSeconds:0.00} s ({reading.Seconds:0.00} s of processor time)");
        var payments = history.Tables[design.Decision.Each.Number].RowCount;
        var own = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var plan = new FeaturePlanBuilder(design, history.Dictionaries).Build();
            var engine = new FeatureEngine(plan, InstantOrder.Together);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var cpu = CpuClock.Start();
            var result = FeatureReplay.Run(history, engine);
            var seconds = cpu.Seconds;
            own = Math.Min(own, seconds);
            Console.WriteLine(
                $"replay   {payments / seconds / 1e6:0.00} M payments/s ({history.Order.Length / seconds / 1e6:0.00} M records/s), "
                + $"{plan.FeatureCount} features, {(GC.GetAllocatedBytesForCurrentThread() - before) / 1e6:0} MB allocated, "
                + $"{result.Rows.Length:N0} rows");
            GC.Collect();
        }
        if (arguments.Contains("--alone")) { return 0; }
        var peer = DuckDbWindows.Run(history);
        Console.WriteLine($"DuckDB   {payments / peer / 1e6:0.00} M payments/s, 1 thread, the same 14 aggregates");
        Console.WriteLine($"ratio    {peer / own:0.0} × DuckDB   (goal: 6), {payments / own / 1e6:0.00} M payments/s   (goal: 2)");
        return 0;
    }
}
