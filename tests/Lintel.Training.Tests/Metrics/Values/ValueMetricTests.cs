using Lintel.Design;
using Lintel.Design.Kinds;
using Lintel.Numerics.Random;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Metrics.Values;

/// <summary>Metrics of estimates against scikit-learn 1.2.1 and NumPy 1.24.2.</summary>
public sealed class ValueMetricTests
{
    private static readonly float[] Labels = [10, 20, 30, 40, 55, 12, 18, 33];
    private static readonly double[] Estimates = [12, 18, 33, 38, 40, 12.5, 25, 30];
    private static readonly double[] Weights = [1, 2, 1, 1, 3, 1, 1, 2];

    private static readonly QuantileScores Quantiles = new(
        [0.1, 0.5, 0.9], [[8, 15, 25, 30, 35, 10, 19, 20], Estimates, [20, 25, 34, 45, 50, 15, 30, 40]]);

    [Theory]
    [InlineData("mae", 4.3125, 5.791666666666667)]
    [InlineData("rmse", 6.166948191772005, 7.996092795859738)]
    [InlineData("bias", -1.1875, -3.7083333333333335)]
    [InlineData("median-ae", 2.5, 3)]
    [InlineData("ae@75%", 5, 11)]
    [InlineData("pinball@10%", 0.825, 1.0333333333333332)]
    [InlineData("pinball@50%", 2.15625, 2.8958333333333335)]
    [InlineData("pinball@90%", 1.1375, 1.6083333333333332)]
    [InlineData("coverage@80%", 0.75, 0.6666666666666666)]
    [InlineData("width@80%", 12.125, 13.083333333333334)]
    [InlineData("late@5", 0.125, 0.25)]
    [InlineData("early@5", 0.125, 0.08333333333333333)]
    public void Agrees_with_the_reference(string metric, double plain, double weighted)
    {
        Point(metric, null).ShouldBe(plain, 1e-12);
        Point(metric, Weights).ShouldBe(weighted, 1e-12);
    }

    private static readonly string[] All =
        ["mae", "rmse", "bias", "median-ae", "ae@90%", "pinball@10%", "crps", "coverage@80%", "width@80%", "late@5", "early@5"];

    public static TheoryData<string> EveryMetric => [.. All];

    [Fact]
    public void Every_metric_of_values_is_tested_here() =>
        MetricKinds.All.Where(static m => m.Kind.For == DecisionUse.Regression).Select(static m => m.Kind.Name).ShouldBe(All.Select(static n => n.Split('@')[0]), ignoreOrder: true);

    [Theory, MemberData(nameof(EveryMetric))]
    public void Weighting_by_copies_equals_listing_rows_so_often(string metric)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new RandomStream(seed);
            int[] copies = [.. Enumerable.Range(0, 40).Select(_ => random.NextInt32(4))];
            var rows = Random(random, copies.Length);
            int[] listed = [.. Enumerable.Range(0, copies.Length).SelectMany(i => Enumerable.Repeat(i, copies[i]))];
            Evaluator.Points(With(rows, [.. Enumerable.Range(0, copies.Length)], [.. copies.Select(static c => (double)c)]), [Design(metric)])[metric]!.Value
                .ShouldBe(Evaluator.Points(With(rows, listed, null), [Design(metric)])[metric]!.Value, 1e-9);
        }
    }

    private static Judged Random(RandomStream random, int count)
    {
        double[] middle = [.. Enumerable.Range(0, count).Select(_ => Math.Round(20 + (5 * random.NextNormal())))];
        return new()
        {
            AreValues = true,
            Margins = middle,
            Labels = [.. middle.Select(m => (float)Math.Round(m + (6 * random.NextNormal())))],
            Quantiles = new([0.1, 0.5, 0.9], [[.. middle.Select(static m => m - 6)], middle, [.. middle.Select(static m => m + 7)]]),
            Days = new int[count],
        };
    }

    private static Judged With(Judged rows, int[] places, double[]? weights) => new()
    {
        AreValues = true,
        Margins = [.. places.Select(i => rows.Margins[i])],
        Labels = [.. places.Select(i => rows.Labels[i])],
        Quantiles = new(rows.Quantiles!.Levels, [.. rows.Quantiles.Values.Select(v => places.Select(i => v[i]).ToArray())]),
        Weights = weights,
        Days = new int[places.Length],
    };

    [Fact]
    public void Crps_agrees_with_numeric_integration() => Point("crps", null).ShouldBe(3.016312, 1e-5);

    [Fact]
    public void Crps_of_one_value_is_its_error() => Point("crps", null, quantiles: false).ShouldBe(Point("mae", null), 1e-12);

    [Theory]
    [InlineData("pinball@20%", "the answer has no 20% quantile; ask for it with 'quantiles'")]
    [InlineData("coverage@90%", "the answer has no quantiles 5% and 95%; ask for both with 'quantiles'")]
    [InlineData("mae@10%", "'mae' takes no cut-off, got 'mae@10%'")]
    [InlineData("pinball", "'pinball' needs a cut-off, e.g. pinball@1%")]
    public void Undefined_says_why(string metric, string because)
    {
        var rows = Rows(null, quantiles: true);
        MetricKinds.Prepare(Design(metric), RankedRows.Rank(rows, Clusters.Of(rows, null))).UndefinedBecause.ShouldBe(because);
    }

    [Theory]
    [InlineData("bias", -3, 2, -1)]
    [InlineData("coverage@80%", 0.7, 0.85, 0.05)]
    [InlineData("mae", 5, 4, 1)]
    public void Better_is_what_lies_nearer_to_the_best(string metric, double champion, double challenger, double gain)
    {
        var design = Design(metric);
        var won = MetricKinds.Badness(design, champion) - MetricKinds.Badness(design, challenger);
        Math.Sign(won).ShouldBe(gain is -1 ? 1 : Math.Sign(gain));
    }

    [Fact]
    public void Estimates_are_judged_beside_baselines_with_intervals_slices_and_gates()
    {
        var count = 400;
        float[] labels = [.. Enumerable.Range(0, count).Select(static i => 20f + (i % 37))];
        double[] estimates = [.. labels.Select(static (y, i) => y + (i % 5) - 2)];
        var result = Evaluator.Evaluate(new()
        {
            Metrics = [Design("mae"), Design("coverage@80%")],
            Test = new()
            {
                AreValues = true,
                Margins = estimates,
                Labels = labels,
                Days = [.. Enumerable.Range(0, count).Select(static i => i / 50)],
            },
            Baselines = [TrivialScores.Constant("mean", count, labels.Average())],
            Slices = [new("late", [.. Enumerable.Range(0, count).Select(static i => i >= 350)]), new("early", [.. Enumerable.Range(0, count).Select(static i => i < 200)])],
            Gates = [new("mae <= 2", default, Design("mae"), false, Lintel.Design.Expressions.BinaryOperator.LessOrEqual, 2, false)],
            Seed = 1,
        });
        result.Metrics["mae"].Test!.Value.ShouldBe(1.2, 1e-9);
        result.Metrics["mae"].HigherIsBetter.ShouldBeFalse();
        result.Metrics["mae"].Baselines["mean"]!.Value.ShouldBeGreaterThan(8);
        result.Metrics["coverage@80%"].Best.ShouldBe(0.8);
        result.Slices.Select(static s => (s.Slice, s.Rows, s.Judged)).ShouldBe([("late", 50, false), ("early", 200, true)]);
        result.Gates.ShouldHaveSingleItem().Holds.ShouldBe(true);
        result.Curves.ShouldBeEmpty();
    }

    private static double Point(string metric, double[]? weights, bool quantiles = true) =>
        Evaluator.Points(Rows(weights, quantiles), [Design(metric)])[metric]!.Value;

    private static Judged Rows(double[]? weights, bool quantiles) => new()
    {
        AreValues = true,
        Margins = Estimates,
        Labels = Labels,
        Quantiles = quantiles ? Quantiles : null,
        Weights = weights,
        Days = new int[Labels.Length],
    };

    private static MetricDesign Design(string name)
    {
        var parts = name.Split('@');
        var isShare = name.EndsWith('%');
        double? at = parts.Length == 1 ? null : double.Parse(parts[1].TrimEnd('%')) / (isShare ? 100 : 1);
        return new(name, default, parts[0], null, at, isShare);
    }
}
