using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>Steps 1 and 2: problem, requirements and metrics.</summary>
public sealed class RequirementRulesTests
{
    private const string Requirements = """
        requirements:
          latency: { p99: 10ms }
          rate: 2000/s
          reviewers: { capacity: 40/day }
          costs: { missed: amount, blocked: 5 + 0.01 * amount, review: 2 }

        """;

    [Fact]
    public void Design_without_any_requirement_is_found()
    {
        Finding("LT0411", With(Requirements, "", ", cost]", "]")).Evidence.ShouldStartWith("0 claims");
        Silent("LT0411", With(Requirements, "requirements:\n  rate: 10/s\n", ", cost]", "]"));
    }

    [Fact]
    public void Outcome_that_no_rule_gives_is_found()
    {
        var finding = Finding("LT0412", With("[allow, review, block]", "[allow, challenge, review, block]"));

        finding.Message.ShouldContain("'challenge'");
        finding.Evidence.ShouldBe("3 of 4 outcomes are given by 3 rules");
        Silent("LT0412", Read());
    }

    [Fact]
    public void Review_without_reviewers_is_found()
    {
        var design = With("  reviewers: { capacity: 40/day }\n", "");

        Finding("LT0421", design).Line.ShouldBe(LineOf(design, "- review if"));
        Silent("LT0421", Read());
        Silent("LT0421", With("  reviewers: { capacity: 40/day }\n", "", "  - review if fraud >= threshold(top 25/day)\n", ""));
    }

    [Theory]
    [InlineData(20, "error", "mean 25 a day, p95 about 33 a day; capacity 20 a day")]
    [InlineData(25, "warning", "mean 25 a day, p95 about 33 a day; capacity 25 a day")]
    [InlineData(33, "warning", "mean 25 a day, p95 about 33 a day; capacity 33 a day")]
    public void Review_load_is_held_against_the_capacity_on_busy_days(int capacity, string severity, string evidence)
    {
        var finding = Finding("LT0422", With("capacity: 40/day", $"capacity: {capacity}/day"));

        (finding.Severity, finding.Evidence).ShouldBe((severity, evidence));
    }

    [Fact]
    public void Review_load_that_the_fix_names_fits()
    {
        var fix = Finding("LT0422", With("capacity: 40/day", "capacity: 25/day")).Fix;

        fix.ShouldContain("at most 18 cases");                            // 18 + 1.645 √18 = 24.98
        Silent("LT0422", With("capacity: 40/day", "capacity: 25/day", "top 25/day", "top 18/day"));
        Finding("LT0422", With("capacity: 40/day", "capacity: 25/day", "top 25/day", "top 19/day")).Severity.ShouldBe("warning");
    }

    [Fact]
    public void Review_load_adds_up_over_rules()
    {
        var design = With("  - allow\n", "  - review if trees >= threshold(top 20/day)\n  - allow\n");

        Finding("LT0422", design).Evidence.ShouldStartWith("mean 45 a day");
    }

    [Fact]
    public void Online_serving_without_latency_is_found()
    {
        Finding("LT0423", With("  latency: { p99: 10ms }\n", "")).Severity.ShouldBe("warning");
        var unstated = Finding("LT0423", With("  rate: 2000/s\n", ""));
        (unstated.Severity, unstated.Evidence).ShouldBe(("note", "p99 ≤ 10 ms at an unstated rate"));
        Silent("LT0423", Read());
        Silent("LT0423", With("  latency: { p99: 10ms }\n", "", "mode: online, on failure: allow, let through: 1%", "mode: batch"));
    }

    [Fact]
    public void Auc_alone_is_found_where_positives_are_rare()
    {
        var design = With("[average-precision, auc, recall@1%, calibration, cost]", "[auc, calibration]", "gates: { average-precision: \">= 0.60\" }", "gates: { auc: \">= 0.80\" }");
        var rare = new SampleHistory { Label = static row => row % 25 == 0 ? 1 : 0 };
        var even = new SampleHistory { Label = static row => row % 2 };

        Finding("LT0424", design).Severity.ShouldBe("note");
        var finding = Finding("LT0424", design, rare.Evidence(design));
        (finding.Severity, finding.Evidence).ShouldBe(("warning", "base rate 4 %: a random alert is wrong 24 times for each hit"));
        Silent("LT0424", design, even.Evidence(design));
        Silent("LT0424", Read());
    }

    [Fact]
    public void Costs_that_nothing_reads_are_found()
    {
        Finding("LT0425", With(", cost]", "]")).Evidence.ShouldBe("3 costs (missed, blocked, review), 0 readers");
        var missing = Finding("LT0425", With("  costs: { missed: amount, blocked: 5 + 0.01 * amount, review: 2 }\n", "", ", cost]", "]"));
        (missing.Severity, missing.Evidence).ShouldBe(("note", "3 outcomes, 0 costs"));
        Silent("LT0425", Read());
    }
}
