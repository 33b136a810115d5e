using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>Step 3: formulation and labels.</summary>
public sealed class LabelRulesTests
{
    [Fact]
    public void Label_without_known_is_found()
    {
        var design = With("    known: tx_time + 7d\n", "");

        var finding = Finding("LT0431", design);

        finding.Evidence.ShouldBe("stated delay 0 s");
        finding.Line.ShouldBe(LineOf(design, "  verdict:"));
        Silent("LT0431", Read());
    }

    [Fact]
    public void Labels_that_are_known_with_their_decision_are_counted()
    {
        var design = Read();
        var history = new SampleHistory { Delay = static row => row % 4 == 0 ? 0 : 7 };

        Finding("LT0431", design, history.Evidence(design)).Evidence.ShouldBe("25 % of 4,800 labels have a delay of 0 or less");
        Silent("LT0431", design, new SampleHistory().Evidence(design));
    }

    [Theory]
    [InlineData(20, "warning", "63 positives among 1,264 test decisions; a recall near one half is known to ± 12.3 %")]
    [InlineData(200, "error", "6 positives among 1,264 test decisions; a recall near one half is known to ± 40 %")]
    public void Few_positives_in_test_are_found(int each, string severity, string evidence)
    {
        var design = Read();
        var history = new SampleHistory { Label = row => row % each == 0 ? 1 : 0 };

        var finding = Finding("LT0432", design, history.Evidence(design));

        (finding.Severity, finding.Evidence).ShouldBe((severity, evidence));
    }

    [Fact]
    public void Enough_positives_in_test_are_no_finding()
    {
        var design = Read();

        Silent("LT0432", design);
        Silent("LT0432", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Decisions_whose_label_never_came_are_counted_once_mature()
    {
        var design = Read();
        // the log ends a week after the last payment, so that all 4,800 are mature
        var history = new SampleHistory { Unlabelled = static row => row % 4 == 1 };

        var finding = Finding("LT0433", design, history.Evidence(design));

        (finding.Severity, finding.Evidence).ShouldBe(("warning", "25 % of 4,800 decisions older than 7 d"));
        Finding("LT0433", design, new SampleHistory { Unlabelled = static row => row % 50 == 1 }.Evidence(design)).Severity.ShouldBe("note");
        Silent("LT0433", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Decisions_too_young_for_a_label_are_no_finding()
    {
        var design = Read();
        // the log ends at hour 4,799, so payments within its last 168 hours are not mature yet
        var history = new SampleHistory { Unlabelled = static row => row > 4_631 };

        Silent("LT0433", design, history.Evidence(design));
    }

    [Fact]
    public void Base_rate_that_doubles_is_found_with_its_stretches()
    {
        var design = Read();
        var history = new SampleHistory { Label = static row => row < 4_200 ? (row % 20 == 0 ? 1 : 0) : row % 4 == 0 ? 1 : 0 };

        Finding("LT0434", design, history.Evidence(design)).Evidence.ShouldBe("from 5 % (stretch 1 of 8) to 25 % (stretch 8 of 8)");
        Silent("LT0434", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Base_rate_of_rare_positives_may_wobble()
    {
        var design = Read();
        // one or two positives in each stretch of 600: doubled, and well inside chance
        var history = new SampleHistory { Label = static row => row % 599 == 0 ? 1 : 0 };

        Silent("LT0434", design, history.Evidence(design));
    }

    [Fact]
    public void Windows_over_labels_say_what_they_look_at()
    {
        var design = Read();

        Finding("LT0435", design, new SampleHistory().Evidence(design)).Evidence
            .ShouldBe("'terminal_risk_7d' looks at decisions 14 d to 7 d old (median label delay 7 d)");
        Silent("LT0435", design);
        var without = With("  terminal_risk_7d: mean(verdict.fraud) by terminal over 7d ?? 0\n", "");
        Silent("LT0435", without, new SampleHistory().Evidence(without));
    }
}
