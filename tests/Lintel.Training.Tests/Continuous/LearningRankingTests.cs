using Lintel.Pipeline.Versions;

namespace Lintel.Training.Tests.Continuous;

/// <summary>A ranking that says what was shown goes on learning as a classification does.</summary>
public sealed class LearningRankingTests
{
    [Fact]
    public async Task What_was_shown_is_learned_and_pages_of_what_was_learned_teach_on()
    {
        using var ads = new TrainedAds();
        var run = ads.Run();
        using (var live = ads.Serve(1))
        {
            run.Step(live.Log.Durable);
            // ad b is clicked as often as ad a now
            run.Step(await ads.PlayAsync(live, 120, static (i, _) => i % 10 < 4));
        }
        (run.Status.Rows, run.Status.Waiting, run.Status.Pages, run.Status.Unheard).ShouldBe((240, 0, 1, 0));
        ads.Champion.ShouldBe(2);
        var manifest = SystemVersion.ReadManifest(ads.Workspace.VersionFolder(2));
        (manifest.Continuous!.Root, manifest.Continuous.Rows, manifest.Continuous.Hour.Positives).ShouldBe((1, 240, 96));
        ads.Lines.ShouldHaveSingleItem().ShouldStartWith("version 2 is live: 240 labelled items shown learned since version 1");
        Probability(ads, 2, "b").ShouldBeGreaterThan(1.5 * Probability(ads, 1, "b"));

        using var after = ads.Serve(2);
        run.Step(await ads.PlayAsync(after, 20, TrainedAds.Usual));
        (run.Status.Rows, run.Status.Unheard, run.Status.Blocked).ShouldBe((280, 0, 0));
        ads.Champion.ShouldBe(3);
    }

    [Theory]
    [InlineData("kind: ftrl, sample: { negatives: 50% }, calibrate: platt")]
    [InlineData(TrainedAds.Stack)]
    public async Task A_stopped_learner_goes_on_to_the_same_bytes(string model)
    {
        using var ads = new TrainedAds(model: model);
        var stopped = ads.Run();
        using var live = ads.Serve(1);
        stopped.Step(live.Log.Durable);
        // of some pages nothing or half was shown when learning is published
        var half = await ads.AskAsync(live);
        await TrainedAds.ShowAsync(live, "half", half.Request, half.Ads[1], 2);
        await ads.PlayAsync(live, 100, TrainedAds.Usual);
        var open = await ads.AskAsync(live);
        var waiting = await ads.ShowAsync(live);
        stopped.Step(live.Log.Durable);
        ads.Champion.ShouldBe(2);
        (stopped.Status.Pages, stopped.Status.Waiting).ShouldBe((2, 2));
        // what it learned since is lost
        await TrainedAds.ShowAsync(live, "late", open.Request, open.Ads[0], 1);
        await TrainedAds.ClickAsync(live, waiting[0].Impression);
        stopped.Step(live.Log.Durable);
        var again = ads.Run();
        var end = await ads.PlayAsync(live, 50, TrainedAds.Usual);
        again.Step(end);

        var whole = ads.Run(ads.Copy());
        whole.Step(end);
        Learner.Bytes(again).ShouldBe(Learner.Bytes(whole));
        again.Status.Rows.ShouldBe(whole.Status.Rows);
        again.Status.Rows.ShouldBe(304);
    }

    [Fact]
    public async Task Inflated_clicks_leave_the_band_and_learning_goes_back()
    {
        using var ads = new TrainedAds();
        var run = ads.Run();
        using var live = ads.Serve(1);
        run.Step(live.Log.Durable);
        run.Step(await ads.PlayAsync(live, 340, TrainedAds.Usual));
        ads.Champion.ShouldBe(2);
        SystemVersion.ReadManifest(ads.Workspace.VersionFolder(2)).Continuous!.Hour.Calibration!.Value.ShouldBe(1, 0.1);
        var known = Probability(ads, 2, "b");

        ads.Clock.Advance(TimeSpan.FromHours(2));
        run.Step(await ads.PlayAsync(live, 150, static (_, _) => true));
        run.Status.RolledBack.ShouldBe(1);
        ads.Champion.ShouldBe(2);
        ads.Lines[^1].ShouldStartWith("rolled back to version 2: what was learned promises 0.");

        run.Step(await ads.PlayAsync(live, 150, TrainedAds.Usual));
        ads.Champion.ShouldBe(3);
        Probability(ads, 3, "b").ShouldBe(known, 0.03);
    }

    [Fact]
    public async Task A_broken_gate_of_what_was_shown_keeps_a_version_back()
    {
        using var ads = new TrainedAds("{ auc: \">= 0.99\", ndcg@2: \">= 0.1\" }");
        var run = ads.Run();
        using var live = ads.Serve(1);
        run.Step(live.Log.Durable);
        run.Step(await ads.PlayAsync(live, 300, TrainedAds.Usual));
        (ads.Champion, run.Status.Blocked, run.Status.Published).ShouldBe((1, 1, 0));
        ads.Lines.ShouldHaveSingleItem().ShouldStartWith("what was learned is not published: gate 'auc >= 0.99' is broken: 0.");
    }

    [Fact]
    public async Task What_names_nothing_comes_twice_or_late_teaches_nothing()
    {
        using var ads = new TrainedAds();
        var run = ads.Run();
        using var live = ads.Serve(1);
        run.Step(live.Log.Durable);
        var (request, shown) = await ads.AskAsync(live);
        shown.ShouldBe(["a", "b"], ignoreOrder: true);
        await TrainedAds.ClickAsync(live, "nobody");
        await TrainedAds.ClickAsync(live, "i1");                            // before the impression that it names
        await TrainedAds.ShowAsync(live, "i0", request, "c", 1);            // was on no page
        await TrainedAds.ClickAsync(live, "i0");
        await TrainedAds.ShowAsync(live, "i9", "nobody", "a", 1);
        await TrainedAds.ShowAsync(live, "i1", request, "a", 1);
        await TrainedAds.ShowAsync(live, "i2", request, "a", 2);            // the same ad again
        await TrainedAds.ClickAsync(live, "i1");
        await TrainedAds.ClickAsync(live, "i1");
        await TrainedAds.ShowAsync(live, "i3", request, "b", 2);
        ads.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        await TrainedAds.ClickAsync(live, "i3");                            // a second late
        run.Step(live.Log.Durable);
        (run.Status.Rows, run.Status.Day.Positives, run.Status.Waiting, run.Status.Pages).ShouldBe((2, 1, 0, 0));
        run.Status.Unheard.ShouldBe(8);
    }

    [Fact]
    public async Task Pages_wait_no_longer_than_a_label()
    {
        using var ads = new TrainedAds();
        var run = ads.Run();
        using var live = ads.Serve(1);
        run.Step(live.Log.Durable);
        var (request, shown) = await ads.AskAsync(live);
        for (var i = 0; i < 199; i++)
        {
            ads.Clock.Advance(TimeSpan.FromSeconds(10));
            await ads.AskAsync(live);
        }
        run.Step(live.Log.Durable);
        // those of the last ten minutes, and the one at their begin
        (run.Status.Pages, run.Status.Rows).ShouldBe((61, 0));
        await TrainedAds.ShowAsync(live, "late", request, shown[0], 1);
        run.Step(live.Log.Durable);
        (run.Status.Unheard, run.Status.Waiting).ShouldBe((1, 0));
    }

    /// <summary>That a version gives an ad at the top.</summary>
    private static double Probability(TrainedAds ads, int version, string ad)
    {
        var loaded = SystemVersion.Load(ads.Workspace.VersionFolder(version), TrainedSystem.Kinds);
        double[] scores = [0, 0];
        loaded.Graph.Score([loaded.Compiled.Dictionaries["ad"].Find(ad), 1, 0], scores);
        return scores[1];
    }
}
