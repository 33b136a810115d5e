using Lintel.Training.Online;
using Lintel.Training.Report;
using Lintel.Training.Tests.Ranking;

namespace Lintel.Training.Tests.Online;

public sealed class TradeoffRunTests
{
    [Fact]
    public void Online_beats_static_after_a_drift_and_not_before()
    {
        using var clicks = new DriftingClicks();
        var made = TradeoffRun.Run(clicks.Request, []);

        made.Models.Select(static m => m.Name).ShouldBe(["numbers", "online"]);
        made.Models[0].LearnsOnline.ShouldBeFalse();
        var model = made.Models[1];
        model.Ways.Select(static w => w.Way).ShouldBe(
        [
            "fitted once", "retrained 1d", "retrained 7d", "online 5m", "online 1h", "online 1d", "online 5m, settled", "online 1d, settled",
            "online 5m, reweighted",
        ]);
        var entropy = model.Ways.ToDictionary(static w => w.Way, static w => w.Figures.NormalisedEntropy!.Value);
        entropy["online 5m"].ShouldBeLessThan(0.8 * entropy["fitted once"]);
        entropy["online 5m, reweighted"].ShouldBeLessThan(0.8 * entropy["fitted once"]);
        entropy["online 5m"].ShouldBeLessThan(entropy["online 1d"]);
        entropy["retrained 1d"].ShouldBeLessThan(entropy["fitted once"]);
        model.Ways.ShouldAllBe(w => w.Days.Count == 8 && w.Days.Sum(static d => d.Rows) == made.TestRows);
        model.Freshness.Select(static p => p.Age).ShouldBe(Enumerable.Range(0, 8));
        model.Freshness.Take(2).ShouldAllBe(static p => Math.Abs(p.Loss) < 0.1);
        model.Freshness[^1].Loss.ShouldBeGreaterThan(0.5);
        model.RowMicroseconds.ShouldBeGreaterThan(0);
        model.PageMicroseconds.ShouldBeGreaterThan(model.RowMicroseconds);
        model.Bytes.ShouldBeGreaterThan(0);

        var page = TradeoffsPage.Write(made);
        page.Split("<svg").Length.ShouldBe(6);
        page.ShouldContain("online 5m, reweighted");
    }

    [Fact]
    public void A_model_may_be_named_and_must_be_there()
    {
        using var clicks = new DriftingClicks();
        TradeoffRun.Run(clicks.Request, ["online"]).Models.ShouldHaveSingleItem().Name.ShouldBe("online");
        Should.Throw<InvalidDataException>(() => TradeoffRun.Run(clicks.Request, ["nobody"])).Message
            .ShouldContain("expected one of numbers, online");
    }

    [Fact]
    public void A_design_without_an_online_learner_is_told_which_kinds_are()
    {
        using var clicks = new DriftingClicks("{ kind: logistic, uses: [amount] }");
        Should.Throw<InvalidDataException>(() => TradeoffRun.Run(clicks.Request, [])).Message
            .ShouldContain("no model learns online: numbers (logistic), online (logistic). Add one of kind ftrl, leaves, dcn.");
    }

    [Fact]
    public void Ways_to_sample_are_judged_on_every_row()
    {
        using var clicks = new DriftingClicks();
        var table = SamplingRun.Run(clicks.Request, "online", days: 2);
        table.TestRows.ShouldBe(2 * DriftingClicks.PerDay);
        table.Ways.Select(static w => w.Way.Split(' ')[0]).Distinct().ShouldBe(["every", "negatives", "class", "positives"]);
        table.Ways[0].Rows.ShouldBe(table.TrainRows);
        table.Ways.First(static w => w.Way.StartsWith("negatives", StringComparison.Ordinal)).Rows.ShouldBeLessThan(table.Ways[0].Rows);
        table.Ways[^1].Rows.ShouldBe(table.TrainRows + (9 * table.Ways[0].Positives));
        table.NotOffered[0].ShouldContain("focal");
        table.NotOffered[1].ShouldContain("give the split a validate part");
        // folds that ended with clicks whose visits' neighbours had not settled would promise far too much, and calibrating undo it
        foreach (var way in table.Ways.Where(static w => !w.Way.StartsWith("negatives 1 %", StringComparison.Ordinal)))
        {
            way.Figures.Calibration!.Value.ShouldBe(1, 5 * way.Figures.CalibrationError!.Value, way.Way);
        }
    }

    [Fact]
    public void Of_a_ranking_each_shown_item_has_its_own_label_and_instant()
    {
        using var ads = new SmallAds();
        var prepared = ads.Click(6, 1, 5).Click(7, 2, 40).Prepare();
        using var clicks = new DriftingClicks();
        var rows = LearningRows.Read(prepared, clicks.Request, default);

        rows.Judged.Length.ShouldBe(8);
        foreach (var row in rows.Judged)
        {
            var hour = (int)((rows.Examples.Known[row] - SmallAds.Hour(0)) / (60 * SmallAds.Minute));
            var position = (int)rows.Examples.Row(row)[0];
            rows.Examples.Labels[row].ShouldBe((hour, position) == (6, 1) ? 1 : 0);
            rows.Examples.LabelKnown[row].ShouldBe(
                SmallAds.Hour(hour) + ((position + ((hour, position) == (6, 1) ? 5 : 30)) * SmallAds.Minute));
            rows.Settled[row].ShouldBe(SmallAds.Hour(hour) + ((position + 30) * SmallAds.Minute));
        }
    }
}
