using Lintel.Pipeline.Versions;
using Lintel.Training.Review;
using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>What the trained policy's rules did on the test part.</summary>
public sealed class PolicyRulesTests
{
    private static readonly RulePriceResult Block = new(
        0, "block if …", "block", 40, 60, 60, 0.9, new(1.5, 1.7, 0.2, [0.1, 0.3]), new(0.6, 0.5, -0.1, [-0.2, -0.05]), new(25, 30, 5, null),
        null, 0);

    private static readonly RulePriceResult Review = Block with { Rule = 1, Text = "review if …", Outcome = "review", Holds = 85, TakenBy = 0, TakenByCount = 25 };

    private static ReviewEvidence With(RulePriceResult second) => new() { Rules = [Block, second] };

    [Fact]
    public void Rule_that_never_fires_is_found()
    {
        var silent = Review with { Chosen = 0, Decisions = 0, Holds = 0, TakenBy = null };
        Finding("LT0488", Read(), With(silent)).Message.ShouldBe("rule 2 ('review if …') never fired");
        Silent("LT0488", Read(), With(Review));
        Silent("LT0488", Read(), With(silent with { Chosen = 1 }));
        Silent("LT0488", Read(), With(silent with { IsOff = true }));
        // files hold no lists: such a rule cannot fire in a replay
        Silent("LT0488", SoundDesign.With("review if fraud >= threshold(top 25/day)", "review if card in watchlist"), With(silent));
    }

    [Fact]
    public void Rule_in_the_shadow_of_another_names_it()
    {
        var finding = Finding("LT0489", Read(), With(Review with { Decisions = 2, Holds = 100, TakenByCount = 98 }));
        finding.Message.ShouldBe(
            "rule 2 ('review if …') stands in the shadow of rule 1 ('block if fraud >= threshold(precision 90%)')");
        finding.Evidence.ShouldBe("its condition held for 100 decisions of test; earlier rules took 98 (98 %), rule 1 alone 98");
        Silent("LT0489", Read(), With(Review with { Decisions = 5, Holds = 100, TakenByCount = 95 }));
        Silent("LT0489", Read(), With(Review with { Decisions = 0, Holds = 19, TakenByCount = 19 }));
    }

    [Fact]
    public void Rule_without_which_the_policy_is_cheaper_is_found()
    {
        var finding = Finding("LT0480", Read(), With(Review with { Cost = new(1.5, 1.4, -0.1, [-0.15, -0.05]) }));
        finding.Evidence.ShouldBe("mean cost 1.5 with it, 1.4 without (-0.1, 95 % -0.15 to -0.05); recall 60 % and 50 %");
        Silent("LT0480", Read(), With(Review with { Cost = new(1.5, 1.4, -0.1, [-0.25, 0.05]) }));
        Silent("LT0480", Read(), With(Review));
        Silent("LT0480", Read(), With(Review with { Cost = null }));
    }
}
