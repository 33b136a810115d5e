using System.Globalization;
using Lintel.Events;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Training.DayReplays;
using Lintel.Training.Fitting;
using Lintel.Training.Tests.Fitting;
using Lintel.Training.Tests.Regression;

namespace Lintel.Training.Tests.DayReplays;

/// <summary>Days of a regression whose ranges follow outcomes and whose promises are kept: replayed, they come out as they were given.</summary>
public sealed class PromiseReplayTests : IClassFixture<PromiseReplayTests.Made>
{
    private const int Days = 16;

    private readonly Made _made;

    public PromiseReplayTests(Made made) => _made = made;

    public sealed class Made : IDisposable
    {
        internal Deliveries Deliveries { get; } = new(Days,
            ("time: at, fields: { route: number } }", "time: at, keys: { trip: order }, fields: { route: number } }"),
            ("early stop: 10 }\n", "early stop: 10 }\n  range: { kind: conformal, of: [minutes], cover: [80%], by: store, window: 200, at least: 60, rate: 0.02 }\n"),
            ("late@5]", "late@5, cost]"),
            ("serve: { mode: online }", """
                serve: { mode: online }
                requirements: { costs: { late: 6, early: 1, lost: 0.1 } }
                policy:
                  - promise least cost of range
                  - keep last(decision.promise) by trip over 4h - minutes(since(decision) by trip over 4h) if within 2

                """));

        internal TrainingResult Result { get; }

        public Made()
        {
            Result = Deliveries.Train();
            new LiveReference(1, DateTimeOffset.UnixEpoch, "a test", "because").Write(Deliveries.Workspace);
        }

        public void Dispose() => Deliveries.Dispose();
    }

    private static DateOnly FirstDay { get; } = new(2025, 1, 1);

    [Fact]
    public async Task A_day_that_was_served_comes_out_the_same_to_the_bit()
    {
        var shifts = await ServeAsync();
        shifts.Distinct().Count().ShouldBeGreaterThan(30, "outcomes move the ranges");
        foreach (var day in new[] { FirstDay.AddDays(Days), FirstDay.AddDays(Days + 1) })
        {
            var replayed = DayReplay.Run(day, 1, ReplayAgainst.Recorded, _made.Deliveries.Request);
            replayed.Promises.ShouldBeTrue();
            replayed.Incumbent.Decisions.ShouldBeGreaterThan(100);
            replayed.Incumbent.Mismatches.ShouldBe(0, replayed.Incumbent.FirstDifference);
            (replayed.Mismatches, replayed.Differences.Count).ShouldBe((0, 0));
            replayed.Whole.Labelled.ShouldBeGreaterThan(80);
            replayed.Whole.CostBefore!.Value.ShouldBeGreaterThan(0);
            replayed.Whole.CostAfter.ShouldBe(replayed.Whole.CostBefore);
        }
    }

    [Fact]
    public void A_day_of_the_files_is_promised_as_the_test_was()
    {
        var (prepared, version) = (_made.Result.Prepared, SystemVersion.Load(_made.Result.Folder, Deliveries.Kinds));
        var run = EvaluationRun.Decide(version, prepared, _made.Result.Replay!);
        var promised = run.Rows.Index().ToDictionary(r => prepared.Decided.Ids[r.Item], r => run.Decisions[r.Index].Probability);
        var day = FirstDay.AddDays(Days - 2);
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000;
        const long hour = 3_600_000_000;
        var compared = 0;
        new VersionReplay(version, _made.Result.Folder, _made.Deliveries.Workspace.LogFolder, _made.Deliveries.Workspace.RecordsFolder).Each(
            prepared.History, from, from + (24 * hour), null, (in LogEntry entry, DecisionRecord decision) =>
            {
                // what the files' decisions before the day promised is no record that could be kept
                if (entry.Known < from + (4 * hour)) { return; }
                decision.Probability.ShouldBe(promised[decision.Id], decision.Id);
                compared++;
            });
        compared.ShouldBeGreaterThan(100);

        var own = DayReplay.Run(day, 1, ReplayAgainst.Champion, _made.Deliveries.Request);
        (own.Mismatches, own.Against).ShouldBe((0, "version 1"));
    }

    [Fact]
    public void A_day_before_what_the_ranges_knew_is_refused() =>
        Should.Throw<InvalidDataException>(() => DayReplay.Run(FirstDay.AddDays(3), 1, ReplayAgainst.Champion, _made.Deliveries.Request))
            .Message.ShouldContain("what they knew before its validation is not kept");

    /// <summary>Two days behind the files: orders, asks, some asked again, most delivered.</summary>
    /// <returns>What the upper end was moved by, of each decision.</returns>
    private async Task<List<double>> ServeAsync()
    {
        var workspace = _made.Deliveries.Workspace;
        var version = SystemVersion.Load(_made.Result.Folder, Deliveries.Kinds);
        var state = LiveState.Load(Path.Combine(_made.Result.Folder, VersionFiles.StateLatest), version.Compiled, Features.InstantOrder.ByPlace);
        var plan = version.Compiled.Plan;
        var shift = plan.FeatureStart + plan.FeatureNames.IndexOf("range.shift@90%");
        var clock = new TestClock { Now = FirstDay.AddDays(Days).ToDateTime(new(0, 5), DateTimeKind.Utc) };
        using var live = LiveService.Start(version, state, workspace.LogFolder, new() { Clock = clock });
        var random = new RandomStream(11);
        var shifts = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            clock.Now = clock.Now.AddMinutes(9);
            await TrainedPayments.SendAsync(live, $$"""{"event":"order","id":"n{{i}}","store":"s{{i % 12}}","busy":0.3}""", decide: false);
            await AskAsync($"x{i}", $"n{i}", 10 + (10 * random.NextDouble()));
            if (i >= 3 && i % 7 != 0) { await TrainedPayments.SendAsync(live, $$"""{"event":"delivered","about":"n{{i - 3}}"}""", decide: false); }
            if (i >= 1 && i % 3 == 0) { await AskAsync($"y{i}", $"n{i - 1}", 12); }
        }
        return shifts;

        async Task AskAsync(string id, string order, double route)
        {
            var decision = await TrainedPayments.SendAsync(live, string.Create(CultureInfo.InvariantCulture,
                $$"""{"id":"{{id}}","about":"{{order}}","trip":"{{order}}","route":{{route:R}}}"""));
            decision!.Failed.ShouldBeFalse();
            shifts.Add(decision.Registers[shift]);
        }
    }
}
