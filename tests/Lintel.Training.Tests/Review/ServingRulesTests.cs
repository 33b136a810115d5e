using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>Step 8: serving, policy, monitoring, retraining.</summary>
public sealed class ServingRulesTests
{
    [Fact]
    public void Online_design_without_an_answer_on_failure_is_found()
    {
        Finding("LT0481", With("on failure: allow, ", "")).Evidence.ShouldBe("3 outcomes, 0 named for failure");
        Silent("LT0481", Read());
    }

    [Fact]
    public void Blocking_by_score_without_letting_through_is_found()
    {
        var design = With(", let through: 1%", "");

        var finding = Finding("LT0482", design);

        (finding.Evidence, finding.Line).ShouldBe(("1 rules, 0 % let through", LineOf(design, "- block if fraud")));
        Silent("LT0482", Read());
        Silent("LT0482", With(", let through: 1%", "", "block if fraud >= threshold(precision 90%)", "block if card in blocklist"));
    }

    [Theory]
    [InlineData("review if fraud >= threshold(precision 95%)", "precision 95 % is asked behind 90 %")]
    [InlineData("review if fraud >= threshold(precision 90%)", "it has the same condition")]
    public void Rule_inside_an_earlier_one_is_found(string rule, string why)
    {
        var finding = Finding("LT0483", With("review if fraud >= threshold(top 25/day)", rule));

        finding.Evidence.ShouldEndWith(why);
        finding.Message.ShouldStartWith("rule 2 (");
    }

    [Fact]
    public void Constant_bound_behind_a_lower_one_is_found()
    {
        var design = With("review if fraud >= threshold(top 25/day)", "review if amount >= 100", "  - allow\n", "  - review if amount > 250\n  - allow\n");

        Finding("LT0483", design).Evidence.ShouldEndWith("its bound 100 is no higher than 250");
    }

    [Fact]
    public void Rule_that_can_match_is_no_finding()
    {
        Silent("LT0483", Read());
        Silent("LT0483", With("review if fraud >= threshold(top 25/day)", "review if fraud >= threshold(precision 50%)"));
        Silent("LT0483", With("review if fraud >= threshold(top 25/day)", "review if trees >= threshold(precision 95%)"));
    }

    [Fact]
    public void Rule_with_the_same_bound_stricter_first_is_found_and_weaker_first_is_not()
    {
        // 'amount >= 100' takes 100 itself, so 'amount > 100' finds nothing; the other way round 100 itself is left
        Finding("LT0483", With("review if fraud >= threshold(top 25/day)", "review if amount >= 100", "  - allow\n", "  - block if amount > 100\n  - allow\n"));
        Silent("LT0483", With("review if fraud >= threshold(top 25/day)", "review if amount > 100", "  - allow\n", "  - block if amount >= 100\n  - allow\n"));
    }

    [Fact]
    public void Missing_drift_watch_is_found_with_the_blind_stretch()
    {
        var design = With("drift: psi > 0.2, window: 1d, ", "");

        Finding("LT0484", design).Evidence.ShouldBe("0 drift measures");
        Finding("LT0484", design, new SampleHistory().Evidence(design)).Evidence.ShouldBe("0 drift measures; labels leave you blind for 7 d");
        Silent("LT0484", Read());
    }

    [Fact]
    public void Missing_retraining_is_found()
    {
        Finding("LT0485", With("every: 30d, ", "")).Evidence.ShouldBe("0 retrainings planned");
        Silent("LT0485", Read());
    }

    [Fact]
    public void Retraining_faster_than_labels_is_noted()
    {
        var design = With("every: 30d", "every: 1d");

        Finding("LT0486", design, new SampleHistory().Evidence(design)).Evidence
            .ShouldBe("every 1 d, median label delay 7 d: 7 models in a row see none of a new attack's labels");
        Silent("LT0486", design);
        Silent("LT0486", Read(), new SampleHistory().Evidence(Read()));
    }

    [Fact]
    public void Failing_closed_is_noted_with_its_price()
    {
        Finding("LT0487", With("on failure: allow", "on failure: block")).Evidence.ShouldBe("120,000 decisions a minute at the stated rate");
        Silent("LT0487", Read());
    }

    [Fact]
    public void Rule_behind_an_unconditional_one_is_found()
    {
        var design = Read();
        var reordered = design with { Policy = [design.Policy[2], design.Policy[0]] };

        Finding("LT0483", reordered).Evidence.ShouldEndWith("it matches everything");
    }
}
