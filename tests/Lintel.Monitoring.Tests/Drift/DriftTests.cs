using Lintel.Monitoring.Drift;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Tests.Drift;

/// <summary>Live values beside those that the version was judged on.</summary>
public sealed class DriftTests
{
    /// <summary>288 orders, each asked about twice.</summary>
    private const int OrdersADay = 288;

    [Fact]
    public void A_version_keeps_how_its_test_was_distributed_without_what_the_clock_says()
    {
        using var deliveries = new MonitoredDeliveries();
        var manifest = SystemVersion.ReadManifest(deliveries.Workspace.VersionFolder(1));
        var judged = JudgedDistributions.Read(deliveries.Workspace.VersionFolder(1))!;

        judged.Features.Select(static f => f.Name).ShouldBe(["store", "route", "busy", "waited"], "an hour does not drift");
        judged.Scores.Select(static s => s.Name).ShouldBe(["usual", "minutes", "range"], "an entry's estimate, not its other quantiles");
        judged.Rows.ShouldBeGreaterThanOrEqualTo(manifest.Rows.Test);
        judged.Features.Concat(judged.Scores).ShouldAllBe(v => v.Rows == judged.Rows);
        var route = judged.Features.Single(static f => f.Name == "route");
        (route.Cuts.Length, route.Ids).ShouldBe((9, null));
        route.Counts[..10].ShouldAllBe(n => Math.Abs(n - (judged.Rows / 10.0)) <= (0.03 * judged.Rows) + 1);
        var store = judged.Features.Single(static f => f.Name == "store");
        store.Texts!.Order().ShouldBe(Enumerable.Range(0, 12).Select(static s => $"s{s}").Order());
        store.Counts.ShouldBe(store.Counts.Take(12).OrderDescending().Append(0).Append(0), "the most common first, no others, none missing");
    }

    [Fact]
    public async Task What_moves_is_told_once_and_what_does_not_is_not()
    {
        using var deliveries = new MonitoredDeliveries();
        var lines = new List<string>();
        var run = new MonitorRun(Request(deliveries, lines));
        using var live = deliveries.Serve();
        run.Step(live.Log.Durable);
        run.Report!.Drift!.Values.ShouldAllBe(static v => v.Index == null && v.Verdict == Verdict.Undecided && v.Moved == null);
        await deliveries.PlayAsync(live, 20, later: 0, rush: true);
        run.Step(live.Log.Durable);
        run.Report.Drift!.Decisions.ShouldBe(40);
        run.Report.Drift.Values.ShouldAllBe(static v => v.Verdict == Verdict.Undecided, "40 decisions are too few");
        deliveries.Clock.Advance(TimeSpan.FromDays(1));

        await deliveries.PlayAsync(live, OrdersADay, later: 0);
        run.Step(live.Log.Durable);
        var calm = run.Report.Drift!;
        calm.Decisions.ShouldBeInRange(calm.Needed!.Value, 2 * OrdersADay);
        // in the files one ask in four is a second one, here every other is
        calm.Values.Single(static v => v.Name == "waited").Index!.Value.ShouldBeGreaterThan(0.2);
        calm.Values.Where(static v => v.Name is "store" or "route" or "busy").ShouldAllBe(static v => v.Verdict == Verdict.Holds && v.Index < 4 * v.Noise);
        DriftLines(lines).ShouldAllBe(static l => !l.Contains("'busy'", StringComparison.Ordinal));

        for (var part = 0; part < 4; part++)
        {
            await deliveries.PlayAsync(live, OrdersADay / 4, later: 0, rush: true);
            run.Step(live.Log.Durable);
        }
        var busy = run.Report.Drift!.Values.Single(static v => v.Name == "busy");
        (busy.Verdict, busy.Index > 1).ShouldBe((Verdict.Broken, true));
        busy.Bins.Sum(static b => b.Live).ShouldBe(1, 1e-9);
        busy.Bins.Sum(static b => b.Test).ShouldBe(1, 1e-9);
        run.Report.Drift.Values[0].ShouldBe(busy, "the furthest first");
        run.Report.Drift.Values.Single(static v => v.Name == "route").Verdict.ShouldBe(Verdict.Holds);
        DriftLines(lines).Count(static l => l.Contains("feature 'busy' drifted: psi ", StringComparison.Ordinal)).ShouldBe(1);
        run.Report.Drift.Alerts.ShouldBeGreaterThanOrEqualTo(DriftLines(lines).Length);

        // a run that begins anew finds the same, but for what it has told
        var again = new MonitorRun(Request(deliveries, []));
        again.Step(live.Log.Durable);
        Text(again.Report!.Drift!).ShouldBe(Text(run.Report.Drift));

        deliveries.Clock.Advance(TimeSpan.FromDays(1));
        await deliveries.PlayAsync(live, OrdersADay, later: 0);
        run.Step(live.Log.Durable);
        DriftLines(lines).Count(static l => l.Contains("feature 'busy' is as it was: psi ", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Beside_a_test_of_few_decisions_nothing_is_judged()
    {
        using var deliveries = new MonitoredDeliveries();
        using var live = deliveries.Serve();
        await deliveries.PlayAsync(live, OrdersADay, later: 0, rush: true);
        var folder = deliveries.Workspace.VersionFolder(1);
        var judged = JudgedDistributions.Read(folder)!;
        (judged with { Features = [.. judged.Features.Select(Few)], Scores = [.. judged.Scores.Select(Few)] }).Write(folder);
        var run = new MonitorRun(Request(deliveries, []));
        run.Step(live.Log.Durable);

        run.Report!.Drift!.Needed.ShouldBeNull();
        run.Report.Drift.Values.ShouldAllBe(static v => v.Verdict == Verdict.Undecided && v.Index >= 0);

        static ValueDistribution Few(ValueDistribution value) => value with { Counts = [.. value.Counts.Select(static n => n == 0 ? 0 : 1L)] };
    }

    [Fact]
    public void A_version_of_an_older_release_says_that_drift_is_not_watched()
    {
        using var deliveries = new MonitoredDeliveries();
        File.Delete(Path.Combine(deliveries.Workspace.VersionFolder(1), JudgedDistributions.FileName));
        var run = new MonitorRun(Request(deliveries, []));
        run.Step(long.MaxValue);

        run.Report!.Drift.ShouldBeNull();
        var line = run.Report.Watches.Single(static w => w.Name == "drift");
        (line.On, line.What).ShouldBe((false, "the version was made by a release that did not keep how its values were distributed; train a new one"));
    }

    private static MonitorRequest Request(MonitoredDeliveries deliveries, List<string> lines) =>
        deliveries.Request(lines) with { Window = TimeSpan.FromDays(1) };

    private static string[] DriftLines(List<string> lines) => [.. lines.Where(static l => l.Contains("psi", StringComparison.Ordinal))];

    private static string Text(DriftReport drift) => System.Text.Json.JsonSerializer.Serialize(drift with { Alerts = 0 }, MonitorReport.Json);
}
