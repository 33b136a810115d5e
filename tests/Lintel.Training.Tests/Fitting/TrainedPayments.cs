using System.Globalization;
using System.Text;
using Lintel.Design.Kinds;
using Lintel.Features;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Fitting;

/// <summary>A workspace of a small payments system: a payment every ten minutes, large ones are fraud more often, verdicts two
/// days later. From a day on, fraud may come more often.</summary>
internal sealed class TrainedPayments : IDisposable
{
    internal const int PerDay = 144;

    private const string Design = """
        lintel: 1
        system: payments
        goal: Stop payments that are fraud.
        requirements:
          reviewers: { capacity: 20/day }
          costs: { missed: amount, blocked: 5, review: 2 }
        events:
          payment:
            source: payments.csv
            id: id
            time: at
            keys: { card: card, terminal: terminal }
            fields: { amount: number }
          verdict:
            source: payments.csv
            about: payment by id
            time: at
            known: at + 2d
            fields: { fraud: bool }
        decision: { each: payment, kind: classification, label: verdict.fraud }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 2d }
        features:
          amount: amount
          card_payments_1d: count(payment) by card over 1d
          since_last: since(payment) by card
        models:
          fraud: { kind: logistic, calibrate: isotonic }
        evaluate:
          metrics: [auc, calibration, cost]
          baselines: [random, amount]
          slices: [amount > 100]
        outcomes: [allow, review, block]
        policy:
          - block if card in blocklist
          - block if fraud >= threshold(precision 40%)
          - review if fraud >= threshold(top 5/day)
          - allow
        serve: { mode: online, on failure: allow, let through: 20% }
        retrain: { every: 30d, refit: now }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-trained-").FullName;

    /// <param name="policy">Its rules, one a line; null: those of the design.</param>
    internal TrainedPayments(int days, string[]? policy = null)
    {
        Workspace = new(_folder);
        var (from, to) = (Design.IndexOf("  - block", StringComparison.Ordinal), Design.IndexOf("serve:", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder, "design.yaml"), policy is null ? Design
            : $"{Design[..from]}{string.Concat(policy.Select(static r => $"  - {r}\n"))}{Design[to..]}");
        WriteFiles(days, moreFrom: days);
        TrainingRun.Run(Request).Manifest.Version.ShouldBe(1);
        new LiveReference(1, new(2025, 3, 3, 0, 0, 0, TimeSpan.Zero), "ada", "for the test").Write(Workspace);
    }

    internal static DateTime Start { get; } = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    internal Workspace Workspace { get; }

    internal TestClock Clock { get; } = new();

    internal TrainingRequest Request => new()
    {
        DesignPath = Path.Combine(_folder, "design.yaml"),
        Workspace = Workspace,
        Kinds = new KindRegistry([.. ModelKinds.Kinds, .. MetricKinds.Kinds]),
        Command = "test",
        Clock = TimeProvider.System,
        Threads = 1,
    };

    internal SystemVersion Load(int version) => SystemVersion.Load(Workspace.VersionFolder(version), Request.Kinds);

    /// <summary>The first days are the same however many there are.</summary>
    /// <param name="moreFrom">From this day on fraud comes three times as often.</param>
    internal void WriteFiles(int days, int moreFrom)
    {
        var random = new RandomStream(7);
        var csv = new StringBuilder("id,at,card,terminal,amount,fraud\n");
        for (var i = 0; i < days * PerDay; i++)
        {
            var amount = Math.Round(5 + (200 * random.NextDouble()), 2);
            var rate = amount > 150 ? 0.2 : 0.01;
            var fraud = random.NextDouble() < (i / PerDay >= moreFrom ? 3 * rate : rate);
            csv.Append(CultureInfo.InvariantCulture,
                $"{i},{Start.AddMinutes(10 * i):s},c{random.NextInt32(60)},t{random.NextInt32(20)},{amount},{(fraud ? "true" : "false")}\n");
        }
        File.WriteAllText(Path.Combine(_folder, "payments.csv"), csv.ToString());
    }

    /// <summary>Serves the workspace's log with a version.</summary>
    internal LiveService Serve(int version)
    {
        var loaded = Load(version);
        var state = LiveState.Load(
            Path.Combine(Workspace.VersionFolder(version), VersionFiles.StateLatest), loaded.Compiled, InstantOrder.ByPlace);
        return LiveService.Start(loaded, state, Workspace.LogFolder, new() { Clock = Clock });
    }

    internal static async Task<DecisionRecord?> SendAsync(LiveService live, string body, bool decide = true)
    {
        var request = new LiveRequest();
        if (decide) { live.ReadDecide(Encoding.UTF8.GetBytes(body), request); }
        else { live.ReadEvents(Encoding.UTF8.GetBytes(body), request); }
        await live.ApplyAsync(request, decide);
        request.Faults.ShouldBeEmpty();
        return decide ? request[0].Decision : null;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>A clock that a test moves, wall and monotonic time together.</summary>
internal sealed class TestClock : TimeProvider
{
    internal DateTime Now { get; set; } = TrainedPayments.Start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);

    public override long GetTimestamp() => Now.Ticks;
}
