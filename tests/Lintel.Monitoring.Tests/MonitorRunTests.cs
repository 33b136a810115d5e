using System.Text.Json;
using Lintel.Monitoring.Quality;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Tests;

/// <summary>From a service's log to what is said of its answers.</summary>
public sealed class MonitorRunTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(6);

    [Fact]
    public async Task Figures_are_those_of_the_answers_in_the_window_and_follow_from_the_log_alone()
    {
        using var deliveries = new MonitoredDeliveries();
        var lines = new List<string>();
        var run = new MonitorRun(deliveries.Request(lines));
        MonitorReport report;
        using (var live = deliveries.Serve())
        {
            run.Step(live.Log.Durable);
            run.Report!.Quality!.Counts.ShouldBe(new QualityCounts(0, 0, 0, 0, 0, 0));
            run.Report.Quality.Gates.ShouldAllBe(static g => g.Verdict == Verdict.NotMeasured);
            for (var part = 0; part < 8; part++)
            {
                await deliveries.PlayAsync(live, 20, later: 0);
                run.Step(live.Log.Durable);
            }
            await deliveries.DrainAsync(live);
            run.Step(live.Log.Durable);
            report = run.Report!;
        }

        var seen = InWindow(deliveries);
        seen.Length.ShouldBeInRange(100, 200);
        var quality = report.Quality!;
        quality.Counts.Matured.ShouldBe(seen.Length);
        quality.Counts.Censored.ShouldBeInRange(seen.Length / 20, seen.Length / 5);
        quality.Counts.Waiting.ShouldBe(2 * 8, "one order of twenty was never heard of again");
        Figure(quality, "mae").ShouldBe(seen.Average(static s => Math.Abs(s.Estimate - s.Minutes)), 1e-4);
        Figure(quality, "bias").ShouldBe(seen.Average(static s => s.Estimate - s.Minutes), 1e-4);
        Figure(quality, "coverage@80%").ShouldBe(seen.Average(static s => s.Minutes >= s.Low && s.Minutes <= s.High ? 1.0 : 0), 0.01);
        Figure(quality, "width@80%").ShouldBe(seen.Average(static s => s.High - s.Low), 1e-6);
        Figure(quality, "on-time").ShouldBe(seen.Average(static s => s.Minutes <= s.Promise ? 1.0 : 0), 0.01);
        Figure(quality, "late@5").ShouldBe(seen.Average(static s => s.Minutes - s.Promise > 5 ? 1.0 : 0), 0.01);
        var sorted = seen.Select(static s => Math.Abs(s.Estimate - s.Minutes)).Order().ToArray();
        Figure(quality, "ae@90%").ShouldBe(sorted[(int)(0.9 * sorted.Length)], 0.1 * sorted[(int)(0.9 * sorted.Length)]);
        quality.Figures.Single(static f => f.Metric == "mae").Test.ShouldBe(
            SystemVersion.ReadManifest(deliveries.Workspace.VersionFolder(1)).Metrics["mae"].Test);

        var busy = quality.Slices.Single(static s => s.Name == "busy > 0.5");
        busy.Matured.ShouldBe(seen.Count(static s => s.Busy > 0.5));
        quality.By.ShouldBe("store");
        quality.Groups.Select(static g => (g.Name, g.Matured)).Order().ShouldBe(
            seen.GroupBy(static s => s.Store).Select(static g => (g.Key, (long)g.Count())).Order());
        quality.Hours.Sum(static h => h.Matured).ShouldBe(seen.Length);
        quality.Hours.SelectMany(static h => h.Figures).Select(static f => f.Metric).Distinct().ShouldBe(["mae", "bias", "on-time"], ignoreOrder: true);

        // a run that begins anew finds the same, so do one without a clock and one as of that instant
        var again = new MonitorRun(deliveries.Request());
        again.Step(long.MaxValue);
        Same(again.Report!, report);
        var atEnd = new MonitorRun(deliveries.Request() with { Clock = null });
        atEnd.Step(long.MaxValue);
        Same(atEnd.Report!, report);
        report.Watches.Select(static w => (w.Name, w.On)).ShouldBe([("quality", true), ("drift", true), ("alert log", true), ("alert webhook", false)]);
        lines.Where(static l => l.Contains("gate", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gate_that_turns_broken_is_told_once_and_again_when_it_holds()
    {
        using var deliveries = new MonitoredDeliveries();
        var lines = new List<string>();
        var run = new MonitorRun(deliveries.Request(lines));
        using var live = deliveries.Serve();
        await deliveries.PlayAsync(live, 80, later: 0);
        run.Step(live.Log.Durable);
        run.Report!.Quality!.Gates.Single(static g => g.Gate.StartsWith("mae", StringComparison.Ordinal)).Verdict.ShouldBe(Verdict.Holds);
        for (var part = 0; part < 6; part++)
        {
            await deliveries.PlayAsync(live, 15, later: 15);
            run.Step(live.Log.Durable);
        }
        run.Report!.Quality!.Gates.Single(static g => g.Gate.StartsWith("mae", StringComparison.Ordinal)).Verdict.ShouldBe(Verdict.Broken);
        lines.Count(static l => l.Contains("gate 'mae <= 6' is broken over the last 6h", StringComparison.Ordinal)).ShouldBe(1);
        run.Report.Alerts.ShouldBe(lines.Count(static l => l.Contains("gate", StringComparison.Ordinal)));

        deliveries.Clock.Advance(Window);
        await deliveries.PlayAsync(live, 80, later: 0);
        run.Step(live.Log.Durable);
        lines.Count(static l => l.Contains("'mae <= 6' is no longer broken", StringComparison.Ordinal)).ShouldBe(1);
        run.Report!.Quality!.Figures.Single(static f => f.Metric == "mae").Value!.Value.ShouldBeLessThan(6);
    }

    [Fact]
    public async Task What_waits_too_long_is_unheard_and_a_window_passes_without_records()
    {
        using var deliveries = new MonitoredDeliveries();
        using var live = deliveries.Serve();
        await deliveries.PlayAsync(live, 20, later: 0);
        await deliveries.DrainAsync(live);
        var run = new MonitorRun(deliveries.Request());
        run.Step(live.Log.Durable);
        run.Report!.Quality!.Counts.Waiting.ShouldBe(2);
        var before = run.Report.Quality.Counts.Matured;
        before.ShouldBeGreaterThan(0);
        deliveries.Clock.Advance(TimeSpan.FromHours(7));
        run.Step(live.Log.Durable);
        run.Report.Quality.Counts.ShouldBe(new QualityCounts(0, 0, 0, 0, 0, 2));
        // the gap of 3h, ten times
        run.Report.Quality.Wait.ShouldBe("30h");
        deliveries.Clock.Advance(TimeSpan.FromHours(22));
        await deliveries.PlayAsync(live, 5, later: 0);
        await deliveries.DrainAsync(live);
        run.Step(live.Log.Durable);
        run.Report.Quality.Counts.Unheard.ShouldBe(2);
        run.Report.Quality.Counts.Decisions.ShouldBe(10);
    }

    [Fact]
    public async Task Another_live_version_is_watched_with_what_the_one_before_decided()
    {
        using var deliveries = new MonitoredDeliveries();
        using var live = deliveries.Serve();
        await deliveries.PlayAsync(live, 20, later: 0);
        await deliveries.DrainAsync(live);
        var run = new MonitorRun(deliveries.Request());
        run.Step(live.Log.Durable);
        var before = run.Report!;
        var (first, second) = (deliveries.Workspace.VersionFolder(1), deliveries.Workspace.VersionFolder(2));
        foreach (var path in Directory.GetFiles(first, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(second, Path.GetRelativePath(first, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
        // the second has another slice; codes, levels and all else are the same
        var design = Path.Combine(second, VersionFiles.Design);
        File.WriteAllText(design, File.ReadAllText(design).Replace("slices: [busy > 0.5, waited > 0]", "slices: [waited > 0, hour > 12, busy > 0.5]"));
        deliveries.Promote(2);
        run.Step(live.Log.Durable);
        run.Report!.Version.ShouldBe(2);
        run.Report.Quality!.Counts.ShouldBe(before.Quality!.Counts);
        run.Report.Quality.Figures.ShouldBe(before.Quality.Figures, new SameFigures());
        // what the first did not tell apart is in no slice
        run.Report.Quality.Slices.Select(static s => (s.Name, s.Matured)).ShouldBe(
            [("waited > 0", Slice(before, "waited > 0")), ("hour > 12", 0), ("busy > 0.5", Slice(before, "busy > 0.5"))]);

        // of a version that is gone nobody knows the registers
        Directory.Delete(first, recursive: true);
        var without = new MonitorRun(deliveries.Request());
        without.Step(live.Log.Durable);
        without.Report!.Unreadable.ShouldBe(before.Quality.Counts.Decisions);
        without.Report.Quality!.Counts.Matured.ShouldBe(0);
    }

    private static long Slice(MonitorReport report, string name) => report.Quality!.Slices.Single(s => s.Name == name).Matured;

    private sealed class SameFigures : IEqualityComparer<LiveFigure>
    {
        public bool Equals(LiveFigure? one, LiveFigure? other) => JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);

        public int GetHashCode(LiveFigure figure) => figure.Metric.GetHashCode(StringComparison.Ordinal);
    }

    private static MonitoredDeliveries.Answered[] InWindow(MonitoredDeliveries deliveries)
    {
        // the window ends with the step that is running, and rolls on by 48ths
        var step = Window.Ticks / 48;
        var from = ((deliveries.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / step) - 47;
        return [.. deliveries.Seen.Where(s => (s.Known.UtcTicks - DateTime.UnixEpoch.Ticks) / step >= from)];
    }

    private static double Figure(QualityReport quality, string metric) => quality.Figures.Single(f => f.Metric == metric).Value!.Value;

    private static void Same(MonitorReport one, MonitorReport other) => JsonSerializer.Serialize(one with { At = null, Place = 0 }, MonitorReport.Json)
        .ShouldBe(JsonSerializer.Serialize(other with { At = null, Place = 0 }, MonitorReport.Json));
}
