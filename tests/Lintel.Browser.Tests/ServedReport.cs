using System.Globalization;
using System.Text;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Numerics.Random;
using Lintel.Training.Fitting;
using Lintel.Training.Metrics;

namespace Lintel.Browser.Tests;

/// <summary>Payments that are blocked, reviewed or allowed.</summary>
public sealed class ServedReport : ServedSystem
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

    private static readonly KindRegistry Known = new([.. ModelKinds.Kinds, .. MetricKinds.Kinds]);

    protected override KindRegistry Kinds => Known;

    protected override TrainingResult Train(string folder)
    {
        var path = Path.Combine(folder, "design.yaml");
        File.WriteAllText(path, Design);
        File.WriteAllText(Path.Combine(folder, "payments.csv"), Payments(6_000));
        return TrainingRun.Run(new()
        {
            DesignPath = path,
            Workspace = new(folder),
            Kinds = Known,
            Command = "test",
            Clock = TimeProvider.System,
            Threads = 1,
        });
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
