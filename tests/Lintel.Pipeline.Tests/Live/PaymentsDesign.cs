using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Pipeline.Tests.Live;

/// <summary>A small fraud design: every part of live decisions, and one model of a kind that needs no
/// fitting.</summary>
internal static class PaymentsDesign
{
    internal const string Text = """
        lintel: 1
        system: payments
        goal: Tell strange payments from usual ones.
        requirements:
          latency: { p99: 10ms }
          costs: { missed: amount, blocked: 5, review: 2 }
        events:
          payment:
            source: payments.csv
            id: id
            time: time
            keys: { card: card, terminal: terminal }
            fields: { amount: number, online: bool }
          verdict:
            source: verdicts.csv
            about: payment by payment
            time: time
            known: time + 7d
            fields: { fraud: bool }
        decision: { each: payment, kind: classification, label: verdict.fraud }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }
        features:
          amount: amount
          card_payments_1d: count(payment) by card over 1d
          card_amount_30d: mean(payment.amount) by card over 30d
          terminal_risk_30d: mean(verdict.fraud) by terminal over 30d ?? 0
          since_last: since(payment) by card
          amount_vs_usual: amount / card_amount_30d
        models:
          strange: { kind: plain }
        evaluate:
          metrics: [auc]
          baselines: [amount]
        outcomes: [allow, review, block]
        policy:
          - block if card in blocklist
          - block if strange >= threshold(precision 90%)
          - review if strange >= threshold(top 20/day)
          - allow
        serve: { mode: online, on failure: review, let through: 10% }
        """;

    internal static KindRegistry Kinds { get; } = new(
    [
        new(KindFamily.Model, "plain", typeof(NoParameters), "A weighted sum of the features."),
        new(KindFamily.Metric, "auc", typeof(NoParameters), "Area under the ROC curve."),
    ]);

    internal static SystemDesign Parse(string? text = null)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("payments/design.yaml", text ?? Text, Kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }
}
