using Lintel.Design;
using Lintel.Numerics.Random;
using Lintel.Training.Evaluation;
using Lintel.Training.Metrics;
using Lintel.Training.Tests.Metrics;

namespace Lintel.Training.Tests.Evaluation;

public sealed class ClusterBootstrapTests
{
    [Fact]
    public void Each_draw_has_as_many_keys_and_days_as_there_are()
    {
        var clusters = Clusters.Of(JudgedRows.Random(500, 1, days: 9, cards: 60), "card");
        var bootstrap = new ClusterBootstrap(clusters, 50, 3);
        double[] keys = new double[clusters.KeyCount], days = new double[clusters.Days.Length];
        for (var r = 0; r < 50; r++)
        {
            bootstrap.Draw(r, keys, days);
            keys.Sum().ShouldBe(60);
            days.Sum().ShouldBe(9);
        }
    }

    [Fact]
    public void A_replicate_equals_resampling_the_rows_themselves()
    {
        var rows = JudgedRows.Random(300, 5, days: 6, cards: 30);
        var clusters = Clusters.Of(rows, "card");
        var ranked = RankedRows.Rank(rows, clusters);
        var bootstrap = new ClusterBootstrap(clusters, 20, 3);
        var figures = bootstrap.Evaluate([new(ranked, [MetricKinds.Prepare(JudgedRows.Metric("auc"), ranked)])], threads: 1);
        double[] keys = new double[clusters.KeyCount], days = new double[clusters.Days.Length];
        var expected = new double[20];
        for (var r = 0; r < 20; r++)
        {
            bootstrap.Draw(r, keys, days);
            var drawn = Enumerable.Range(0, rows.Count)
                .SelectMany(i => Enumerable.Repeat(i, (int)(keys[clusters.KeyOf[i]] * days[clusters.DayOf[i]]))).ToArray();
            expected[r] = JudgedRows.Evaluate("auc", JudgedRows.Of([.. drawn.Select(i => rows.Margins[i])], [.. drawn.Select(i => rows.Labels[i])]));
        }
        var bias = expected.Average() - figures[0][0].Value!.Value;
        for (var r = 0; r < 20; r++) { figures[0][0].Replicates[r].ShouldBe(expected[r] - bias, 1e-10); }
    }

    /// <summary>A day's list is cut from fewer distinct keys in each resample; the interval holds the figure all the same.</summary>
    [Fact]
    public void Interval_of_a_list_metric_holds_the_figure()
    {
        var rows = JudgedRows.Random(2_000, 9, days: 12, cards: 60);
        var clusters = Clusters.Of(rows, "card");
        var ranked = RankedRows.Rank(rows, clusters);
        var design = new MetricDesign("card-precision@10", default, "key-precision", "card", 10, false);
        var figure = new ClusterBootstrap(clusters, 200, 1)
            .Evaluate([new(ranked, [MetricKinds.Prepare(design, ranked)])], threads: 1)[0][0];
        figure.Value!.Value.ShouldBeInRange(figure.Interval!.Value.Low, figure.Interval.Value.High);
        figure.Replicates.Average().ShouldBe(figure.Value.Value, 1e-12);
    }

    /// <summary>The scheme's promise: cards and days that move together do not make the interval too narrow. 150 worlds with an effect
    /// of each card and of each day on the rate; the truth is the rate without them.</summary>
    [Fact]
    public void Intervals_cover_the_truth_when_cards_and_days_move_together()
    {
        const int Worlds = 150, Cards = 40, Days = 20;
        int covered = 0, coveredByRows = 0;
        for (ulong world = 0; world < Worlds; world++)
        {
            var random = new RandomStream(world, 77);
            double[] card = [.. Enumerable.Range(0, Cards).Select(_ => 0.1 * random.NextNormal())];
            double[] day = [.. Enumerable.Range(0, Days).Select(_ => 0.1 * random.NextNormal())];
            var count = Cards * Days;
            int[] cards = [.. Enumerable.Range(0, count).Select(static i => i % Cards)];
            int[] days = [.. Enumerable.Range(0, count).Select(static i => i / Cards)];
            var labels = new float[count];
            for (var i = 0; i < count; i++) { labels[i] = random.NextDouble() < 0.5 + card[cards[i]] + day[days[i]] ? 1 : 0; }
            var rows = JudgedRows.Of(new double[count], labels, days, cards);
            // all margins tie at 0, so p = 0.5: Σp / Σy is 0.5 / rate, 1 in truth
            covered += Covers(rows, "card", world) ? 1 : 0;
            var alone = JudgedRows.Of(new double[count], labels, [.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count)]);
            coveredByRows += Covers(alone, null, world, rowsOnly: true) ? 1 : 0;
        }
        ((double)covered / Worlds).ShouldBeGreaterThan(0.9);
        coveredByRows.ShouldBeLessThan(covered);
    }

    [Fact]
    public void Percentiles_are_interpolated_and_too_many_undefined_give_no_interval()
    {
        double[] replicates = [.. Enumerable.Range(0, 101).Select(static i => (double)i)];
        Interval.Of95(replicates).ShouldBe(new Interval(2.5, 97.5));
        for (var i = 0; i < 20; i++) { replicates[i] = double.NaN; }
        Interval.Of95(replicates).ShouldBeNull();
        Interval.Of95([]).ShouldBeNull();
    }

    [Fact]
    public void P_value_is_twice_the_share_across_the_bound()
    {
        double[] replicates = [.. Enumerable.Range(1, 100).Select(static i => (double)i)];
        var figure = new BootstrapFigure(50.5, "", replicates);
        figure.PValue(5.5).ShouldBe(0.1, 1e-12);
        figure.PValue(95.5).ShouldBe(0.1, 1e-12);
        figure.PValue(50.5).ShouldBe(1, 1e-12);
        figure.PValue(-1000).ShouldBeLessThan(1e-6);
    }

    // scipy 1.10 norm.sf
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.15865525393145707)]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(4, 3.167124183311986e-05)]
    public void Normal_tail_equals_the_reference(double z, double expected) =>
        BootstrapFigure.NormalTail(z).ShouldBe(expected, expected * 2e-7);

    private static bool Covers(Judged rows, string? key, ulong seed, bool rowsOnly = false)
    {
        var clusters = Clusters.Of(rowsOnly ? JudgedRows.Of(rows.Margins, rows.Labels, new int[rows.Count]) : rows, key);
        var ranked = RankedRows.Rank(rows, clusters);
        var figure = new ClusterBootstrap(clusters, 200, seed)
            .Evaluate([new(ranked, [MetricKinds.Prepare(JudgedRows.Metric("calibration"), ranked)])], threads: 1)[0][0];
        return figure.Interval is { Low: <= 1, High: >= 1 };
    }
}
