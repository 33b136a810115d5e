using System.Diagnostics;
using System.Globalization;
using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;

namespace Lintel.Bench.State;

/// <summary>The live state of the fraud design at size: <c>state DESIGN.yaml EVENTS</c>. Payments and verdicts of 60 days are
/// fed in; then what it weighs, how fast a decision's features are read, and what a restart from a snapshot costs.</summary>
internal static class StateBench
{
    private const int Days = 60;
    private const int PaymentsOfCard = 50;
    private const int PaymentsOfTerminal = 200;
    private const int Reads = 200_000;

    internal static int Run(string[] args)
    {
        if (args.Length != 2 || !int.TryParse(args[1], out var events) || events < 1000)
        {
            Console.Error.WriteLine("state DESIGN.yaml EVENTS");
            return 2;
        }
        var folder = Directory.CreateTempSubdirectory("lintel-bench-state-");
        try
        {
            Measure(args[0], events, Path.Combine(folder.FullName, "v001.state"));
            return 0;
        }
        finally { folder.Delete(recursive: true); }
    }

    private static void Measure(string designPath, int events, string path)
    {
        var design = DesignFile.Load(designPath, KnownKinds.All);
        var feed = new StateFeed(design, events, events / PaymentsOfCard, events / PaymentsOfTerminal, Days);
        var clock = Stopwatch.StartNew();
        var state = LiveState.Empty(CompiledDesign.Compile(design, new CodeDictionaries()), InstantOrder.ByPlace);
        feed.Fill(state);
        Say($"{events:N0} payments and {feed.Verdicts:N0} verdicts of {Days} days, {feed.Cards:N0} cards, {feed.Terminals:N0} terminals: "
            + $"{clock.Elapsed.TotalSeconds:F1} s, {(events + feed.Verdicts) / clock.Elapsed.TotalSeconds / 1e6:F2} M events/s");
        Weigh(state, events);
        Read(state, feed);

        clock.Restart();
        LiveStateFile.Save(path, state, StateOwner.None);
        Say($"snapshot: {new FileInfo(path).Length / 1e6:F0} MB in {clock.Elapsed.TotalSeconds:F2} s");
        state = null;
        GC.Collect();
        clock.Restart();
        var restored = LiveStateFile.LoadAlone(path, CompiledDesign.Compile(design, new CodeDictionaries()), null, InstantOrder.ByPlace, LiveState.DefaultRetention);
        var registers = new double[restored.Compiled.Plan.RegisterCount];
        feed.Next(restored, registers);
        Say($"restart: {clock.Elapsed.TotalSeconds:F2} s from the snapshot to the first payment's features");
        clock.Restart();
        const int Tail = 1_000_000;
        for (var i = 0; i < Tail; i++) { feed.Next(restored, registers); }
        Say($"tail: {Tail:N0} payments more in {clock.Elapsed.TotalSeconds:F2} s");
    }

    /// <summary>What the windows of each key take, group by group, and the records by id.</summary>
    private static void Weigh(LiveState state, int events)
    {
        foreach (var keys in state.Engine.States.GroupBy(static s =>
            string.Join('+', s.Group.SourceKeys.Select(k => s.Group.Source.Columns[k].Name))))
        {
            var count = keys.Max(static s => s.KeyCount);
            var bytes = keys.Sum(static s => 8 * (s.RingWords + ((long)s.Group.BlockWords * s.KeyCount)));
            Say($"windows by {keys.Key}: {count:N0} keys, {bytes / 1e6:F0} MB, {bytes / (double)count:F0} bytes each");
        }
        GC.Collect();
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        Say($"heap: {heap / 1e6:F0} MB, {heap / (double)events:F0} bytes for each payment remembered, windows included");
    }

    private static void Read(LiveState state, StateFeed feed)
    {
        var registers = new double[state.Compiled.Plan.RegisterCount];
        var peeks = new double[Reads];
        var takes = new double[Reads];
        for (var i = 0; i < 20_000; i++) { feed.Peek(state, registers); }
        for (var i = 0; i < Reads; i++) { peeks[i] = feed.Peek(state, registers); }
        for (var i = 0; i < Reads; i++) { takes[i] = feed.Next(state, registers); }
        Tell("features read (peek)", peeks);
        Tell("features read, payment entered and remembered", takes);
    }

    private static void Tell(string what, double[] nanoseconds)
    {
        Array.Sort(nanoseconds);
        Say($"{what}: p50 {nanoseconds[nanoseconds.Length / 2]:F0} ns, p99 {nanoseconds[(int)(0.99 * nanoseconds.Length)]:F0} ns, "
            + $"p99.9 {nanoseconds[(int)(0.999 * nanoseconds.Length)]:F0} ns");
    }

    private static void Say(string line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
