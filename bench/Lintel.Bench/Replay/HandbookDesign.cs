using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Bench.Replay;

/// <summary>The fraud design's events and features over the Handbook's file of payments.</summary>
internal static class HandbookDesign
{
    public const string Text = """
        lintel: 1
        system: fraud
        goal: Measure the replay.
        events:
          payment:
            source: transactions_*.csv.gz
            id: TRANSACTION_ID
            time: TX_DATETIME
            keys: { card: CUSTOMER_ID, terminal: TERMINAL_ID }
            fields: { amount: number from TX_AMOUNT }
          verdict:
            source: transactions_*.csv.gz
            about: payment by TRANSACTION_ID
            time: TX_DATETIME
            known: TX_DATETIME + 7d
            fields: { fraud: bool from TX_FRAUD }
        decision: { each: payment, kind: classification, label: verdict.fraud }
        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }
        features:
          amount: amount
          weekend: weekday(time) >= 6
          night: hour(time) <= 6
          card_payments_{1d,7d,30d}: count(payment) by card over {1d,7d,30d}
          card_amount_{1d,7d,30d}: mean(payment.amount) by card over {1d,7d,30d}
          terminal_verdicts_{1d,7d,30d}: count(verdict) by terminal over {1d,7d,30d}
          terminal_risk_{1d,7d,30d}: mean(verdict.fraud) by terminal over {1d,7d,30d} ?? 0
          terminal_cards_1d: distinct(payment.card) by terminal over 1d
          since_last: since(payment) by card
          amount_vs_usual: amount / card_amount_30d
        models: { fraud: { kind: bench } }
        evaluate: { metrics: [measure] }
        outcomes: [allow, block]
        policy:
          - block if fraud >= threshold(precision 90%)
          - allow
        """;

    public static SystemDesign Read()
    {
        var diagnostics = new DiagnosticBag();
        var kinds = new KindRegistry([
            new(KindFamily.Model, "bench", typeof(NoParameters), "Stands for any model."),
            new(KindFamily.Metric, "measure", typeof(NoParameters), "Stands for any metric.")]);
        var design = DesignFile.Parse("handbook.yaml", Text, kinds, diagnostics);
        diagnostics.ThrowIfErrors();
        return design!;
    }
}
