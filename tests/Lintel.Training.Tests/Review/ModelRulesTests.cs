using Lintel.Training.Splits;
using static Lintel.Training.Tests.Review.SoundDesign;

namespace Lintel.Training.Tests.Review;

/// <summary>Steps 6 and 7: models, training and evaluation.</summary>
public sealed class ModelRulesTests
{
    [Fact]
    public void Probability_without_a_calibrator_is_found()
    {
        var design = With(", calibrate: isotonic", "", "review if fraud >= threshold(top 25/day)", "review if fraud >= 0.5");

        Finding("LT0461", design).Message.ShouldContain("'review if fraud >= 0.5'");
        Silent("LT0461", With("review if fraud >= threshold(top 25/day)", "review if fraud >= 0.5"));
        Silent("LT0461", With(", calibrate: isotonic", ""));            // thresholds are solved on margins
    }

    [Fact]
    public void Sampling_without_a_look_at_calibration_is_found()
    {
        var finding = Finding("LT0462", With("calibration, cost]", "cost]"));

        finding.Evidence.ShouldBe("10 % of negatives kept: a shift of -2.3 in log-odds");
        Silent("LT0462", Read());
        Silent("LT0462", With("calibration, cost]", "cost]", ", sample: { negatives: 10% }", ""));
    }

    [Fact]
    public void Design_without_a_simple_model_is_noted()
    {
        var design = With("  simple: { kind: logistic }\n", "", "of: [simple, trees]", "of: [trees]");

        Finding("LT0463", design).Evidence.ShouldBe("kinds fitted: xgboost; 0 linear");
        Silent("LT0463", Read());
    }

    [Fact]
    public void Few_positives_for_each_feature_are_found()
    {
        var design = Read();
        // train is rows 200 to 2,599: 24 positives for 4 features
        var rare = new SampleHistory { Label = static row => row % 100 == 0 ? 1 : 0 };

        Finding("LT0464", design, rare.Evidence(design)).Evidence.ShouldBe("24 positives for 4 features: 6 each; 10 expected");
        Silent("LT0464", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Wide_search_on_few_positives_is_noted()
    {
        var design = With("trees: 300, depth: 4", "tune: { depth: [2, 3, 4, 6], trees: [100, 300], metric: average-precision }");
        // validate is rows 2,768 to 3,367: 600 rows, 30 positives for 8 candidates
        var rare = new SampleHistory { Label = static row => row % 20 == 0 ? 1 : 0 };

        Finding("LT0465", design, rare.Evidence(design)).Evidence.ShouldBe("8 candidates, 30 positives in validate");
        Silent("LT0465", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Search_without_validation_is_found()
    {
        var design = With("trees: 300, depth: 4", "tune: { depth: [2, 3], metric: average-precision }", "validate: 15%, test: 25%", "test: 40%");

        var finding = Finding("LT0444", design);

        (finding.Severity, finding.Evidence).ShouldBe(("warning", "2 solved thresholds, 1 searches over settings, 0 validation days"));
    }

    [Fact]
    public void Missing_baselines_are_found()
    {
        Finding("LT0471", With("  baselines: [random, amount]\n", "")).Severity.ShouldBe("warning");
        var chance = Finding("LT0471", With("[random, amount]", "[random]"));
        (chance.Severity, chance.Evidence).ShouldBe(("note", "1 baselines, 0 that a person could use"));
        Silent("LT0471", Read());
    }

    [Fact]
    public void Missing_slices_are_found_and_small_ones_noted()
    {
        Finding("LT0472", With("  slices: [night]\n", "")).Evidence.ShouldBe("0 slices");
        var design = Read();
        var small = Finding("LT0472", design, new SampleHistory { Slices = [new("night", 900, 99)] }.Evidence(design));
        (small.Severity, small.Evidence, small.Line).ShouldBe(("note", "99 positives of 900 test decisions; 100 are needed", LineOf(design, "slices:")));
        Silent("LT0472", design, new SampleHistory { Slices = [new("night", 900, 100)] }.Evidence(design));
    }

    [Fact]
    public void Missing_gates_are_found()
    {
        Finding("LT0473", With("  gates: { average-precision: \">= 0.60\" }\n", "")).Evidence.ShouldBe("0 gates on 5 metrics");
        Silent("LT0473", Read());
    }

    [Fact]
    public void Gate_finer_than_the_test_part_is_found()
    {
        var design = Read();
        var rare = new SampleHistory { Label = static row => row % 10 == 0 ? 1 : 0 };

        // test is rows 3,536 to 4,799: 126 positives; 1.96 √(0.6 · 0.4 / 126)
        Finding("LT0474", design, rare.Evidence(design)).Evidence.ShouldBe($"bound 0.6 ± {1.96 * Math.Sqrt(0.24 / 126):0.###} with 126 positives");
        Silent("LT0474", design, new SampleHistory().Evidence(design));
    }

    [Fact]
    public void Gate_that_can_never_hold_is_found()
    {
        var design = With("average-precision: \">= 0.60\"", "auc: \">= 0.995\"");
        var rare = new SampleHistory { Label = static row => row % 100 == 0 ? 1 : 0 };

        Finding("LT0474", design, rare.Evidence(design)).Message.ShouldBe("the gate 'auc >= 0.995' can never be said to hold with this test part");
    }

    [Fact]
    public void Gate_that_chance_passes_is_found()
    {
        Finding("LT0475", With("average-precision: \">= 0.60\"", "auc: \">= 0.5\"")).Evidence.ShouldBe("bound 0.5, random 0.5");
        var design = With(">= 0.60", ">= 0.20");
        Finding("LT0475", design, new SampleHistory().Evidence(design)).Evidence.ShouldBe("bound 0.2, random 0.25");
        Silent("LT0475", design);
        Silent("LT0475", Read(), new SampleHistory().Evidence(Read()));
    }

    [Fact]
    public void Test_part_shorter_than_a_week_is_found()
    {
        var design = Read();
        var history = new SampleHistory { Part = static row => row >= 4_700 ? SplitPart.Test : SplitPart.Train };

        Finding("LT0476", design, history.Evidence(design)).Evidence.ShouldBe("test spans 4.1 d");
        Silent("LT0476", design, new SampleHistory().Evidence(design));
    }
}
