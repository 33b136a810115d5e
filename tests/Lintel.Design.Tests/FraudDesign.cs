using Lintel.Design.Diagnostics;

namespace Lintel.Design.Tests;

/// <summary>The fraud design, whole, and the ways to read it in tests.</summary>
internal static class FraudDesign
{
    public const string Text = """
        lintel: 1
        system: fraud
        goal: Block fraudulent card payments before they settle, without troubling honest customers.

        requirements:                                  # 1. problem and requirements: each is measured
          latency: { p99: 10ms }
          rate: 2000/s
          freshness: 1s                                # an event counts in features this soon after it is accepted
          reviewers: { capacity: 100/day }
          costs: { missed: amount, blocked: 5 + 0.01 * amount, review: 2 }

        events:                                        # 2. what happens, and when it becomes known
          payment:
            source: payments/*.parquet                 # files, or the stream that `POST /events` writes
            id: transaction_id
            time: tx_time
            keys: { card: customer_id, terminal: terminal_id }
            fields: { amount: number }
          verdict:                                     # a label is an event
            source: payments/*.parquet
            about: payment by transaction_id
            time: tx_time
            known: tx_time + 7d
            fields: { fraud: bool }

        decision:                                      # 3. ML formulation
          each: payment
          kind: classification                         # classification | regression | ranking
          label: verdict.fraud

        split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }

        features:                                      # 4. one expression each; braces expand on both sides
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

        models:                                        # 5. every model's score has a name
          known: { kind: xgboost, trees: 300, depth: 4, sample: { negatives: 10% } }
          novel: { kind: isolation-forest, trees: 200, uses: [amount, card_*, since_last] }
          fraud: { kind: stack, of: [known, novel], calibrate: isotonic }

        evaluate:                                      # 6. judged on data that chose nothing, beside trivial baselines
          metrics: [average-precision, auc, card-precision@100, recall@1%, cost]
          baselines: [random, amount]
          slices: [night, card_payments_30d < 3]
          gates: { average-precision: ">= 0.60", "slice auc": ">= 0.95 of all" }

        outcomes: [allow, review, block]
        policy:                                        # 7. first match decides; one line of a small sentence grammar each
          - block if card in blocklist
          - block if fraud >= threshold(precision 90%)
          - review if fraud >= threshold(top 80/day)
          - review if novel >= threshold(top 20/day)
          - allow

        serve: { mode: online, on failure: allow, let through: 1% }
        monitor: { drift: psi > 0.2, window: 1d, alert: [log, webhook] }
        retrain: { every: 1d, refit: now, promote: when no gate is broken and no slice is worse }
        """;

    /// <summary>A design that must have no fault.</summary>
    public static SystemDesign Read(string text = Text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("fraud.yaml", text, TestKinds.All, diagnostics);
        diagnostics.All.Select(static d => d.ToString()).ShouldBeEmpty();
        return design.ShouldNotBeNull();
    }

    /// <summary>The fraud design with one piece replaced.</summary>
    public static string With(string old, string replacement)
    {
        Text.ShouldContain(old);
        return Text.Replace(old, replacement);
    }

    /// <summary>Every fault of a text, as printed.</summary>
    public static IReadOnlyList<string> Faults(string text)
    {
        var diagnostics = new DiagnosticBag();
        var design = DesignFile.Parse("fraud.yaml", text, TestKinds.All, diagnostics);
        if (diagnostics.HasErrors) { design.ShouldBeNull(); }
        return [.. diagnostics.All.Select(static d => d.ToString())];
    }

    /// <summary>The one fault of a text in which ¦ marks the place: it must stand there. Returned without its place.</summary>
    public static string FaultAtMark(string marked)
    {
        var mark = marked.IndexOf('¦');
        mark.ShouldBeGreaterThanOrEqualTo(0);
        var place = $"fraud.yaml:{1 + marked.AsSpan(0, mark).Count('\n')}:{mark - marked.LastIndexOf('\n', mark)}: ";
        var fault = Fault(marked.Remove(mark, 1));
        fault.ShouldStartWith(place);
        return fault[place.Length..];
    }

    /// <summary>The one fault of a text.</summary>
    public static string Fault(string text) => Faults(text).ShouldHaveSingleItem();
}
