using Lintel.Training.Review;
using Lintel.Training.Splits;
using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>Step 5: features.</summary>
public sealed class FeatureRulesTests
{
    [Fact]
    public void Field_that_knows_the_label_is_found()
    {
        var design = Read();
        // one positive in a hundred looks like a negative: AUC 0.995
        var history = new SampleHistory { Settled = static row => row % 4 == 0 && row % 400 != 0 ? 9 : row % 3 };

        var finding = Finding("LT0451", design, history.Evidence(design));

        finding.Message.ShouldContain("'settled'");
        finding.Evidence.ShouldBe($"AUC {0.99 + (0.01 * 0.5):0.####} alone; bound 0.99");
        Reviewer.Blocks(finding).ShouldBeTrue();
        Silent("LT0451", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Feature_that_knows_the_label_backwards_is_found()
    {
        var design = Read();
        var history = new SampleHistory { Features = [("amount", static row => row % 4 == 0 ? -1 : row % 5)] };

        var finding = Finding("LT0451", design, history.Evidence(design));

        (finding.Evidence, finding.Line).ShouldBe(("AUC 1 alone; bound 0.99", LineOf(design, "  amount: amount")));
    }

    [Fact]
    public void Good_feature_is_no_leak()
    {
        var design = Read();
        // a third of the negatives share the positives' value: AUC 1 − 1/6
        var history = new SampleHistory { Features = [("amount", static row => row % 4 is 0 or 1 ? 1 : 0)] };

        Silent("LT0451", design, history.Evidence(design));
    }

    [Theory]
    [InlineData("number", 0.0, "error", "missing in 0 % of positives and 100 % of negatives")]
    [InlineData("number", 0.7, "warning", "missing in 0 % of positives and 30 % of negatives")]
    [InlineData("text", 0.0, "error", "missing in 0 % of positives and 100 % of negatives")]
    public void Field_whose_absence_gives_the_label_away_is_found(string type, double filled, string severity, string evidence)
    {
        var design = With("settled: number", $"settled: {type}");
        // of ten negatives in a row, some have the field filled in
        var history = new SampleHistory
        {
            Label = static row => row % 2,
            Settled = row => row % 2 == 1 || (row / 2 % 10) < 10 * filled ? row % 3 : double.NaN,
        };

        var finding = Finding("LT0452", design, history.Evidence(design));

        (finding.Severity, finding.Evidence).ShouldBe((severity, evidence));
    }

    [Fact]
    public void Field_that_is_missing_by_chance_is_no_finding()
    {
        var design = Read();
        var history = new SampleHistory { Settled = static row => row % 3 == 0 ? double.NaN : row % 5 };

        Silent("LT0452", design, history.Evidence(design));
    }

    [Fact]
    public void Constant_and_missing_features_are_found()
    {
        var design = Read();
        var history = new SampleHistory
        {
            Features =
            [
                ("amount", static _ => 3.5), ("night", static row => row % 50 == 0 ? row : double.NaN), ("card_payments_7d", static row => row % 9),
            ],
        };

        Findings("LT0453", design, history.Evidence(design)).Select(static f => (f.Message, f.Evidence)).ShouldBe(
        [
            ("'amount' has one value", "3.5 on all 4,800 rows"), ("'night' is almost always missing", "98 % of 4,800 rows"),
        ]);
    }

    [Fact]
    public void Twins_are_found_with_their_correlation()
    {
        var design = Read();
        var history = new SampleHistory
        {
            Features = [("amount", static row => row % 17), ("night", static row => 3 - (2 * (row % 17))), ("card_payments_7d", static row => row * 7 % 31)],
        };

        var finding = Finding("LT0454", design, history.Evidence(design));

        finding.Message.ShouldBe("'night' and 'amount' carry the same values");
        finding.Evidence.ShouldBe("correlation -1 over 4,800 rows");
    }

    [Fact]
    public void Feature_that_nothing_reads_is_found()
    {
        var design = With("  amount: amount\n", "  amount: amount\n  spare_1d: count(payment) by card over 1d\n",
            "simple: { kind: logistic }", "simple: { kind: logistic, uses: [amount, night, card_payments_7d, terminal_risk_7d] }",
            "kind: xgboost,", "kind: xgboost, uses: [amount, night, card_payments_7d, terminal_risk_7d],");

        var finding = Finding("LT0455", design);

        finding.Message.ShouldContain("'spare_1d'");
        finding.Evidence.ShouldBe("0 readers; it keeps 1 windows for each key");
        Silent("LT0455", Read());
    }

    [Fact]
    public void Feature_that_only_a_slice_or_a_feature_reads_is_read()
    {
        var design = With("  amount: amount\n", "  amount: amount\n  spare: count(payment) by card over 1d\n  twice: 2 * spare\n",
            "simple: { kind: logistic }", "simple: { kind: logistic, uses: [amount, night, card_payments_7d, terminal_risk_7d] }",
            "kind: xgboost,", "kind: xgboost, uses: [amount, night, card_payments_7d, terminal_risk_7d],", "slices: [night]", "slices: [twice > 4]");

        Silent("LT0455", design);
    }

    [Fact]
    public void Window_longer_than_the_warm_up_is_found()
    {
        // the longest window reads labels: 7 d, and 7 d until they are known; train begins after 200 h
        var design = Read();
        var evidence = new SampleHistory().Evidence(design);
        var longer = With("over 7d ?? 0", "over 20d ?? 0");

        Finding("LT0456", longer, new SampleHistory().Evidence(longer)).Evidence
            .ShouldBe($"needs 27 d, finds 8.3 d; {100 * ((27 * 24) - 200) / 2399.0:0.#} % of train's time sees it half empty");
        Silent("LT0456", design, evidence);
    }

    [Fact]
    public void Window_over_payments_needs_no_more_than_its_length()
    {
        var design = With("  terminal_risk_7d: mean(verdict.fraud) by terminal over 7d ?? 0\n", "");

        Silent("LT0456", design, new SampleHistory().Evidence(design));
        var early = new SampleHistory { Part = static row => row < 100 ? SplitPart.Unused : SplitPart.Train };
        Finding("LT0456", design, early.Evidence(design)).Evidence.ShouldStartWith("needs 7 d, finds 4.2 d");
    }

    [Fact]
    public void Number_that_is_an_identity_is_found()
    {
        var design = With("  amount: amount\n", "  amount: amount\n  merchant: settled\n");
        // two rows in three have a number of their own
        var history = new SampleHistory { Settled = static row => row % 3 == 0 ? 0 : row };

        var finding = Finding("LT0457", design, history.Evidence(design));

        (finding.Evidence, finding.Line).ShouldBe(("3,201 different whole numbers on 4,800 rows", LineOf(design, "  merchant: settled")));
        Silent("LT0457", Read(), history.Evidence(Read()));                 // no feature reads it
        Silent("LT0457", design, new SampleHistory { Settled = static row => row + 0.5 }.Evidence(design));
        Silent("LT0457", design, new SampleHistory { Settled = static row => row % 1_000 }.Evidence(design));
    }

    [Fact]
    public void Places_off_the_earth_and_at_its_zero_are_counted()
    {
        var design = With("  amount: amount\n", "  amount: amount\n  area: cell(amount, settled, 10)\n");
        // every tenth latitude is a longitude's, every sixteenth place is nobody's
        var history = new SampleHistory
        {
            Amount = static row => row % 10 == 1 ? 120 : row % 16 == 0 ? 0 : 52.5,
            Settled = static row => row % 16 == 0 ? 0 : 13.4,
        };

        var finding = Finding("LT0459", design, history.Evidence(design));

        (finding.Evidence, finding.Line).ShouldBe(("480 of 4,800 places lie off the earth, 300 at 0, 0", LineOf(design, "  area: cell(amount, settled, 10)")));
        Silent("LT0459", design);                                          // nothing was measured
        Silent("LT0459", Read(), history.Evidence(Read()));                 // no feature reads a place
        Silent("LT0459", design, new SampleHistory { Amount = static _ => -90, Settled = static _ => 180 }.Evidence(design));
        Silent("LT0459", design, new SampleHistory { Amount = static _ => double.NaN, Settled = static _ => 200 }.Evidence(design));
    }

    [Fact]
    public void Feature_that_moves_between_train_and_test_is_found()
    {
        var design = Read();
        var history = new SampleHistory
        {
            Features = [("amount", static row => row < 3_536 ? row % 10 : 5 + (row % 5)), ("night", static row => row % 7)],
        };

        var finding = Finding("LT0458", design, history.Evidence(design));

        // five bins empty in test (0.1 → 1e-4), five doubled (0.1 → 0.2)
        var psi = (5 * (1e-4 - 0.1) * Math.Log(1e-4 / 0.1)) + (5 * 0.1 * Math.Log(2));
        finding.Message.ShouldContain("'amount'");
        finding.Evidence.ShouldBe($"PSI of amount: {psi:0.##}; bound 0.2");
    }
}
