using Lintel.Training.Fitting;

namespace Lintel.Training.Tests.Fitting;

/// <summary>The price of a rule is what the judging period comes to without it.</summary>
public sealed class RulePriceTests
{
    [Fact]
    public void Each_rule_with_a_condition_has_its_price()
    {
        using var payments = new TrainedPayments(days: 40,
        [
            "block if card in blocklist", "block if fraud >= threshold(precision 18%)", "review if fraud >= threshold(top 5/day)", "allow",
        ]);
        var manifest = payments.Load(1).Manifest!;
        var prices = manifest.RulePrices;
        prices.Select(static p => p.Rule).ShouldBe([0, 1, 2]);
        var (listed, block, review) = (prices[0], prices[1], prices[2]);
        // files hold no list: the rule does nothing, and nobody is told to remove it
        (listed.Decisions, listed.Holds, listed.Cost!.Change, listed.Cost.Interval).ShouldBe((0, 0, 0, null));
        manifest.Findings.ShouldNotContain(static f => f.Code == "LT0488");
        foreach (var price in prices)
        {
            price.Decisions.ShouldBe(manifest.Outcomes[price.Rule].Count);
            price.Precision.ShouldBe(manifest.Outcomes[price.Rule].Precision);
            price.Cost!.With.ShouldBe(manifest.Metrics["cost"].Test!.Value, 1e-12);
        }
        // without the block its decisions fall to the review rule, whose threshold lies below: all of them are reviewed
        block.Holds.ShouldBe(block.Decisions);
        block.Recall!.Change.ShouldBe(0);
        var days = manifest.Outcomes[1].Count / manifest.Outcomes[1].PerDayMean;
        block.ReviewsPerDay.Change.ShouldBe(block.Decisions / days, 1e-9);
        // without the review they pass
        review.Decisions.ShouldBeGreaterThan(0);
        review.ReviewsPerDay.Without.ShouldBe(0);
        review.Recall!.Change.ShouldBeLessThan(0);
        review.Recall.Interval.ShouldNotBeNull();
        (review.TakenBy, review.TakenByCount).ShouldBe((1, block.Decisions));
        review.Holds.ShouldBe(review.Decisions + block.Decisions);

        Reevaluation.Run(1, payments.Request).RulePrices.Select(static p => p.Cost!.Without)
            .ShouldBe(prices.Select(static p => p.Cost!.Without));
    }
}
