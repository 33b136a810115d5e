using System.Globalization;
using System.Text;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Versions;
using Lintel.Server;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;
using Lintel.Training.Report;
using Microsoft.Playwright;

namespace Lintel.Browser.Tests;

/// <summary>A small system, trained from a file and served by Kestrel with its report, and a browser to open it with.</summary>
public sealed class ServedReport : IAsyncLifetime
{
    private const string Design = """
        lintel: 1
        system: payments
        goal: Block fraudulent payments.
        requirements:
          latency: { p99: 50ms }
          rate: 100/s
          reviewers: { capacity: 8/day }
          costs: { missed: amount, blocked: 5, review: 2 }
        events:
          payment:
            source: payments.csv
            id: id
            time: at
            keys: { card: card, terminal: terminal }
            fields: { amount: number, online: bool }
          verdict:
            source: payments.csv
            about: payment by id
            time: at
            known: at + 2d
            fields: { fraud: bool }
          inspection:
            about: payment
            fields: { fraud: bool }
        decision: { each: payment, kind: classification, label: verdict.fraud }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 2d }
        features:
          amount: amount
          online: online
          card_payments_1d: count(payment) by card over 1d
          terminal_risk_7d: mean(verdict.fraud) by terminal over 7d ?? 0
        models:
          simple: { kind: logistic }
          trees: { kind: xgboost, trees: 40, depth: 3 }
          fraud: { kind: stack, of: [simple, trees], calibrate: isotonic }
        evaluate:
          metrics: [average-precision, auc, cost]
          baselines: [random, amount]
          slices: [online]
          gates: { auc: ">= 0.70" }
        outcomes: [allow, review, block]
        policy:
          - block if fraud >= threshold(precision 80%)
          - review if fraud >= threshold(top 5/day)
          - allow
        reviews: { verdict: inspection.fraud, within: 4h }
        serve: { mode: online, on failure: allow, let through: 1% }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lintel-browser-").FullName;
    private ServerHost? _server;
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; }

    public Uri Address => _server!.Address;

    public async Task InitializeAsync()
    {
        if (new BrowserFactAttribute().Skip is not null) { return; }
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserFactAttribute.Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        var kinds = new KindRegistry([.. ModelKinds.Kinds, .. MetricKinds.Kinds]);
        var workspace = new Workspace(_folder);
        var path = Path.Combine(_folder, "design.yaml");
        File.WriteAllText(path, Design);
        File.WriteAllText(Path.Combine(_folder, "payments.csv"), Payments(6_000));
        var made = TrainingRun.Run(new()
        {
            DesignPath = path,
            Workspace = workspace,
            Kinds = kinds,
            Command = "test",
            Clock = TimeProvider.System,
            Threads = 1,
        });
        var form = DecisionForm.Of(made.Prepared.Design, made.Prepared.History);
        File.WriteAllText(
            Path.Combine(made.Folder, VersionFiles.Report), ReportPage.Write(made.Manifest, Design, new() { Form = form }));
        new LiveReference(made.Manifest.Version, new(2026, 1, 2, 3, 4, 0, TimeSpan.Zero), "ada", "for the test").Write(workspace);
        _server = await ServerHost.StartAsync(new() { Workspace = workspace, Kinds = kinds, Port = 0 });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) { await Browser.CloseAsync(); }
        _playwright?.Dispose();
        if (_server is not null) { await _server.DisposeAsync(); }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A payment every ten minutes; large amounts at the first three terminals are mostly fraud.</summary>
    private static string Payments(int count)
    {
        var random = new RandomStream(7);
        var csv = new StringBuilder("id,at,card,terminal,amount,online,fraud\n");
        var at = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < count; i++)
        {
            var (card, terminal) = (random.NextInt32(60), random.NextInt32(20));
            var amount = Math.Round(5 + (200 * random.NextDouble()), 2);
            var fraud = random.NextDouble() < (terminal < 3 && amount > 120 ? 0.8 : 0.01);
            csv.Append(CultureInfo.InvariantCulture,
                $"{i},{at.AddMinutes(10 * i):yyyy-MM-dd HH:mm:ss},c{card},t{terminal},{amount},{(i % 3 == 0 ? "true" : "false")},{(fraud ? "true" : "false")}\n");
        }
        return csv.ToString();
    }
}
