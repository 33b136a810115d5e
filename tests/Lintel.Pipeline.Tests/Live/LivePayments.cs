using System.Text;
using Lintel.Events.Log;
using Lintel.Features;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Lists;
using Microsoft.Win32.SafeHandles;

namespace Lintel.Pipeline.Tests.Live;

/// <summary>A clock that a test moves: wall and monotonic time together, or the wall alone.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly long _start = new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private long _passed;
    private long _wrong;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        new(_start + Interlocked.Read(ref _passed) + Interlocked.Read(ref _wrong), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _passed, by.Ticks);

    /// <summary>Sets the wall clock forwards or back.</summary>
    internal void Jump(TimeSpan by) => Interlocked.Add(ref _wrong, by.Ticks);
}

/// <summary>A live service over a folder of its own, that can be ended, cut short, and started again.</summary>
internal sealed class LivePayments : IDisposable
{
    private readonly string? _design;
    private readonly int _maxTexts;
    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-live-").FullName;

    internal LivePayments(string? design = null, int maxTexts = int.MaxValue)
    {
        (_design, _maxTexts) = (design, maxTexts);
        Service = Start();
    }

    internal ManualClock Clock { get; } = new();

    /// <summary>While reset, the disk hangs: the log's syncs wait.</summary>
    internal ManualResetEventSlim Disk { get; } = new(true);

    internal LiveService Service { get; private set; }

    internal LiveState State { get; private set; } = null!;

    internal PlainModel Model { get; private set; } = null!;

    internal string Folder => _folder;

    internal string Segment => Directory.GetFiles(_folder, "*.log").Single();

    internal LiveLists Lists => new(Service);

    private LiveService Start(string? design = null, int version = 1, Func<LiveState>? from = null)
    {
        var served = PlainModel.Version(out var model, version, design ?? _design);
        Model = model;
        State = from?.Invoke() ?? LiveState.Empty(served.Compiled, InstantOrder.ByPlace, TimeSpan.FromDays(60));
        return LiveService.Start(
            served, State, _folder, new() { Clock = Clock, Retention = TimeSpan.FromDays(60), OpenLog = Open, MaxTexts = _maxTexts });
    }

    private AppendLog Open(string folder, long from, LogVisitor visit) =>
        AppendLog.Open(folder, from, visit, new() { Disk = new WaitingDisk(Disk) });

    private sealed class WaitingDisk(ManualResetEventSlim open) : LogDisk
    {
        internal override void Sync(SafeFileHandle file)
        {
            open.Wait();
            base.Sync(file);
        }
    }

    /// <summary>Ends the service and starts it again over the same log.</summary>
    /// <param name="from">The state that it starts from; default: an empty one.</param>
    internal void Restart(Action<string>? meanwhile = null, string? design = null, int version = 1,
        Func<LiveState>? from = null)
    {
        Service.Dispose();
        meanwhile?.Invoke(Segment);
        Service = Start(design, version, from);
    }

    internal async Task<LiveRequest> SendAsync(string body, bool decide = true)
    {
        var request = new LiveRequest();
        if (decide) { Service.ReadDecide(Encoding.UTF8.GetBytes(body), request); }
        else { Service.ReadEvents(Encoding.UTF8.GetBytes(body), request); }
        await Service.ApplyAsync(request, decide);
        return request;
    }

    internal async Task<DecisionRecord> DecideAsync(string id, double amount = 10, string card = "c1",
        string terminal = "t1")
    {
        var request = await SendAsync(Payment(id, amount, card, terminal));
        request.Faults.ShouldBeEmpty();
        return request[0].Decision;
    }

    internal static string Payment(string id, double amount = 10, string card = "c1", string terminal = "t1") =>
        $$"""{"id":"{{id}}","card":"{{card}}","terminal":"{{terminal}}","amount":{{amount}},"online":false}""";

    internal static string Verdict(string about, bool fraud) =>
        $$"""{"event":"verdict","about":"{{about}}","fraud":{{(fraud ? "true" : "false")}}}""";

    /// <summary>Sends payments and verdicts at random, some a second time.</summary>
    internal async Task<List<DecisionRecord>> RunAsync(int from, int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var decisions = new List<DecisionRecord>();
        for (var i = from; i < from + count; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(random.NextInt32(100)));
            decisions.Add(await DecideAsync($"p{i}", random.NextInt32(10_000) / 100.0, $"c{random.NextInt32(7)}",
                $"t{random.NextInt32(5)}"));
            var about = Math.Max(from, i - random.NextInt32(20));
            if (random.NextInt32(2) == 0)
            {
                (await SendAsync(Verdict($"p{about}", random.NextInt32(3) == 0), decide: false)).Faults.ShouldBeEmpty();
            }
        }
        return decisions;
    }

    internal byte[] StateBytes()
    {
        var path = Path.Combine(_folder, "state");
        State.Save(path);
        return File.ReadAllBytes(path);
    }

    /// <summary>The engine's state; places, which differ with how writes were grouped, stand outside it.</summary>
    internal byte[] EngineBytes()
    {
        using var stream = new MemoryStream();
        State.Engine.Save(stream);
        return stream.ToArray();
    }

    internal double Feature(DecisionRecord decision, string name)
    {
        var plan = Service.Version.Compiled.Plan;
        return decision.Registers[plan.FeatureStart + plan.FeatureNames.IndexOf(name)];
    }

    internal double CardOf(DecisionRecord decision) =>
        decision.Registers[Service.Version.Design.Decision.Each.Find("card")];

    public void Dispose()
    {
        Service.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
