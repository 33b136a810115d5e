using Lintel.Decisions.Cascades;
using Lintel.Numerics.Random;

namespace Lintel.Decisions.Tests.Cascades;

public sealed class CascadeSolverTests
{
    private static readonly CascadeScores Scores = Make(4_000, 1);

    [Theory]
    [InlineData(0.05), InlineData(0.1), InlineData(0.2), InlineData(0.5)]
    public void More_of_the_heavy_model_finds_more_and_the_share_is_kept(double share)
    {
        var none = CascadeSolver.Solve(Scores, 0, 0.8);
        var some = CascadeSolver.Solve(Scores, share, 0.8);
        var all = CascadeSolver.Solve(Scores, 1, 0.8);
        none.Sent.ShouldBe(0);
        some.Sent.ShouldBeInRange(share - 0.01, share);
        all.Sent.ShouldBe(1);
        some.Recall.ShouldBeGreaterThan(none.Recall);
        some.Precision.ShouldBeGreaterThanOrEqualTo(0.8);
        if (share == 0.5) { some.Recall.ShouldBeGreaterThan(all.Recall - 0.08); }
        if (share == 0.5) { none.Recall.ShouldBeLessThan(all.Recall - 0.1); }
    }

    [Fact]
    public void The_figures_are_those_of_its_decisions()
    {
        var cascade = CascadeSolver.Solve(Scores, 0.1, 0.7);
        double hits = 0, flagged = 0, sent = 0;
        for (var i = 0; i < Scores.Count; i++)
        {
            sent += cascade.Band.Sends(Scores.Light[i]) ? 1 : 0;
            if (cascade.Margin(Scores.Light[i], Scores.Heavy[i]) < cascade.Threshold) { continue; }
            flagged++;
            hits += Scores.Labels[i];
        }
        cascade.Sent.ShouldBe(sent / Scores.Count, 1e-12);
        cascade.Precision.ShouldBe(hits / flagged, 1e-12);
        cascade.Recall.ShouldBe(hits / Scores.Labels.Sum(), 1e-12);
    }

    [Fact]
    public void No_band_of_that_length_is_better_where_all_are_tried()
    {
        var few = Make(120, 3);
        var solved = CascadeSolver.Solve(few, 0.25, 0.7);
        double[] light = [.. few.Light.Order(), double.PositiveInfinity];
        var best = 0.0;
        for (var from = 0; from < few.Count; from++)
        {
            best = Math.Max(best, CascadeSolver.Judge(few, new(light[from], light[Math.Min(few.Count, from + 30)]), 0.7).Recall);
        }
        // a coarse grid may pass a better band by, by a row or two
        solved.Recall.ShouldBeGreaterThan(best - 0.05);
        solved.Recall.ShouldBeLessThanOrEqualTo(best + 1e-12);
    }

    [Fact]
    public void Ties_are_sent_together_and_never_beyond_the_share()
    {
        var coarse = Scores with { Light = [.. Scores.Light.Select(static m => Math.Round(m))] };
        foreach (var share in new[] { 0.01, 0.1, 0.3, 0.7 }) { CascadeSolver.Solve(coarse, share, 0.8).Sent.ShouldBeLessThanOrEqualTo(share + 1e-9); }
        CascadeSolver.Solve(coarse, 0.3, 0.8).Sent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_the_light_model_cannot_score_is_sent_and_counts()
    {
        double[] light = [.. Scores.Light];
        for (var i = 0; i < 200; i++) { light[i] = double.NaN; }
        var cascade = CascadeSolver.Solve(Scores with { Light = light }, 0.1, 0.8);
        cascade.Band.Sends(double.NaN).ShouldBeTrue();
        cascade.Sent.ShouldBeInRange(0.05, 0.1);
    }

    [Fact]
    public void Rows_of_weight_two_count_as_two()
    {
        var twice = Scores with { Weights = [.. Scores.Labels.Select(static _ => 2.0)] };
        CascadeSolver.Solve(twice, 0.1, 0.8).ShouldBe(CascadeSolver.Solve(Scores, 0.1, 0.8));
    }

    [Fact]
    public void A_budget_is_a_share()
    {
        CascadeSolver.Within(Scores, budget: 3, lightPrice: 1, heavyPrice: 20, 0.8).ShouldBe(CascadeSolver.Solve(Scores, 0.1, 0.8));
        CascadeSolver.Within(Scores, 100, 1, 20, 0.8).Sent.ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => CascadeSolver.Within(Scores, 0.5, 1, 20, 0.8));
    }

    [Fact]
    public void A_precision_that_nothing_reaches_flags_nothing()
    {
        var hopeless = new CascadeScores([3, 2, 1], [3, 2, 1], [0, 1, 0]);
        var cascade = CascadeSolver.Solve(hopeless, 0.4, 0.9);
        cascade.Threshold.ShouldBe(double.PositiveInfinity);
        cascade.Recall.ShouldBe(0);
    }

    [Fact]
    public void Rows_that_are_none_are_refused_in_words()
    {
        Should.Throw<ArgumentException>(() => CascadeSolver.Solve(new([1], [1], [0]), 0.1, 0.8)).Message.ShouldContain("is positive");
        Should.Throw<ArgumentException>(() => CascadeSolver.Solve(new([1], [double.NaN], [1]), 0.1, 0.8)).Message.ShouldContain("row 0 has no heavy margin");
        Should.Throw<ArgumentException>(() => CascadeSolver.Solve(new([1, 2], [1], [1]), 0.1, 0.8)).Message.ShouldContain("2 light and 1 heavy");
        Should.Throw<ArgumentOutOfRangeException>(() => CascadeSolver.Solve(Scores, 1.5, 0.8));
    }

    // the heavy model sees the truth with less noise
    private static CascadeScores Make(int count, ulong seed)
    {
        var random = new RandomStream(seed);
        var (light, heavy, labels) = (new double[count], new double[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = random.NextDouble() < 0.2 ? 1 : 0;
            light[i] = -2 + (labels[i] * 2) + (1.5 * random.NextNormal());
            heavy[i] = -2 + (labels[i] * 4) + (1.5 * random.NextNormal());
        }
        return new(light, heavy, labels);
    }
}
