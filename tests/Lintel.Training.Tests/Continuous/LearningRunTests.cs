using Lintel.Pipeline.Versions;
using Lintel.Training.Continuous;

namespace Lintel.Training.Tests.Continuous;

public sealed class LearningRunTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task What_is_learned_becomes_the_live_version_and_scores_move_towards_it()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        double before;
        using (var live = offers.Serve(1))
        {
            run.Step(live.Log.Durable);
            offers.Champion.ShouldBe(1);
            before = (await offers.OfferAsync(live, 'b')).Probability;
            before.ShouldBe(0.05, 0.03);
            // now place b is taken as often as place a; of fewer than 100 positives the band says nothing
            run.Step(await offers.PlayAsync(live, 200, static (i, _) => i / 2 % 10 < 4));
        }
        run.Status.Rows.ShouldBe(201);
        run.Status.Published.ShouldBe(1);
        offers.Champion.ShouldBe(2);
        var manifest = SystemVersion.ReadManifest(offers.Workspace.VersionFolder(2));
        (manifest.Continuous!.Root, manifest.Continuous.Parent, manifest.Continuous.Rows).ShouldBe((1, 1, 201));
        manifest.Continuous.Hour.Positives.ShouldBe(80);
        offers.Lines.ShouldHaveSingleItem().ShouldStartWith("version 2 is live: 201 labelled decisions learned since version 1, calibration ");
        using var after = offers.Serve(2);
        (await offers.OfferAsync(after, 'b')).Probability.ShouldBeGreaterThan(1.5 * before);
        (await offers.OfferAsync(after, 'b')).Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("kind: ftrl, alpha: 0.2")]
    [InlineData("kind: ftrl, sample: { negatives: 50% }, calibrate: platt")]
    [InlineData("kind: dcn")]
    [InlineData("kind: leaves")]
    public async Task A_stopped_learner_goes_on_to_the_same_bytes(string model)
    {
        using var offers = new TrainedOffers(model: model);
        var stopped = offers.Run();
        using var live = offers.Serve(1);
        stopped.Step(live.Log.Durable);
        stopped.Step(await offers.PlayAsync(live, 150, TrainedOffers.Usual));
        offers.Champion.ShouldBe(2);
        // some wait for their label when the process ends, and what it learned since is lost
        for (var i = 0; i < 20; i++) { await offers.OfferAsync(live, 'a'); }
        stopped.Step(live.Log.Durable);
        await TrainedOffers.ClickAsync(live, "o160");
        var again = offers.Run();
        var end = await offers.PlayAsync(live, 100, TrainedOffers.Usual);
        again.Step(end);

        var whole = offers.Run(offers.Copy());
        whole.Step(end);
        Learner.Bytes(again).ShouldBe(Learner.Bytes(whole));
        again.Status.Rows.ShouldBe(whole.Status.Rows);
        again.Status.Rows.ShouldBe(271);
    }

    [Fact]
    public async Task Labels_that_are_all_positive_leave_the_band_and_learning_goes_back()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        using var live = offers.Serve(1);
        run.Step(live.Log.Durable);
        run.Step(await offers.PlayAsync(live, 600, TrainedOffers.Usual));
        offers.Champion.ShouldBe(2);
        SystemVersion.ReadManifest(offers.Workspace.VersionFolder(2)).Continuous!.Hour.Calibration!.Value.ShouldBe(1, 0.1);
        var known = Score(offers, 2);

        offers.Clock.Advance(TimeSpan.FromHours(2));
        run.Step(await offers.PlayAsync(live, 300, static (_, _) => true));
        run.Status.RolledBack.ShouldBe(1);
        offers.Champion.ShouldBe(2);
        offers.Lines[^1].ShouldStartWith("rolled back to version 2: what was learned promises 0.");
        run.Status.Hour.Rows.ShouldBe(0);

        // from there it goes on as if the poison had never been
        run.Step(await offers.PlayAsync(live, 300, TrainedOffers.Usual));
        offers.Champion.ShouldBe(3);
        Score(offers, 3).ShouldBe(known, 0.03);
        run.Status.RolledBack.ShouldBe(1);
    }

    [Fact]
    public async Task Poison_that_was_published_takes_the_live_version_back_to_the_last_one_in_the_band()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        using var live = offers.Serve(1);
        run.Step(live.Log.Durable);
        // too few positives to tell anything, so it is published
        run.Step(await offers.PlayAsync(live, 60, static (_, _) => true));
        offers.Champion.ShouldBe(2);
        offers.Clock.Advance(TimeSpan.FromHours(2));
        run.Step(await offers.PlayAsync(live, 40, static (_, _) => true));
        run.Status.RolledBack.ShouldBe(1);
        offers.Champion.ShouldBe(1);
        LiveReference.Read(offers.Workspace)!.Reason.ShouldBe("rollback from version 2: calibration left the band");
    }

    [Fact]
    public async Task A_broken_gate_keeps_a_version_back()
    {
        using var offers = new TrainedOffers("{ auc: \">= 0.99\" }");
        var run = offers.Run();
        using var live = offers.Serve(1);
        run.Step(live.Log.Durable);
        run.Step(await offers.PlayAsync(live, 600, TrainedOffers.Usual));
        offers.Champion.ShouldBe(1);
        (run.Status.Blocked, run.Status.Published).ShouldBe((1, 0));
        offers.Lines.ShouldHaveSingleItem().ShouldStartWith("what was learned is not published: gate 'auc >= 0.99' is broken: 0.");
    }

    [Fact]
    public async Task Labels_without_a_record_twice_or_late_teach_nothing()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        using var live = offers.Serve(1);
        run.Step(live.Log.Durable);
        await TrainedOffers.ClickAsync(live, "o1");           // before the offer that it names
        await TrainedOffers.ClickAsync(live, "nobody");
        await offers.OfferAsync(live, 'a');
        await offers.OfferAsync(live, 'a');
        await TrainedOffers.ClickAsync(live, "o2");
        await TrainedOffers.ClickAsync(live, "o2");
        offers.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        await TrainedOffers.ClickAsync(live, "o1");           // a second late
        run.Step(live.Log.Durable);
        (run.Status.Rows, run.Status.Day.Positives, run.Status.Unheard, run.Status.Waiting).ShouldBe((2, 1, 4, 0));
    }

    [Fact]
    public async Task Refused_decisions_are_learned_where_they_were_let_through()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        using var live = offers.Serve(1);
        run.Step(live.Log.Durable);
        var through = 0;
        for (var i = 0; i < 40; i++)
        {
            var decision = await TrainedSystem.SendAsync(
                live, $$"""{"id":"dear{{i}}","user":"u{{i}}","place":"a","price":2000}""", decide: true);
            through += decision!.LetThrough ? 1 : 0;
        }
        through.ShouldBeInRange(8, 32);
        offers.Clock.Advance(TimeSpan.FromMinutes(11));
        await offers.OfferAsync(live, 'a');
        run.Step(live.Log.Durable);
        (run.Status.Rows, run.Status.Waiting).ShouldBe((through, 1));
    }

    [Fact]
    public async Task What_a_process_left_half_done_is_finished_and_a_version_moved_by_hand_is_followed()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        using var live = offers.Serve(1);
        var promoted = LiveReference.Read(offers.Workspace)!;
        run.Step(live.Log.Durable);
        run.Step(await offers.PlayAsync(live, 100, TrainedOffers.Usual));
        offers.Champion.ShouldBe(2);
        // as if the process had died between the mark and the live reference
        promoted.Write(offers.Workspace);
        offers.Run().Step(live.Log.Durable);
        offers.Champion.ShouldBe(2);

        offers.Clock.Advance(Interval);
        offers.Promote(1);
        var after = offers.Run();
        after.Step(live.Log.Durable);
        offers.Champion.ShouldBe(1);
        after.Status.Last.ShouldBe("version 1 was promoted: learning goes on from it");
    }

    [Fact]
    public async Task Old_versions_go_and_the_trained_one_stays()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        using var live = offers.Serve(1);
        run.Step(live.Log.Durable);
        for (var i = 0; i < 10; i++) { run.Step(await offers.PlayAsync(live, 4, TrainedOffers.Usual)); }
        offers.Champion.ShouldBe(11);
        var left = offers.Workspace.Versions();
        left[0].ShouldBe(1);
        left.Count.ShouldBe(DerivedVersions.Kept + 3);
        LiveReference.Read(offers.Workspace)!.History.ShouldAllBe(h => h.Version >= 1);
        Directory.GetFiles(offers.Workspace.LearningFolder).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Version_shares_what_never_changes_with_its_root_and_outlives_it()
    {
        using var offers = new TrainedOffers();
        var root = offers.Workspace.VersionFolder(1);
        File.WriteAllText(Path.Combine(root, VersionFiles.Report), "the root's");
        var run = offers.Run();
        using (var live = offers.Serve(1))
        {
            run.Step(live.Log.Durable);
            run.Step(await offers.PlayAsync(live, 100, TrainedOffers.Usual));
        }
        offers.Champion.ShouldBe(2);
        var derived = offers.Workspace.VersionFolder(2);
        var (before, manifest) = (SystemVersion.ReadManifest(root), SystemVersion.ReadManifest(derived));
        manifest.Files.Keys.ShouldBe(before.Files.Keys);
        foreach (var (name, hash) in manifest.Files) { SystemVersion.HashOf(Path.Combine(derived, name)).ShouldBe(hash); }
        manifest.Files[VersionFiles.StateAtTest].ShouldBe(before.Files[VersionFiles.StateAtTest]);
        manifest.Files[VersionFiles.StateLatest].ShouldNotBe(before.Files[VersionFiles.StateLatest]);

        // the report is no part of what is sealed: drawing one leaves the other
        File.WriteAllText(Path.Combine(derived, VersionFiles.Report), "its own");
        File.ReadAllText(Path.Combine(root, VersionFiles.Report)).ShouldBe("the root's");
        var score = Score(offers, 2);
        Directory.Delete(root, recursive: true);
        Directory.Delete(offers.Workspace.LearningFolder, recursive: true);
        Score(offers, 2).ShouldBe(score);
        using var served = offers.Serve(2);
        (await offers.OfferAsync(served, 'a')).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Shared_file_that_was_altered_is_refused()
    {
        using var offers = new TrainedOffers();
        var run = offers.Run();
        using var live = offers.Serve(1);
        run.Step(live.Log.Durable);
        run.Step(await offers.PlayAsync(live, 100, TrainedOffers.Usual));
        // in place, which no program does: both names say so
        File.AppendAllText(Path.Combine(offers.Workspace.VersionFolder(1), VersionFiles.StateAtTest), "x");
        Should.Throw<InvalidDataException>(() => Score(offers, 2)).Message.ShouldContain("altered or cut short");
    }

    private static double Score(TrainedOffers offers, int version)
    {
        var loaded = SystemVersion.Load(offers.Workspace.VersionFolder(version), TrainedSystem.Kinds);
        double[] scores = [0, 0];
        loaded.Graph.Score(new double[loaded.Compiled.Plan.FeatureCount], scores);
        return scores[1];
    }
}
