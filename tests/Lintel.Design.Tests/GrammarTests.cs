using Lintel.Design.Expressions;
using Lintel.Design.Grammar;
using static Lintel.Design.Tests.TestKinds;

namespace Lintel.Design.Tests;

/// <summary>What real files need, beyond the fraud design.</summary>
public sealed class GrammarTests
{
    private static EventDesign Payment(string piece, string replacement) => FraudDesign.Read(FraudDesign.With(piece, replacement)).Events[0];

    [Fact]
    public void Fields_and_keys_are_renamed_with_from_and_carry_their_unit()
    {
        var payment = Payment("{ card: customer_id, terminal: terminal_id }\n    fields: { amount: number }",
            "{ card: CUSTOMER_ID, terminal: \"`terminal id`\" }\n    fields: { amount: number in 0.01 from TX_AMOUNT, kept: 'bool from A = 1 or B in [\"x\", \"it\\''s\"]', day: time from day(T) + 8d known settled_at }");
        payment.Columns.Select(c => $"{c.Name}: {c.Source!.Sql}").Skip(2).ShouldBe([
            "card: \"CUSTOMER_ID\"", "terminal: \"terminal id\"", "amount: \"TX_AMOUNT\"",
            "kept: ((\"A\" = 1) OR (\"B\" IN ('x', 'it''s')))",
            "day: ((date_trunc('day', \"T\")) + to_microseconds(691200000000))"]);
        payment.Columns.Select(c => c.Scale).Skip(4).ShouldBe([0.01, 1e-6, 1e-6]);
        payment.Columns[^1].KnownAt!.Sql.ShouldBe("\"settled_at\"");
        payment.Columns[5].Source!.Columns.ShouldBe(["A", "B"]);
    }

    [Theory]
    [InlineData("time: tx_time + 7d", "(\"tx_time\" + to_microseconds(604800000000))")]
    [InlineData("time: date(y, m, d) + 1d * h", "((make_timestamp(CAST(\"y\" AS BIGINT), CAST(\"m\" AS BIGINT), CAST(\"d\" AS BIGINT), 0, 0, 0)) + (to_microseconds(86400000000) * \"h\"))")]
    [InlineData("time: if a / b > 2.5 then c ?? d else missing", "CASE ((\"a\" / nullif(\"b\", 0)) > 2.5) WHEN TRUE THEN coalesce(\"c\", \"d\") WHEN FALSE THEN NULL END")]
    [InlineData("time: max(a, 2018-07-25)", "(CASE WHEN \"a\" >= TIMESTAMP '2018-07-25 00:00:00.000000' THEN \"a\" WHEN TIMESTAMP '2018-07-25 00:00:00.000000' > \"a\" THEN TIMESTAMP '2018-07-25 00:00:00.000000' END)")]
    public void Source_expressions_become_sql(string line, string sql) =>
        Payment("    id: transaction_id\n    time: tx_time", $"    id: transaction_id\n    {line}").Time.Sql.ShouldBe(sql);

    [Fact]
    public void A_source_without_a_clock_takes_its_position()
    {
        var payment = Payment("    id: transaction_id\n    time: tx_time", "    id: transaction_id\n    time: position");
        payment.Time.IsPosition.ShouldBeTrue();
        FraudDesign.Fault(FraudDesign.With("    id: transaction_id\n    time: tx_time", "    id: transaction_id\n    time: position\n    known: 7d"))
            .ShouldContain("error LT0121: a source without a clock cannot say when a record became known");
    }

    [Fact]
    public void A_delay_alone_counts_from_the_time() =>
        Payment("    id: transaction_id\n    time: tx_time", "    id: transaction_id\n    time: tx_time\n    known: 2h").Known!.Sql
            .ShouldBe("(\"tx_time\" + to_microseconds(7200000000))");

    [Fact]
    public void Rows_are_kept_by_where() =>
        Payment("    id: transaction_id\n", "    id: transaction_id\n    where: country != \"XX\" and not test\n").Where!.Sql
            .ShouldBe("((\"country\" <> 'XX') AND (NOT \"test\"))");

    [Theory]
    [InlineData("where: count(payment) by card > 3", "error LT0211: an aggregate cannot stand in a source expression; got 'count(payment) by card'")]
    [InlineData("where: card in blocklist", "error LT0211: this needs what only the running system has")]
    [InlineData("where: payment.amount > 3", "error LT0211: 'payment.amount' is no column of a source")]
    [InlineData("where: clamp(a, 1, 2) > 1", "error LT0207: there is no function 'clamp' for sources")]
    public void What_sql_cannot_say_is_refused_in_a_source(string line, string expected) =>
        FraudDesign.Fault(FraudDesign.With("    id: transaction_id\n", $"    id: transaction_id\n    {line}\n")).ShouldContain(expected);

    [Theory]
    [InlineData("{ by: time, train: 2018-07-25..2018-07-31, test: 2018-08-08..2018-08-14, gap: 7d }")]
    [InlineData("{ by: time, train: 75%, test: 25% }")]
    [InlineData("{ by: time, warm up: 30d, train: 80%, test: 20% }")]
    [InlineData("{ by: file, train: a.csv, test: b.csv, because: the published protocol }")]
    [InlineData("{ by: card, folds: 5, because: the published protocol }")]
    [InlineData("{ by: card, leave: last }")]
    [InlineData("{ by: card, random: 75%, seeds: 5 }")]
    [InlineData("{ by: random, train: 60%, validate: 20%, test: 20%, seed: 7, because: it has no time }")]
    public void Every_form_of_split_is_read(string split)
    {
        var design = FraudDesign.Read(FraudDesign.With("{ by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }", split)).Split;
        var expected = split switch
        {
            _ when split.Contains("..") => new SplitDesign.ByTime(design.At, null, new Stretch.Days(new(2018, 7, 25), new(2018, 7, 31)), null,
                new Stretch.Days(new(2018, 8, 8), new(2018, 8, 14)), TimeSpan.FromDays(7)),
            _ when split.Contains("warm") => new SplitDesign.ByTime(design.At, null, new Stretch.Share(0.8), null, new Stretch.Share(0.2), TimeSpan.Zero)
            {
                WarmUp = TimeSpan.FromDays(30),
            },
            _ when split.Contains("75%, test") => new SplitDesign.ByTime(design.At, null, new Stretch.Share(0.75), null, new Stretch.Share(0.25), TimeSpan.Zero),
            _ when split.Contains("file") => new SplitDesign.ByFile(design.At, "the published protocol", "a.csv", null, "b.csv"),
            _ when split.Contains("folds") => new SplitDesign.ByKey(design.At, "the published protocol", "card", 5, null, null, null),
            _ when split.Contains("leave") => new SplitDesign.ByKey(design.At, null, "card", null, "last", null, null),
            _ when split.Contains("seeds") => new SplitDesign.ByKey(design.At, null, "card", null, null, 0.75, 5),
            _ => (SplitDesign)new SplitDesign.AtRandom(design.At, "it has no time", 0.6, 0.2, 0.2, 7),
        };
        design.ShouldBe(expected);
    }

    [Theory]
    [InlineData("{ by: time, train: 2018-07-25..2018-07-31, test: 2018-07-31..2018-08-14 }", "error LT0118: the parts of the split overlap; got 2018-07-31 is not after 2018-07-31")]
    [InlineData("{ by: time, train: 60%, test: 2018-07-31 }", "error LT0118: shares and days are mixed")]
    [InlineData("{ by: card, folds: 5, leave: last }", "error LT0118: a split by a key needs one way; got 2")]
    [InlineData("{ by: time, train: 60% }", "error LT0108: split lacks 'test'")]
    public void A_split_that_does_not_hold_together_is_refused(string split, string expected) =>
        FraudDesign.Fault(FraudDesign.With("{ by: time, train: 60%, validate: 15%, test: 25%, gap: 7d }", split)).ShouldContain(expected);

    [Fact]
    public void A_search_makes_every_combination_in_order()
    {
        var design = FraudDesign.Read(FraudDesign.With("depth: 4, sample",
            "learning rate: 0.1, tune: { metric: average-precision, trees: [100, 300], depth: [3, 4, 6], rows: [80%], method: [exact] }, sample"));
        var tune = design.Models[0].Tune.ShouldNotBeNull();
        tune.Metric.ShouldBe("average-precision");
        tune.Labels.ShouldBe(["trees 100, depth 3, rows 0.8, method exact", "trees 100, depth 4, rows 0.8, method exact",
            "trees 100, depth 6, rows 0.8, method exact", "trees 300, depth 3, rows 0.8, method exact",
            "trees 300, depth 4, rows 0.8, method exact", "trees 300, depth 6, rows 0.8, method exact"]);
        tune.Candidates[1].ShouldBe(new Boosted { Trees = 100, Depth = 4, LearningRate = 0.1, Rows = 0.8, Method = "exact" });
    }

    [Fact]
    public void Parameters_of_every_type_are_bound()
    {
        var design = FraudDesign.Read(FraudDesign.With("depth: 4, sample",
            "min child weight: 2.5, learning rate: 0.05, rows: 80%, method: exact, early stopping: 20, memory: 12h, prune: true, sample"));
        design.Models[0].Parameters.ShouldBe(new Boosted
        {
            Trees = 300,
            MinChildWeight = 2.5,
            LearningRate = 0.05,
            Rows = 0.8,
            Method = "exact",
            EarlyStopping = 20,
            Memory = TimeSpan.FromHours(12),
            Prune = true,
        });
        KindParameters.KeyOf("MinChildWeight").ShouldBe("min child weight");
    }

    [Fact]
    public void Features_and_models_are_ordered_by_what_they_read()
    {
        var design = FraudDesign.Read(FraudDesign.Text
            .Replace("  weekend: weekday(time) >= 6", "  late: ratio + 1\n  ratio: amount_vs_usual * 2\n  weekend: weekday(time) >= 6")
            .Replace("  known: { kind: xgboost", "  both: { kind: stack, of: [known, novel] }\n  known: { kind: xgboost"));
        var names = design.Features.Select(f => f.Name).ToList();
        names.IndexOf("amount_vs_usual").ShouldBeLessThan(names.IndexOf("ratio"));
        names.IndexOf("ratio").ShouldBeLessThan(names.IndexOf("late"));
        design.Models.Select(m => m.Name).ShouldBe(["known", "novel", "both", "fraud"]);
        design.FinalModel.Name.ShouldBe("fraud");
    }

    [Fact]
    public void Labels_may_be_bounded_in_time_and_combined()
    {
        var text = FraudDesign.Text.Replace("label: verdict.fraud", "label: verdict.fraud within 90d or claim")
            .Replace("decision:  ", "  claim: { source: c.csv, about: payment by id, time: at }\n\ndecision:  ");
        var label = FraudDesign.Read(text).Decision.Label;
        label.Select(l => (l.Event.Name, l.Within?.TotalDays, l.Value is null)).ShouldBe([("verdict", 90, false), ("claim", null, true)]);
    }

    [Fact]
    public void Several_braces_in_a_name_go_with_those_of_the_same_position()
    {
        var design = FraudDesign.Read(FraudDesign.With("  weekend: weekday(time) >= 6",
            "  share_{card,terminal}_{1d,7d}: count(payment) by {card,terminal} over {1d,7d}\n  trend_{1d,7d}: count(payment) by card over {1d,7d} / count(verdict) by card over {2d,8d}"));
        design.Features.Where(f => f.Name.Contains("share") || f.Name.StartsWith("trend")).Select(f => $"{f.Name}: {f.Text}").ShouldBe([
            "share_card_1d: count(payment) by card over 1d", "share_card_7d: count(payment) by card over 7d",
            "share_terminal_1d: count(payment) by terminal over 1d", "share_terminal_7d: count(payment) by terminal over 7d",
            "trend_1d: count(payment) by card over 1d / count(verdict) by card over 2d",
            "trend_7d: count(payment) by card over 7d / count(verdict) by card over 8d"]);
    }

    [Fact]
    public void Dates_and_calendars_are_meant_in_the_designs_time_zone()
    {
        var design = FraudDesign.Read(FraudDesign.With("  weekend: weekday(time) >= 6", "  recent: time >= 2018-07-25")
            .Replace("system: fraud", "system: fraud\ntimezone: America/New_York"));
        var constant = (Expression.Constant)((Expression.Binary)design.Features.Single(f => f.Name == "recent").Value).Right;
        constant.Value.ShouldBe(new DateTimeOffset(2018, 7, 25, 4, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000d);
    }

    [Fact]
    public void An_event_about_an_event_about_another_reaches_both()
    {
        var text = FraudDesign.Text.Replace("decision:  ", "  appeal: { source: a.csv, about: verdict by id, time: at, keys: { clerk: c }, fields: { won: bool } }\n\ndecision:  ")
            .Replace("  since_last: since", "  appeals: count(appeal where won and verdict.fraud and payment.amount > 3) by card over 7d\n  since_last: since");
        var design = FraudDesign.Read(text);
        var appeal = design.Events[2];
        appeal.Columns.Select(c => c.Name).ShouldBe(["time", "known", "clerk", "won", "verdict.time", "verdict.known", "verdict.fraud",
            "verdict.payment.time", "verdict.payment.known", "verdict.payment.card", "verdict.payment.terminal", "verdict.payment.amount"]);
        appeal.Find("card").ShouldBe(9);
        appeal.Find("payment.amount").ShouldBe(11);
        appeal.Find("ayment.amount").ShouldBe(-1);
        appeal.IsAbout(design.Events[0]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("0x1F", "Number")]
    [InlineData("0o17", "Number")]
    [InlineData("-.5e-3", "Number")]
    [InlineData("12.", "Number")]
    [InlineData("+.inf", "Number")]
    [InlineData("1.2.3", "Text")]
    [InlineData("e", "Text")]
    [InlineData("-", "Text")]
    [InlineData("1_000", "Text")]
    [InlineData("yes", "Text")]
    [InlineData("TRUE", "Bool")]
    [InlineData("~", "Null")]
    public void Plain_scalars_are_read_by_the_core_schema(string plain, string type) =>
        Yaml.CoreSchema.TypeOf(plain).ToString().ShouldBe(type);

    [Theory]
    [InlineData("card_*", "card_x", true)]
    [InlineData("*_1d", "card_1d", true)]
    [InlineData("a*b*c", "aXbYbc", true)]
    [InlineData("a*b*c", "aXbYb", false)]
    [InlineData("card", "cards", false)]
    public void Wildcards_stand_for_any_letters(string pattern, string name, bool expected) => Wildcard.Matches(pattern, name).ShouldBe(expected);
}
