using Lintel.Training.Ranking.OffPolicy;

namespace Lintel.Training.Tests.Ranking.OffPolicy;

public sealed class OffPolicyEvaluatorTests
{
    private static readonly SimulatedLog World = new(7);

    [Fact]
    public void Estimates_have_no_bias_and_their_intervals_cover_the_truth()
    {
        const int runs = 400;
        var truth = World.Truth;
        foreach (var estimator in (string[])["ips", "snips", "dr"])
        {
            var (sum, squares, covered) = (0.0, 0.0, 0);
            for (var run = 0; run < runs; run++)
            {
                var (log, target) = World.Draw(users: 250, seed: (ulong)run);
                var estimate = Estimated(OffPolicyEvaluator.Evaluate(log, target)).Of(estimator);
                sum += estimate.Value;
                squares += estimate.Value * estimate.Value;
                covered += estimate.Interval.Low <= truth && truth <= estimate.Interval.High ? 1 : 0;
                estimate.Value.ShouldBeInRange(estimate.Interval.Low, estimate.Interval.High);
            }
            var mean = sum / runs;
            var error = Math.Sqrt(((squares / runs) - (mean * mean)) / runs);
            // snips is biased by a part of its own noise of the order of 1 / n
            Math.Abs(mean - truth).ShouldBeLessThan((4 * error) + (estimator == "snips" ? 0.002 : 0), estimator);
            // 400 runs at 95 %: deviation 1.1 points
            ((double)covered / runs).ShouldBeInRange(0.95 - 0.035, 0.95 + 0.035, estimator);
        }
    }

    [Fact]
    public void Intervals_of_a_better_model_and_of_self_normalisation_are_narrower()
    {
        var (log, target) = World.Draw(users: 4_000, seed: 1);
        var result = Estimated(OffPolicyEvaluator.Evaluate(log, target));
        var (ips, snips, dr) = (Width("ips"), Width("snips"), Width("dr"));
        snips.ShouldBeLessThan(ips);
        dr.ShouldBeLessThan(ips);

        double Width(string name) => result.Of(name).Interval.High - result.Of(name).Interval.Low;
    }

    [Fact]
    public void The_logging_policy_itself_is_estimated_by_its_own_mean()
    {
        var (log, _) = World.Draw(users: 300, seed: 3);
        var result = Estimated(OffPolicyEvaluator.Evaluate(log, new() { Chances = [.. log.Propensities] }));
        result.Estimates.Select(static e => e.Estimator).ShouldBe(["ips", "snips"]);
        result.Of("ips").Value.ShouldBe(result.Logged, 1e-12);
        result.Of("snips").Value.ShouldBe(result.Logged, 1e-12);
        (result.MaxWeight, result.MeanWeight).ShouldBe((1, 1));
        result.EffectiveCount.ShouldBe(log.Count, 1e-6);
        result.Clusters.ShouldBe(300);
    }

    [Fact]
    public void Figures_by_hand()
    {
        // two decisions of two places; weights 2 and 0, 1 and 1; rewards 1 1 0 1
        LoggedExposures log = new()
        {
            DecisionCount = 2,
            Decisions = [0, 0, 1, 1],
            Positions = [1, 2, 1, 2],
            Propensities = [0.25, 0.5, 0.5, 0.5],
            Rewards = [1, 1, 0, 1],
        };
        TargetPolicy target = new() { Chances = [0.5, 0, 0.5, 0.5], ModelOfLogged = [0.5, 0.5, 0.5, 0.5], ModelOfTarget = [0.6, 0.6, 0.6, 0.6] };
        var result = Estimated(OffPolicyEvaluator.Evaluate(log, target, new() { LeastEffective = 1, MostWeightError = 1 }));
        result.Logged.ShouldBe(1.5);
        result.Of("ips").Value.ShouldBe((2 + 1) / 2.0, 1e-12);
        result.Of("snips").Value.ShouldBe((2 / 3.0) + 1, 1e-12);
        result.Of("dr").Value.ShouldBe((1.2 + 1 + 1.2 - 0.5 + 0.5) / 2, 1e-12);
        result.EffectiveCount.ShouldBe(16 / 6.0, 1e-12);
        result.MaxWeight.ShouldBe(2);
    }

    [Fact]
    public void A_log_that_never_explored_is_refused()
    {
        var (log, target) = new SimulatedLog(7) { Explored = 0 }.Draw(users: 200, seed: 1);
        Refused(OffPolicyEvaluator.Evaluate(log, target)).ShouldBe((OffPolicyRefusal.NoExploration, "never explores"));
    }

    [Fact]
    public void A_log_without_propensities_is_refused()
    {
        var (log, target) = World.Draw(users: 200, seed: 1);
        log.Propensities[5] = double.NaN;
        Refused(OffPolicyEvaluator.Evaluate(log, target)).ShouldBe((OffPolicyRefusal.NoPropensities, "1 of "));
        log.Propensities[5] = 0;
        Refused(OffPolicyEvaluator.Evaluate(log, target)).ShouldBe((OffPolicyRefusal.WrongPropensities, "row 5 was shown with propensity 0"));
    }

    [Fact]
    public void Propensities_that_are_not_the_true_ones_are_found_by_the_weights()
    {
        var (log, target) = World.Draw(users: 3_000, seed: 1);
        for (var i = 0; i < log.Count; i++) { log.Propensities[i] *= 0.6; }
        Refused(OffPolicyEvaluator.Evaluate(log, target)).ShouldBe((OffPolicyRefusal.WrongPropensities, "not those with which"));
    }

    [Fact]
    public void A_target_that_the_log_could_not_show_is_refused()
    {
        var (log, target) = World.Draw(users: 3_000, seed: 1);
        Refused(OffPolicyEvaluator.Evaluate(log, new() { Chances = target.Chances, Unsupported = [.. target.Chances.Select(static _ => 0.3)] }))
            .ShouldBe((OffPolicyRefusal.NoSupport, "30.0% of what the policy would show had no chance"));
        // not told, but the weights tell: a third of what it would show was never there
        Refused(OffPolicyEvaluator.Evaluate(log, new() { Chances = [.. target.Chances.Select(static c => c * 2 / 3)] }))
            .ShouldBe((OffPolicyRefusal.NoSupport, "never had a chance"));
    }

    [Fact]
    public void Too_little_in_common_is_refused()
    {
        var (log, target) = World.Draw(users: 20, seed: 1);
        Refused(OffPolicyEvaluator.Evaluate(log, target)).ShouldBe((OffPolicyRefusal.TooFew, "fewer than 100"));
        LoggedExposures empty = new() { DecisionCount = 0, Decisions = [], Positions = [], Propensities = [], Rewards = [] };
        Refused(OffPolicyEvaluator.Evaluate(empty, new() { Chances = [] })).ShouldBe((OffPolicyRefusal.TooFew, "0 shown items"));
    }

    [Fact]
    public void Columns_that_do_not_fit_are_told()
    {
        var (log, target) = World.Draw(users: 20, seed: 1);
        Should.Throw<ArgumentException>(() => OffPolicyEvaluator.Evaluate(log, new() { Chances = [1] })).Message.ShouldContain("each of the");
        Should.Throw<ArgumentException>(() => OffPolicyEvaluator.Evaluate(log, new() { Chances = target.Chances, ModelOfLogged = target.ModelOfLogged }))
            .Message.ShouldContain("come together");
        target.Chances[3] = 1.5;
        Should.Throw<ArgumentException>(() => OffPolicyEvaluator.Evaluate(log, target)).Message.ShouldContain("row 3 is 1.5, expected 0 to 1");
        log.Rewards[2] = double.NaN;
        Should.Throw<ArgumentException>(() => OffPolicyEvaluator.Evaluate(log, target)).Message.ShouldContain("row 2");
    }

    private static OffPolicyAnswer.Estimated Estimated(OffPolicyAnswer answer) => answer.ShouldBeOfType<OffPolicyAnswer.Estimated>();

    /// <summary>The reason, and as much of the message as is expected.</summary>
    private static Refusal Refused(OffPolicyAnswer answer)
    {
        var refused = answer.ShouldBeOfType<OffPolicyAnswer.Refused>();
        return new(refused.Why, refused.Message);
    }

    private sealed record Refusal(OffPolicyRefusal Why, string Message)
    {
        public void ShouldBe((OffPolicyRefusal Why, string Part) expected)
        {
            Why.ShouldBe(expected.Why, Message);
            Message.ShouldContain(expected.Part);
        }
    }
}
