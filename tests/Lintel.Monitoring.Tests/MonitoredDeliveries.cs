using System.Globalization;
using System.Text;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Tests.Regression;

namespace Lintel.Monitoring.Tests;

/// <summary>A trained regression whose ranges follow outcomes, served by a clock that a test moves, and everything that its answers said.</summary>
public sealed class MonitoredDeliveries : IDisposable
{
    private const string Range = "range: { kind: conformal, of: [minutes], cover: [80%], by: store, window: 200, at least: 60, rate: 0.02 }";

    private readonly RandomStream _random = new(11);
    private readonly PriorityQueue<Order, DateTimeOffset> _coming = new();
    private int _orders;

    public MonitoredDeliveries()
    {
        Deliveries = new(
            14, ("early stop: 10 }\n", $"early stop: 10 }}\n  {Range}\n"),
            ("serve: { mode: online }", "policy:\n  - promise 70% of range\n  - round up to 5\nserve: { mode: online }\nmonitor: { window: 6h, drift: psi > 0.2, alert: [log, webhook] }"),
            ("system: deliveries\n", "system: deliveries\nrequirements: { costs: { late: 3, early: 1, lost: 0.4 } }\n"),
            ("gates: { mae: \"<= 6\" }", "gates: { mae: \"<= 6\", coverage@80%: \">= 0.7\" }"));
        Deliveries.Train().Manifest.Version.ShouldBe(1);
        Promote(1);
    }

    internal Deliveries Deliveries { get; }

    internal Workspace Workspace => Deliveries.Workspace;

    internal TestClock Clock { get; } = new();

    /// <summary>Everything that was answered and what happened, in the order in which it became known.</summary>
    internal List<Answered> Seen { get; } = [];

    /// <param name="Minutes">From the ask to the door.</param>
    internal sealed record Answered(DateTimeOffset Known, double Estimate, double Promise, double Low, double High, double Minutes, double Busy, string Store);

    private sealed record Order(string Id, List<(DecisionRecord Decision, DateTimeOffset At)> Asks, double Busy, string Store, bool Cancelled);

    private LiveOptions Live => new() { Clock = Clock };

    internal void Promote(int version) => new LiveReference(version, Clock.GetUtcNow(), "ada", "for the test").Write(Workspace);

    internal MonitorRequest Request(List<string>? lines = null) => new()
    {
        Workspace = Workspace,
        Kinds = Deliveries.Kinds,
        Clock = Clock,
        Alert = (lines ?? []).Add,
    };

    internal LiveService Serve()
    {
        var version = SystemVersion.Load(Workspace.VersionFolder(LiveReference.Read(Workspace)!.Champion), Deliveries.Kinds);
        var shelf = StateShelf.Of(Workspace, version, VersionFiles.StateLatest, Workspace.LogFolder, Live, snapshots: false);
        return LiveService.Start(version, shelf.Take(static _ => { }), Workspace.LogFolder, Live);
    }

    /// <summary>Orders, five minutes apart, each asked about twice; one in ten is cancelled, one in twenty never heard of again.</summary>
    /// <param name="later">Minutes that everything takes longer than the files had it.</param>
    /// <param name="rush">Couriers are busier than in the files.</param>
    internal async Task PlayAsync(LiveService live, int orders, double later, bool rush = false)
    {
        for (var i = 0; i < orders; i++)
        {
            var (order, store, busy, route) = ($"l{++_orders}", $"s{_random.NextInt32(12)}", rush ? 0.7 + (0.3 * _random.NextDouble()) : _random.NextDouble(), 5 + (20 * _random.NextDouble()));
            await SendAsync(live, string.Create(CultureInfo.InvariantCulture, $$"""{"event":"order","id":"{{order}}","store":"{{store}}","busy":{{busy:0.000}}}"""), false);
            var minutes = 10 + route + (Clock.GetUtcNow().Hour >= 17 ? 8 : 0) + (0.7 * int.Parse(store[1..], CultureInfo.InvariantCulture)) + later
                + ((busy > 0.5 ? 4 : 1.5) * Math.Abs(_random.NextNormal()) * 1.5);
            var ends = Clock.GetUtcNow().AddMinutes(minutes);
            List<(DecisionRecord, DateTimeOffset)> asks = [await AskAsync(live, $"{order}-1", order, route)];
            Clock.Advance(TimeSpan.FromMinutes(1));
            asks.Add(await AskAsync(live, $"{order}-2", order, route));
            if (i % 20 != 7) { _coming.Enqueue(new(order, asks, busy, store, i % 10 == 3), ends); }
            Clock.Advance(TimeSpan.FromMinutes(4));
            await EndAsync(live, Clock.GetUtcNow());
        }
    }

    /// <summary>Lets what was ordered by now come to its end, and time pass by then.</summary>
    internal Task DrainAsync(LiveService live) => EndAsync(live, DateTimeOffset.MaxValue);

    private async Task EndAsync(LiveService live, DateTimeOffset until)
    {
        var answer = EstimateAnswer.Of(live.Version.Compiled)!;
        while (_coming.TryPeek(out var next, out var at) && at <= until)
        {
            _coming.Dequeue();
            if (at > Clock.GetUtcNow()) { Clock.Advance(at - Clock.GetUtcNow()); }
            await SendAsync(live, $$"""{"event":"{{(next.Cancelled ? "cancelled" : "delivered")}}","about":"{{next.Id}}"}""", false);
            if (next.Cancelled) { continue; }
            foreach (var (decision, asked) in next.Asks)
            {
                Seen.Add(new(
                    Clock.GetUtcNow(), decision.Margin, decision.Promise, decision.Registers[answer.Quantiles[0].Register],
                    decision.Registers[answer.Quantiles[^1].Register], (Clock.GetUtcNow() - asked).TotalMinutes, next.Busy, next.Store));
            }
        }
    }

    private async Task<(DecisionRecord Decision, DateTimeOffset At)> AskAsync(LiveService live, string id, string order, double route) => ((await SendAsync(
        live, string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{id}}","about":"{{order}}","route":{{route:0.0}}}"""), true))!, Clock.GetUtcNow());

    private static async Task<DecisionRecord?> SendAsync(LiveService live, string body, bool decide)
    {
        var request = new LiveRequest();
        if (decide) { live.ReadDecide(Encoding.UTF8.GetBytes(body), request); }
        else { live.ReadEvents(Encoding.UTF8.GetBytes(body), request); }
        await live.ApplyAsync(request, decide);
        request.Faults.ShouldBeEmpty();
        return decide ? request[0].Decision : null;
    }

    public void Dispose() => Deliveries.Dispose();
}

/// <summary>A clock that a test moves, wall and monotonic time together; it starts behind the files.</summary>
internal sealed class TestClock : TimeProvider
{
    private static readonly long Start = new DateTime(2025, 2, 1, 8, 0, 0, DateTimeKind.Utc).Ticks;
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Start + Interlocked.Read(ref _passed), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _passed, by.Ticks);
}
