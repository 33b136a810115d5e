using Lintel.Events;
using Lintel.Training.Review;
using Lintel.Training.Splits;
using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>Step 4: data and split.</summary>
public sealed class DataRulesTests
{
    private const string ByTime = "by: time, train: 60%, validate: 15%, test: 25%, gap: 7d";

    [Fact]
    public void Random_split_blocks()
    {
        var finding = Finding("LT0441", With(ByTime, "by: random, train: 60%, validate: 15%, test: 25%"));

        finding.Evidence.ShouldBe("25 % of the rows judge, wherever they stand in time");
        Reviewer.Blocks(finding).ShouldBeTrue();
        Silent("LT0441", Read());
    }

    [Fact]
    public void Random_split_counts_the_test_rows_that_have_training_rows_after_them()
    {
        var design = With(ByTime, "by: random, train: 60%, validate: 15%, test: 25%");
        // rows 0 to 99 test, 100 to 199 train, 200 to 299 test: of 200 test decisions, 100 come before a training one
        var history = new SampleHistory { Count = 300, Part = static row => row is >= 100 and < 200 ? SplitPart.Train : SplitPart.Test };

        Finding("LT0441", design, history.Evidence(design)).Evidence.ShouldBe("50 % of 200 test decisions come before a training decision");
    }

    [Fact]
    public void Random_split_with_a_reason_stays_on_record_and_does_not_block()
    {
        var finding = Finding("LT0441", With(ByTime, "by: random, train: 60%, validate: 15%, test: 25%, because: the published comparison"));

        (finding.Severity, finding.Because).ShouldBe(("error", "the published comparison"));
        Reviewer.Blocks(finding).ShouldBeFalse();
    }

    [Theory]
    [InlineData("by: card, folds: 5", "5 folds by card")]
    [InlineData("by: card, leave: last", "leave the last of each card out")]
    [InlineData("by: card, random: 75%, seeds: 5", "75 % of card at random")]
    [InlineData("by: file, train: train.csv, test: test.csv", "test rows stand in 'test.csv'")]
    public void Split_of_a_protocol_needs_a_reason(string split, string evidence)
    {
        var bare = Finding("LT0442", With(ByTime, split));
        (bare.Evidence, Reviewer.Blocks(bare)).ShouldBe((evidence, true));

        var reasoned = Finding("LT0442", With(ByTime, split + ", because: the benchmark"));
        (reasoned.Because, Reviewer.Blocks(reasoned)).ShouldBe(("the benchmark", false));
        Silent("LT0442", Read());
    }

    [Theory]
    [InlineData("3d", "error", "delay p50 7 d, p99 7 d; gap 3 d; 100 % of labels arrive later than that")]
    [InlineData("0d", "error", "delay p50 7 d, p99 7 d; gap 0 s; 100 % of labels arrive later than that")]
    public void Gap_below_the_delay_is_found(string gap, string severity, string evidence)
    {
        var design = With("gap: 7d", $"gap: {gap}");

        var finding = Finding("LT0443", design, new SampleHistory().Evidence(design));

        (finding.Severity, finding.Evidence, finding.Fix).ShouldBe((severity, evidence, "Set 'gap: 7d'."));
    }

    [Fact]
    public void Gap_below_the_tail_of_the_delay_is_a_warning_with_the_share()
    {
        var design = Read();
        var history = new SampleHistory { Delay = static row => row % 20 == 0 ? 30 : 2 };

        var finding = Finding("LT0443", design, history.Evidence(design));

        (finding.Severity, finding.Evidence).ShouldBe(("warning", "delay p50 2 d, p99 30 d; gap 7 d; 5 % of labels arrive later than that"));
    }

    [Fact]
    public void Gap_as_long_as_the_delay_is_no_finding()
    {
        var design = Read();

        Silent("LT0443", design);
        Silent("LT0443", design, new SampleHistory().Evidence(design));
        Silent("LT0443", design, new SampleHistory { Delay = static row => row % 200 == 0 ? 30 : 2 }.Evidence(design));
    }

    [Fact]
    public void Thresholds_without_validation_are_found()
    {
        var finding = Finding("LT0444", With("validate: 15%, test: 25%", "test: 40%"));

        (finding.Severity, finding.Evidence).ShouldBe(("warning", "2 solved thresholds, 0 searches over settings, 0 validation days"));
        Silent("LT0444", Read());
    }

    [Fact]
    public void Rows_left_out_are_counted_by_event()
    {
        var design = Read();
        SourceFinding[] faults =
        [
            new("payment", "a.csv", "not a number", "amount", 30, true, []), new("payment", "a.csv", "missing id", null, 10, true, []),
            new("payment", "a.csv", "nan", "amount", 5_000, false, []), new("verdict", "a.csv", "too few columns", null, 4, true, []),
        ];

        var findings = Findings("LT0445", design, new SampleHistory { Faults = faults }.Evidence(design));

        findings.Select(static f => (f.Severity, f.Evidence)).ShouldBe(
            [("warning", "40 of 10,000 rows (0.4 %)"), ("note", "4 of 10,000 rows (0.04 %)")]);
        findings[0].Message.ShouldContain("not a number");
        Silent("LT0445", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Duplicate_ids_are_counted_with_their_first_line()
    {
        var design = Read();
        SourceFinding[] faults = [new("payment", "a.csv", "duplicate id", "transaction_id", 12, true, [new("a.csv", 77, "transaction_id", "4711")])];

        Finding("LT0446", design, new SampleHistory { Faults = faults }.Evidence(design)).Evidence
            .ShouldBe("12 of 10,000 rows, first at line 77: 4711");
        Silent("LT0445", design, new SampleHistory { Faults = faults }.Evidence(design));
        Silent("LT0446", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Ties_are_counted_on_both_sides()
    {
        var design = Read();
        // hours 0, 0, 0 and 9, 9 among 100: five tied decisions
        var history = new SampleHistory { Count = 100, At = static row => row < 3 ? 0 : row is 9 or 10 ? 9 : row };

        Finding("LT0447", design, history.Evidence(design)).Evidence.ShouldBe("5 % of 100 decisions");
        Silent("LT0447", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Silent_stretch_is_found_with_its_beginning()
    {
        var design = Read();
        var history = new SampleHistory { At = static row => row < 1_000 ? row : row + 48 };

        Finding("LT0448", design, history.Evidence(design)).Evidence
            .ShouldBe("2 d of silence from 2018-05-12 15:00; p99 of the pauses is 1 h");
        Silent("LT0448", design, new SampleHistory().Evidence(design));
        // a quiet business: every pause is a day and a half
        Silent("LT0448", design, new SampleHistory { At = static row => 36 * row }.Evidence(design));
    }

    [Fact]
    public void Keys_that_train_has_seen_are_counted()
    {
        var design = Read();
        // test begins at row 3,536, at card 36 of 50: 25 whole rounds, of which 30 of 50 are known
        var history = new SampleHistory { Card = static row => row < 3_536 ? row % 30 : row % 50 };

        Findings("LT0449", design, history.Evidence(design)).Select(static f => f.Evidence).ShouldBe(
        [
            "59.3 % of 1,264 test decisions; train holds 30 card keys", "100 % of 1,264 test decisions; train holds 20 terminal keys",
        ]);
    }

    [Fact]
    public void Keys_that_are_new_in_test_are_no_finding()
    {
        var design = Read();
        var history = new SampleHistory { Card = static row => row / 100 };

        Findings("LT0449", design, history.Evidence(design)).ShouldAllBe(static f => f.Message.Contains("terminal"));
    }
}
