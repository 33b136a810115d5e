namespace Lintel.Design.Tests;

/// <summary>Every kind of fault in a design file, told with its place, what was got, what is expected, and what to do.</summary>
public sealed class DesignFaultTests
{
    [Theory]
    [InlineData("  rate: 2000/s", "  ¦rat: 2000/s",
        "error LT0104: requirements has no key 'rat'; did you mean 'rate'?")]
    [InlineData("freshness: 1s", "freshness: ¦[1s]",
        "error LT0109: the value has another form; got a list; expected a duration such as 10ms, 1s, 30m, 12h or 7d")]
    [InlineData("freshness: 1s", "freshness: ¦1x",
        "error LT0203: unknown unit 'x'; got '1x'; expected a duration such as 10ms, 1s, 30m, 12h or 7d")]
    [InlineData("freshness: 1s", "freshness: ¦1",
        "error LT0203: a duration needs a unit; got '1'; expected a duration such as 10ms, 1s, 30m, 12h or 7d; write 1s for seconds, 1d for days")]
    [InlineData("rate: 2000/s", "rate: ¦2000/sec",
        "error LT0203: unknown unit 'sec'; got '2000/sec'; expected a rate such as 2000/s or 100/day")]
    [InlineData("p99: 10ms", "¦q99: 10ms",
        "error LT0104: 'q99' is no percentile; expected p50, p95, p99 or p99.9")]
    [InlineData("system: fraud", "system: ¦12",
        "error LT0109: the value has another form; got the number 12; expected a name such as fraud; quote it")]
    [InlineData("goal: Block fraudulent card payments before they settle, without troubling honest customers.", "goal:¦",
        "error LT0109: a value is missing here; got nothing; expected a sentence")]
    [InlineData("kind: classification ", "kind: ¦clasification ",
        "error LT0109: the value has another form; got 'clasification'; expected classification | regression | ranking; did you mean 'classification'?")]
    [InlineData("each: payment", "each: ¦payments",
        "error LT0114: there is no event 'payments'; did you mean 'payment'?")]
    [InlineData("about: payment by transaction_id", "about: ¦paymant by transaction_id",
        "error LT0114: there is no event 'paymant'; did you mean 'payment'?")]
    [InlineData("fields: { amount: number }", "fields: { amount: ¦numbre }",
        "error LT0109: 'amount' has an unknown type; got 'numbre'; expected number | bool | text | time; did you mean 'number'?")]
    [InlineData("fields: { amount: number }", "fields: { amount: number, ¦card: text }",
        "error LT0103: 'card' is already declared at fraud.yaml:17:13; rename one of them")]
    [InlineData("fields: { amount: number }", "fields: { amount: number, ¦time: time }",
        "error LT0120: every event has a 'time' of its own; rename one of them")]
    [InlineData("  weekend: weekday(time) >= 6", "  ¦amount: 2 * amount",
        "error LT0103: 'amount' is already declared at fraud.yaml:34:3; rename or remove one of them")]
    [InlineData("  card_payments_{1d,7d,30d}: count", "  card_payments_1d: 2\n  ¦card_payments_{1d,7d,30d}: count",
        "error LT0103: feature 'card_payments_1d' is already declared at fraud.yaml:37:3; rename one of them")]
    [InlineData("  amount: amount", "  ¦amount: log(amount)",
        "error LT0103: 'amount' is a value of the decided event, declared at fraud.yaml:18:15; as a feature it would mean another; got 'log(amount)'; expected amount: amount; rename the feature")]
    [InlineData("  weekend: weekday(time) >= 6", "  ¦if: weekday(time) >= 6",
        "error LT0120: 'if' is a word of the language and cannot be a name; rename it")]
    [InlineData("count(payment) by card over {1d,7d,30d}", "count(payment) by card over ¦{1d,7d}",
        "error LT0112: the braces on the two sides do not match; got 3 in the name, 2 in the expression; expected the same number of alternatives on both sides")]
    [InlineData("  since_last: since(payment) by card", "  since_last: count(payment) by card over ¦{1d,7d}",
        "error LT0112: the braces on the two sides do not match; got none in the name, 2 in the expression; expected the same number of alternatives on both sides; put braces into the name too, so that each feature has one")]
    [InlineData("over {1d,7d,30d} ?? 0", "over ¦{1d,7d,30d ?? 0",
        "error LT0112: a brace is opened and never closed; expected alternatives such as {1d,7d,30d}")]
    [InlineData("kind: isolation-forest", "kind: ¦isolation-forrest",
        "error LT0113: there is no model kind 'isolation-forrest'; expected isolation-forest | median | xgboost | ordered | stack; did you mean 'isolation-forest'?")]
    [InlineData("{ kind: xgboost, trees: 300", "¦{ trees: 300",
        "error LT0108: a model lacks 'kind'; expected isolation-forest | median | xgboost | ordered | stack; add it: the kind decides which keys a model has")]
    [InlineData("trees: 300, depth: 4", "trees: 300, ¦dept: 4",
        "error LT0104: model kind xgboost has no key 'dept'; did you mean 'depth'?")]
    [InlineData("trees: 300, depth: 4", "trees: 300, depth: ¦31",
        "error LT0111: the value is out of bounds; got 31; expected a whole number, 1 to 30")]
    [InlineData("trees: 300, depth: 4", "trees: 300, depth: ¦4.5",
        "error LT0109: the value has another form; got the number 4.5; expected a whole number, 1 to 30")]
    [InlineData("negatives: 10%", "negatives: ¦10",
        "error LT0109: the value has another form; got the number 10; expected a percentage such as 80%, 0.01% to 100%; write a percent sign: 10%")]
    [InlineData("uses: [amount, card_*, since_last]", "uses: [¦amuont, card_*, since_last]",
        "error LT0114: there is no feature 'amuont'; did you mean 'amount'?")]
    [InlineData("uses: [amount, card_*, since_last]", "uses: [amount, ¦user_*]",
        "error LT0114: no feature matches 'user_*'; known: amount, amount_vs_usual, card_amount_1d, card_amount_30d, card_amount_7d, card_payments_1d, card_payments_30d, card_payments_7d, night, since_last, terminal_cards_1d, terminal_risk_1d, terminal_risk_30d, terminal_risk_7d, terminal_verdicts_1d, terminal_verdicts_30d, terminal_verdicts_7d, weekend")]
    [InlineData("of: [known, novel]", "of: [known, ¦nowel]",
        "error LT0114: there is no model 'nowel'; did you mean 'novel'?")]
    [InlineData("calibrate: isotonic", "calibrate: ¦isotonik",
        "error LT0113: there is no calibrator 'isotonik'; expected isotonic; did you mean 'isotonic'?")]
    [InlineData("recall@1%", "¦recal@1%",
        "error LT0113: there is no metric 'recal'; did you mean 'recall'?")]
    [InlineData("recall@1%", "¦recall@1.5",
        "error LT0109: the metric's cut-off is no count or percentage; got '1.5'; expected such as precision@100 or recall@1%")]
    [InlineData("\">= 0.60\"", "¦0.60",
        "error LT0109: this is no bound; got '0.60'; expected such as \">= 0.60\", \"<= 2%\" or \">= 0.95 of all\"")]
    [InlineData("\">= 0.60\"", "\"¦>= 0.60 of all\"",
        "error LT0121: only slices are compared with all; got '>= 0.60 of all'; expected a gate on 'slice METRIC'")]
    [InlineData("  - review if novel >= threshold(top 20/day)\n  - allow\n", "  - ¦review if novel >= threshold(top 20/day)\n",
        "error LT0116: a decision may pass every rule; got 'review if novel >= threshold(top 20/day)' is the last rule; expected an outcome alone at the end, or decide by cost; add a last line such as '- allow'")]
    [InlineData("  - allow", "  - allow\n  - ¦block if card in blocklist",
        "error LT0117: no decision reaches this rule; got 'block if card in blocklist'; 'allow' at fraud.yaml:62:5 always matches: move it to the end")]
    [InlineData("  - block if card in blocklist", "  - ¦blok if card in blocklist",
        "error LT0114: 'blok' is no declared outcome; expected OUTCOME if CONDITION, with one of: allow, review, block; did you mean 'block'?")]
    [InlineData("on failure: allow", "on failure: ¦alow",
        "error LT0114: 'alow' is no declared outcome; expected allow | review | block; did you mean 'allow'?")]
    [InlineData("outcomes: [allow, review, block]", "outcomes: [allow, review, block, ¦allow]",
        "error LT0103: outcome 'allow' is listed twice; remove one of them")]
    [InlineData("split: { by: time, train: 60%", "split: ¦{ by: time, train: 70%",
        "error LT0118: the shares do not add up; got 110%; expected 100%")]
    [InlineData("train: 60%", "train: ¦soon",
        "error LT0109: this is no part of a split; got 'soon'; expected a percentage such as 60%, or days such as 2018-07-25..2018-07-31")]
    [InlineData("gap: 7d }", "¦folds: 5 }",
        "error LT0121: 'folds' means nothing in a split by time; expected train, validate, test, gap, warm up; remove it")]
    [InlineData("by: time,", "by: ¦user,",
        "error LT0114: event 'payment' has no key 'user' to split by; expected time, file, random, or a key; known: card, file, random, terminal, time")]
    [InlineData("psi > 0.2", "¦pis > 0.2",
        "error LT0113: there is no drift measure 'pis'; expected psi")]
    [InlineData("lintel: 1", "lintel: ¦2",
        "error LT0110: the design is made for a newer grammar; got lintel: 2; expected lintel: 1; update Lintel, or write the design in this grammar")]
    [InlineData("system: fraud", "system: fraud\ntimezone: ¦Europe/Berlim",
        "error LT0114: there is no time zone 'Europe/Berlim'; expected an IANA name such as Europe/Berlin; did you mean 'Europe/Berlin'?")]
    public void One_fault_is_one_diagnostic(string old, string replacement, string expected) =>
        FraudDesign.FaultAtMark(FraudDesign.With(old, replacement)).ShouldBe(expected);

    [Theory]
    [InlineData("split: { by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }\n", "split", "the design lacks 'split'")]
    [InlineData("outcomes: [allow, review, block]\n", "outcomes", "a classification lacks 'outcomes'")]
    public void A_missing_section_is_named(string section, string key, string message) =>
        FraudDesign.Fault(FraudDesign.With(section, "")).ShouldSatisfyAllConditions(
            f => f.ShouldStartWith($"fraud.yaml:1:1: error LT0108: {message}; expected {key}: "),
            f => f.ShouldContain("add it: "));

    [Fact]
    public void Faults_of_every_section_are_reported_at_once()
    {
        var text = FraudDesign.Text.Replace("rate: 2000/s", "rate: fast").Replace("kind: xgboost", "kind: boost")
            .Replace("hour(time)", "hours(time)").Replace("- allow", "- alow").Replace("psi > 0.2", "psi < 0.2");
        FraudDesign.Faults(text).Select(f => f[..f.IndexOf(':', "fraud.yaml:00:".Length)]).Order().ShouldBe(
            ["fraud.yaml:36:16", "fraud.yaml:46:18", "fraud.yaml:62:5", "fraud.yaml:65:23", "fraud.yaml:7:9"]);
    }

    [Fact]
    public void Features_that_read_each_other_in_a_circle_are_one_fault() =>
        FraudDesign.Fault(FraudDesign.With("  weekend: weekday(time) >= 6", "  a: b + 1\n  b: c * 2\n  c: a")).ShouldBe(
            "fraud.yaml:35:3: error LT0115: features read each other in a circle; got a → b → c → a; " +
            "expected features that can be computed one after the other; break the circle");

    [Fact]
    public void Models_that_combine_each_other_in_a_circle_are_one_fault() =>
        FraudDesign.Fault(FraudDesign.With("  fraud: { kind: stack, of: [known, novel], calibrate: isotonic }",
            "  a: { kind: stack, of: [b, known] }\n  b: { kind: stack, of: [a] }\n  fraud: { kind: stack, of: [known, novel] }")).ShouldContain(
            "error LT0115: models combine each other in a circle; got a → b → a");

    [Fact]
    public void Events_about_each_other_are_one_fault() =>
        FraudDesign.Fault(FraudDesign.With("    id: transaction_id", "    id: transaction_id\n    about: verdict by transaction_id"))
            .ShouldContain("error LT0115: events");

    [Fact]
    public void A_faulty_field_does_not_fault_its_readers() =>
        FraudDesign.Faults(FraudDesign.With("fraud: bool", "fraud: bol")).ShouldHaveSingleItem().ShouldContain("LT0109");

    [Fact]
    public void A_search_over_too_many_settings_is_refused() =>
        FraudDesign.Fault(FraudDesign.With("depth: 4, sample", "tune: { metric: auc, depth: [1,2,3,4,5,6,7,8,9], trees: [1,2,3,4,5,6,7,8] }, sample"))
            .ShouldContain("error LT0119: the search has too many candidates; got 72 combinations; expected 1 to 64; shorten the lists");

    [Fact]
    public void A_search_needs_a_known_metric_and_something_to_vary()
    {
        FraudDesign.Fault(FraudDesign.With("depth: 4, sample", "tune: { metric: acu, depth: [1, 2] }, sample"))
            .ShouldContain("error LT0113: there is no metric 'acu'; did you mean 'auc'?");
        FraudDesign.Fault(FraudDesign.With("depth: 4, sample", "tune: { metric: auc }, sample"))
            .ShouldContain("error LT0119: the search has nothing to vary");
    }

    [Fact]
    public void A_decided_event_may_not_be_chosen_by_its_label() =>
        FraudDesign.Fault(FraudDesign.With("    id: transaction_id\n", "    id: transaction_id\n    where: fraud = 0\n"))
            .ShouldContain("error LT0208: 'where' chooses decisions by 'fraud', which carries the label 'verdict'");

    [Fact]
    public void A_decided_event_may_not_read_its_label_in_its_own_source() =>
        FraudDesign.FaultAtMark(FraudDesign.With("fields: { amount: number }", "fields: { amount: number, odd: number from 2 * ¦fraud }").Replace("2 * ¦fraud", "¦2 * fraud"))
            .ShouldStartWith("error LT0208: field 'odd' reads 'fraud', which carries the label 'verdict'; got '2 * fraud'");

    [Fact]
    public void A_decided_event_may_not_be_chosen_by_what_is_known_later() =>
        FraudDesign.Fault(FraudDesign.Text.Replace("fields: { amount: number }", "fields: { amount: number, settled: bool from st known settled_at }")
            .Replace("    id: transaction_id\n", "    id: transaction_id\n    where: st\n"))
            .ShouldContain("error LT0209: 'where' chooses decisions by 'st', which becomes known later (field 'settled')");

    [Fact]
    public void The_label_must_be_an_event_about_the_decided_one() =>
        FraudDesign.Fault(FraudDesign.With("label: verdict.fraud", "label: payment.amount > 3"))
            .ShouldContain("error LT0121: event 'payment' is not about the decided event");

    [Fact]
    public void A_wrong_path_is_a_diagnostic_too() =>
        Should.Throw<Diagnostics.DesignException>(() => DesignFile.Load("nowhere/design.yaml", TestKinds.All))
            .Diagnostics.ShouldHaveSingleItem().ToString().ShouldStartWith("nowhere/design.yaml:1:1: error LT0101: the design cannot be read; got ");
}
