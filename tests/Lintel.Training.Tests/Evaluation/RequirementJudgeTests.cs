using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;

namespace Lintel.Training.Tests.Evaluation;

public sealed class RequirementJudgeTests
{
    [Theory]
    [InlineData(99, Verdict.Holds, true)]
    [InlineData(101, Verdict.Broken, false)]
    public void Capacity_holds_when_the_95th_percentile_is_within_it(double p95, Verdict verdict, bool holds)
    {
        var claim = Judge(new() { Reviews = new(80, 80, p95, 130) }).Single(static c => c.Claim.StartsWith("reviews", StringComparison.Ordinal));
        claim.Claim.ShouldBe("reviews p95 ≤ 100/day");
        claim.Verdict.ShouldBe(verdict);
        claim.Holds.ShouldBe(holds);
        claim.Line.ShouldBe("fraud.yaml:6:3");
    }

    [Fact]
    public void What_nothing_measured_is_neither_held_nor_broken()
    {
        var claims = Judge(new());
        claims.Select(static c => c.Claim).ShouldBe(["latency p99 ≤ 10ms", "rate ≥ 2000/s", "freshness ≤ 1s", "reviews p95 ≤ 100/day"]);
        claims.ShouldAllBe(static c => c.Verdict == Verdict.NotMeasured && c.Holds == null && c.Measured == "not measured yet");
    }

    [Fact]
    public void A_running_system_is_compared_with_its_claims()
    {
        var claims = Judge(new() { LatencyMilliseconds = static p => p == 99 ? new Repeats(12, 13, 11) : null, RatePerSecond = new(2400, 2100), Freshness = TimeSpan.FromMilliseconds(3) });
        claims.Take(3).Select(static c => c.Verdict).ShouldBe([Verdict.Broken, Verdict.Holds, Verdict.Holds]);
        claims[0].Measured.ShouldBe("12.00 ms (11.00 … 13.00 over 3 repeats)");
    }

    [Fact]
    public void A_running_system_that_keeps_its_word_only_sometimes_is_undecided()
    {
        var claim = Judge(new() { LatencyMilliseconds = static _ => new Repeats(4, 5, 60) })[0];
        claim.Verdict.ShouldBe(Verdict.Undecided);
        claim.Holds.ShouldBeNull();
        claim.Value.ShouldBe(5);
    }

    [Fact]
    public void Interval_decides_each_comparison()
    {
        var interval = new Interval(0.6, 0.7);
        interval.Judge(BinaryOperator.GreaterOrEqual, 0.6).ShouldBe(Verdict.Holds);
        interval.Judge(BinaryOperator.Greater, 0.6).ShouldBe(Verdict.Undecided);
        interval.Judge(BinaryOperator.GreaterOrEqual, 0.7).ShouldBe(Verdict.Undecided);
        interval.Judge(BinaryOperator.Greater, 0.7).ShouldBe(Verdict.Broken);
        interval.Judge(BinaryOperator.LessOrEqual, 0.7).ShouldBe(Verdict.Holds);
        interval.Judge(BinaryOperator.Less, 0.7).ShouldBe(Verdict.Undecided);
        interval.Judge(BinaryOperator.LessOrEqual, 0.5).ShouldBe(Verdict.Broken);
        interval.Judge(BinaryOperator.Less, 0.6).ShouldBe(Verdict.Broken);
        Should.Throw<ArgumentException>(() => interval.Judge(BinaryOperator.Equal, 0.5));
    }

    private static IReadOnlyList<ClaimResult> Judge(RequirementMeasurements measured) => RequirementJudge.Judge(new()
    {
        Latency = [new LatencyClaim(99, TimeSpan.FromMilliseconds(10))],
        RatePerSecond = 2000,
        Freshness = TimeSpan.FromSeconds(1),
        ReviewersPerDay = 100,
        Costs = [],
        At = ImmutableDictionary<string, SourceSpan>.Empty.Add("reviewers", new("fraud.yaml", 6, 3)),
    }, measured);
}
