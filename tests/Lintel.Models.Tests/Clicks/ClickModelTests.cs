using Lintel.Models.Clicks;
using Lintel.Numerics.Random;

namespace Lintel.Models.Tests.Clicks;

public sealed class ClickModelTests
{
    /// <summary>Three items whose attractiveness is 0.8, 0.4 and 0.1, in drawn orders; examination 1, 0.5, 0.25.</summary>
    private static readonly double[] Attractive = [0.8, 0.4, 0.1], Examined = [1, 0.5, 0.25];

    [Fact]
    public void Position_based_clicks_find_what_made_the_log()
    {
        var log = Log(40_000, isCascade: false);
        var drawn = ExaminationCurve.FromRandomised(log);
        var model = PositionBasedClicks.Fit(log);
        for (var place = 1; place <= 3; place++)
        {
            drawn[place].ShouldBe(Examined[place - 1], 0.02);
            Math.Abs(drawn[place] - Examined[place - 1]).ShouldBeLessThanOrEqualTo(3.5 * drawn.Error(place));
            model.Examination[place].ShouldBe(Examined[place - 1], 0.02);
        }
        for (var item = 0; item < 3; item++)
        {
            var estimate = model.Attractive(log.PairOf(7, item));
            estimate.Value.ShouldBe(Attractive[item], 0.03);
            (estimate.Low < estimate.Value && estimate.Value < estimate.High).ShouldBeTrue();
        }
        model.ClickChance(log.PairOf(7, 0), 2).ShouldBe(0.4, 0.03);
        drawn.Weight(3).ShouldBe(4, 0.3);
        drawn.Weight(3, cap: 2).ShouldBe(2);
    }

    /// <summary>Who clicks is satisfied with 0.5 and goes on with 0.9.</summary>
    [Fact]
    public void Cascade_finds_what_made_the_log()
    {
        var log = Log(40_000, isCascade: true);
        var model = CascadeClicks.Fit(log, iterations: 200);
        model.GoesOn.ShouldBe(0.9, 0.03);
        for (var item = 0; item < 3; item++)
        {
            model.Attractive(log.PairOf(7, item)).Value.ShouldBe(Attractive[item], 0.03);
            model.Satisfies(log.PairOf(7, item)).Value.ShouldBe(0.5, 0.06);
        }
    }

    /// <summary>Two pages, counted by hand. Drawn order A B with a click on both, B A with a click on the first: place 1 was clicked twice,
    /// place 2 once. Per page, click₂ − ½ click₁ is ½ and −½: the standard error is √(¼ / 2) over the first place's rate of 1.</summary>
    [Fact]
    public void Ratio_of_randomised_pages_and_its_error_are_as_counted_by_hand()
    {
        var log = new ClickLog();
        log.Add(1, [1, 2], [true, true], randomised: true);
        log.Add(1, [2, 1], [true, false], randomised: true);
        log.Add(1, [1, 2], [false, true], randomised: false);
        var curve = ExaminationCurve.FromRandomised(log);
        curve[1].ShouldBe(1);
        curve.Error(1).ShouldBe(0);
        curve[2].ShouldBe(0.5);
        curve.Error(2).ShouldBe(Math.Sqrt(0.125), 1e-12);
    }

    /// <summary>Two items, each shown 100 times at both places and clicked 44 and 6, 36 and 14 times: together 80 and 20, so θ is ¼ and a fifth
    /// of an item's clicks is expected at the second place. There they have 4 too few and 4 too many; the information about log θ is
    /// 100 · 0.8 · 0.2 = 16, so its variance is (4² + 4²) / 16² and the error of θ ¼ · √⅛.</summary>
    [Fact]
    public void Pairs_at_two_places_give_the_ratio_and_its_error_as_counted_by_hand()
    {
        var log = new ClickLog();
        for (var i = 0; i < 100; i++)
        {
            log.Add(1, [1, 2], [i < 44, i < 14], randomised: false);
            log.Add(1, [2, 1], [i < 36, i < 6], randomised: false);
        }
        var curve = ExaminationCurve.FromPairs(log);
        curve[2].ShouldBe(0.25, 1e-9);
        curve.Error(2).ShouldBe(0.25 * Math.Sqrt(0.125), 1e-9);
    }

    /// <summary>One place, always examined: attractiveness is (clicks + 0.5) / (shown + 5).</summary>
    [Fact]
    public void One_place_alone_is_a_smoothed_share_of_clicks()
    {
        var log = new ClickLog();
        for (var i = 0; i < 10; i++) { log.Add(1, [4], [i < 3], randomised: false); }
        PositionBasedClicks.Fit(log, ExaminationCurve.Of(1)).Attractive(0).Value.ShouldBe(3.5 / 15, 1e-12);
        CascadeClicks.Fit(log).Attractive(0).Value.ShouldBe(3.5 / 15, 1e-12);
        log.PairOf(2, 4).ShouldBe(-1);
    }

    [Fact]
    public void What_cannot_be_fitted_is_told()
    {
        var log = new ClickLog();
        Should.Throw<FitException>(() => PositionBasedClicks.Fit(log)).Message.ShouldContain("no impression among 0 pages");
        log.Add(1, [1, 2], [false, false], randomised: false);
        Should.Throw<FitException>(() => CascadeClicks.Fit(log)).Message.ShouldContain("2 impressions and no click");
        log.Add(1, [1, 2], [true, false], randomised: false);
        Should.Throw<FitException>(() => ExaminationCurve.FromRandomised(log)).Message.ShouldContain("let more pages be randomised");
        Should.Throw<FitException>(() => PositionBasedClicks.Fit(log, ExaminationCurve.Of(1))).Message.ShouldContain("up to 2 places");
        Should.Throw<FitException>(() => ExaminationCurve.FromPairs(log)).Message.ShouldContain("shown at place 2");
        Should.Throw<ArgumentException>(() => log.Add(1, [1], [], randomised: false)).Message.ShouldContain("1 items and 0 flags");
        Should.Throw<ArgumentException>(() => ExaminationCurve.Of(1, 0)).Message.ShouldContain("an examination of 0");
        Should.Throw<ArgumentException>(() => PositionBasedClicks.Fit(log, prior: new(5, 5))).Message.ShouldContain("fewer than examinations");
    }

    private static ClickLog Log(int pages, bool isCascade)
    {
        var random = new RandomStream(3);
        var log = new ClickLog();
        int[] items = [0, 1, 2];
        var clicked = new bool[3];
        for (var page = 0; page < pages; page++)
        {
            random.Shuffle<int>(items);
            Array.Clear(clicked);
            for (var i = 0; i < 3; i++)
            {
                if (!isCascade)
                {
                    clicked[i] = random.NextDouble() < Examined[i] * Attractive[items[i]];
                    continue;
                }
                clicked[i] = random.NextDouble() < Attractive[items[i]];
                if ((clicked[i] && random.NextDouble() < 0.5) || random.NextDouble() >= 0.9) { break; }
            }
            log.Add(7, items, clicked, randomised: true);
        }
        return log;
    }
}
