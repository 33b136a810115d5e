using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;
using Lintel.Training.Review;

namespace Lintel.Training.Tests.Review;

/// <summary>A design that the review has nothing to say against, and ways to spoil it one line at a time.</summary>
internal static class SoundDesign
{
    public const string Text = """
        lintel: 1
        system: fraud
        goal: Block fraudulent card payments before they settle, without troubling honest customers.
        requirements:
          latency: { p99: 10ms }
          rate: 2000/s
          reviewers: { capacity: 40/day }
          costs: { missed: amount, blocked: 5 + 0.01 * amount, review: 2 }
        events:
          payment:
            source: payments/*.parquet
            id: transaction_id
            time: tx_time
            keys: { card: customer_id, terminal: terminal_id }
            fields: { amount: number, settled: number }
          verdict:
            source: payments/*.parquet
            about: payment by transaction_id
            time: tx_time
            known: tx_time + 7d
            fields: { fraud: bool }
        decision: { each: payment, kind: classification, label: verdict.fraud }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }
        features:
          amount: amount
          night: hour(time) <= 6
          card_payments_7d: count(payment) by card over 7d
          terminal_risk_7d: mean(verdict.fraud) by terminal over 7d ?? 0
        models:
          simple: { kind: logistic }
          trees: { kind: xgboost, trees: 300, depth: 4, sample: { negatives: 10% } }
          fraud: { kind: stack, of: [simple, trees], calibrate: isotonic }
        evaluate:
          metrics: [average-precision, auc, recall@1%, calibration, cost]
          baselines: [random, amount]
          slices: [night]
          gates: { average-precision: ">= 0.60" }
        outcomes: [allow, review, block]
        policy:
          - block if fraud >= threshold(precision 90%)
          - review if fraud >= threshold(top 25/day)
          - allow
        serve: { mode: online, on failure: allow, let through: 1% }
        monitor: { drift: psi > 0.2, window: 1d, alert: [log] }
        retrain: { every: 30d, refit: now, promote: when no gate is broken and no slice is worse }
        """;

    private static readonly KindRegistry Kinds = new([.. ModelKinds.Kinds, .. MetricKinds.Kinds]);

    public static SystemDesign Read(string text = Text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("fraud.yaml", text, Kinds, diagnostics);
        diagnostics.All.Where(static d => d.Severity == Severity.Error).Select(static d => d.ToString()).ShouldBeEmpty();
        return design.ShouldNotBeNull();
    }

    /// <summary>The design with pieces replaced, each of which must be there: old, new, old, new …</summary>
    public static SystemDesign With(params string[] replacements)
    {
        var text = Text;
        for (var i = 0; i < replacements.Length; i += 2)
        {
            text.ShouldContain(replacements[i]);
            text = text.Replace(replacements[i], replacements[i + 1]);
        }
        return Read(text);
    }

    /// <summary>What one rule finds.</summary>
    public static IReadOnlyList<FindingResult> Findings(string code, SystemDesign design, ReviewEvidence? evidence = null) =>
        [.. Reviewer.Review(design, evidence).Where(f => f.Code == code)];

    /// <summary>The one finding of a rule.</summary>
    public static FindingResult Finding(string code, SystemDesign design, ReviewEvidence? evidence = null) =>
        Findings(code, design, evidence).ShouldHaveSingleItem();

    public static void Silent(string code, SystemDesign design, ReviewEvidence? evidence = null) =>
        Findings(code, design, evidence).Select(static f => f.Evidence).ShouldBeEmpty();

    /// <summary>Line of the design's text that holds a piece, from 1.</summary>
    public static int LineOf(SystemDesign design, string piece) =>
        Array.FindIndex(design.Text.Split('\n'), l => l.Contains(piece, StringComparison.Ordinal)) + 1;
}
