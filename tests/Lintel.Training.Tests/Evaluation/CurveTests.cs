using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;
using Lintel.Training.Tests.Metrics;

namespace Lintel.Training.Tests.Evaluation;

public sealed class CurveTests
{
    [Fact]
    public void Curves_have_at_most_two_hundred_points_and_keep_the_picture()
    {
        var rows = JudgedRows.Random(50_000, 4, distinctMargins: 100_000);
        var ranked = RankedRows.Rank(rows, Clusters.Of(rows, null));
        var curves = Curves.Of(ranked);
        curves.Keys.ShouldBe(["calibration", "gain", "pr", "roc"]);
        foreach (var (name, curve) in curves)
        {
            curve.Xs.Length.ShouldBeLessThanOrEqualTo(Curves.MaxPoints, name);
            curve.Xs.Length.ShouldBe(curve.Ys.Length);
        }
        var roc = curves["roc"];
        (roc.Xs[0], roc.Ys[0], roc.Xs[^1], roc.Ys[^1]).ShouldBe((0, 0, 1, 1));
        roc.Xs.ShouldBeInOrder();
        // the area under the thinned line is still the AUC
        double area = 0;
        for (var i = 1; i < roc.Xs.Length; i++) { area += (roc.Xs[i] - roc.Xs[i - 1]) * (roc.Ys[i] + roc.Ys[i - 1]) / 2; }
        area.ShouldBe(JudgedRows.Evaluate("auc", rows), 0.002);
    }

    [Fact]
    public void No_point_left_out_lies_further_from_the_line_than_it_says()
    {
        double[] xs = [.. Enumerable.Range(0, 5_000).Select(static i => i / 5_000.0)];
        double[] ys = [.. xs.Select(static x => Math.Sin(12 * x) / (1 + x))];
        var (thinX, thinY, deviation) = CurveThinning.Thin(xs, ys, 60);
        thinX.Length.ShouldBe(60);
        deviation.ShouldBeLessThan(0.01);
        for (var i = 0; i < xs.Length; i++)
        {
            var nearest = Enumerable.Range(1, thinX.Length - 1)
                .Min(s => CurveThinning.SquaredDistance(xs[i], ys[i], thinX[s - 1], thinY[s - 1], thinX[s], thinY[s]));
            Math.Sqrt(nearest).ShouldBeLessThanOrEqualTo(deviation + 1e-12);
        }
    }

    [Fact]
    public void Few_points_stay_as_they_are()
    {
        var rows = JudgedRows.Of([3, 2, 1], [1, 0, 1]);
        var curves = Curves.Of(RankedRows.Rank(rows, Clusters.Of(rows, null)));
        curves["pr"].Xs.ShouldBe([0, 0.5, 0.5, 1]);
        curves["pr"].Ys.ShouldBe([1, 1, 0.5, 2.0 / 3]);
        curves["roc"].Xs.ShouldBe([0, 0, 1, 1]);
        curves["roc"].Ys.ShouldBe([0, 0.5, 0.5, 1]);
        curves["gain"].Xs.ShouldBe([0, 1.0 / 3, 2.0 / 3, 1]);
    }

    [Fact]
    public void Calibration_points_weigh_all_rows_and_part_the_top()
    {
        var rows = JudgedRows.Random(20_000, 4, distinctMargins: 100_000);
        var calibration = Curves.Of(RankedRows.Rank(rows, Clusters.Of(rows, null)))["calibration"];
        calibration.Xs.Length.ShouldBe(23);
        calibration.Weights!.Sum().ShouldBe(20_000);
        calibration.Weights![^1].ShouldBe(20, 1.01);
        calibration.Xs.ShouldBeInOrder();
    }
}
