using Lintel.Pipeline.Live;
using Lintel.Training.DayReplays;
using Lintel.Training.Fitting;

namespace Lintel.Training.Tests.Fitting;

/// <summary>A policy that reads its own decisions, from training to the next version.</summary>
public sealed class SuppressionRunTests
{
    private static readonly string[] Policy =
    [
        "review if amount > 100 and count(decision where outcome = review) by card over 1d = 0",
        "allow",
    ];

    [Fact]
    public async Task Judged_served_replayed_and_trained_again()
    {
        using var payments = new TrainedPayments(days: 40, Policy);
        var manifest = payments.Load(1).Manifest!;
        var run = EvaluationRun.Of(1, payments.Request);
        // what was judged is what a version says of the same days: once a day and card, by hand
        run.Decisions.Count(static d => d.Rule == 0).ShouldBe(manifest.Outcomes[0].Count);
        var (card, amount) = (run.Prepared.Keys()["card"], run.Prepared.Decided.Columns[run.Prepared.Decided.Event.Find("amount")]);
        var last = new Dictionary<int, long>();
        for (var i = 0; i < run.Rows.Length; i++)
        {
            var (row, now) = (run.Rows[i], run.Prepared.Known[run.Rows[i]]);
            var alerts = amount[row] > 100 && !(last.TryGetValue(card[row], out var before) && before >= now - 86_400_000_000);
            if (alerts) { last[card[row]] = now; }
            (run.Decisions[i].Rule == 0).ShouldBe(alerts);
        }
        // suppression frees reviews: without the rule nothing is reviewed, and its condition held no more often than it fired
        manifest.RulePrices[0].Holds.ShouldBe(manifest.Outcomes[0].Count);
        manifest.RulePrices[0].ReviewsPerDay.Without.ShouldBe(0);

        payments.Clock.Now = TrainedPayments.Start.AddDays(42);
        using (var live = payments.Serve(1))
        {
            (await Decide(live, "a1", "x")).ShouldBe("review");
            (await Decide(live, "a2", "x")).ShouldBe("allow");
        }
        // a running service would take this for a wrong clock
        payments.Clock.Now += TimeSpan.FromHours(25);
        using (var live = payments.Serve(1))
        {
            (await Decide(live, "a3", "x")).ShouldBe("review");
        }
        var day = DayReplay.Run(DateOnly.FromDateTime(payments.Clock.Now), 1, ReplayAgainst.Recorded, payments.Request);
        (day.Decisions, day.Mismatches).ShouldBe((1, 0));
        var first = DayReplay.Run(DateOnly.FromDateTime(TrainedPayments.Start.AddDays(42)), 1, ReplayAgainst.Recorded, payments.Request);
        (first.Decisions, first.Mismatches).ShouldBe((2, 0));

        // the next version does not repeat the alert
        TrainingRun.Run(payments.Request).Manifest.Version.ShouldBe(2);
        payments.Clock.Now += TimeSpan.FromHours(1);
        using (var live = payments.Serve(2))
        {
            live.Replayed.ShouldBe(0);
            (await Decide(live, "a4", "x")).ShouldBe("allow");
            (await Decide(live, "a5", "y")).ShouldBe("review");
        }
        payments.Clock.Now += TimeSpan.FromHours(25);
        using var later = payments.Serve(2);
        (await Decide(later, "a6", "x")).ShouldBe("review");
        (await Decide(later, "a7", "y")).ShouldBe("review");
    }

    private static async Task<string> Decide(LiveService live, string id, string card)
    {
        var body = $$"""{"id":"{{id}}","card":"{{card}}","terminal":"t1","amount":150}""";
        return (await TrainedPayments.SendAsync(live, body))!.Outcome;
    }
}
