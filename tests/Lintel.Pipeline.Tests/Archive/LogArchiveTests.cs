using Lintel.Events.Archive;
using Lintel.Native.DuckDb;
using Lintel.Pipeline.Archive;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Lists;
using Lintel.Pipeline.Tests.Live;

namespace Lintel.Pipeline.Tests.Archive;

public sealed class LogArchiveTests
{
    [Fact]
    public async Task Replay_of_files_and_log_reads_what_live_decisions_read()
    {
        using var live = new FilesAndLog();
        var decisions = await live.ServeAsync(0, 300, seed: 1);
        AssertReads(live, decisions);
    }

    [Fact]
    public async Task Verdict_taken_back_leaves_the_windows_live_and_replayed()
    {
        using var live = new FilesAndLog();
        var plan = live.Version.Compiled.Plan;
        var decisions = new List<DecisionRecord>();
        async Task<double> RiskAsync(string id)
        {
            live.Clock.Advance(TimeSpan.FromMinutes(1));
            decisions.Add((await live.SendAsync(LivePayments.Payment(id, terminal: "new")))[0].Decision);
            return decisions[^1].Registers[plan.FeatureStart + plan.FeatureNames.IndexOf("terminal_risk_30d")];
        }

        (await RiskAsync("a")).ShouldBe(0);
        await live.SendAsync(LivePayments.Verdict("a", fraud: true), decide: false);
        (await RiskAsync("b")).ShouldBe(1);
        await live.SendAsync("""{"event":"verdict","about":"a","fraud":null}""", decide: false);
        (await RiskAsync("c")).ShouldBe(0);
        await live.SendAsync(LivePayments.Verdict("b", fraud: false), decide: false);
        await live.SendAsync(LivePayments.Verdict("a", fraud: true), decide: false);
        (await RiskAsync("d")).ShouldBe(0.5);
        AssertReads(live, decisions);
    }

    [Fact]
    public async Task Days_and_tail_read_as_the_log_does()
    {
        using var live = new FilesAndLog();
        var decisions = await live.ServeAsync(0, 200, seed: 2);
        var before = live.Read();
        live.Roll();
        var compacted = live.Archive().Compact();
        compacted.Segments.ShouldBe(1);
        compacted.Decisions.ShouldBe(200);
        foreach (var segment in Directory.GetFiles(live.Workspace.LogFolder, "0000*.log").Order().SkipLast(1))
        {
            File.Delete(segment);
        }
        var after = live.Read();
        after.Fingerprint.ShouldBe(before.Fingerprint);
        after.LogTo.ShouldBeGreaterThanOrEqualTo(before.LogTo);      // the mark that closing wrote
        after.Order.ShouldBe(before.Order);
        AssertReads(live, decisions);
    }

    [Fact]
    public async Task Decisions_by_day_hold_what_was_answered_and_its_features_by_name()
    {
        using var live = new FilesAndLog();
        var decisions = await live.ServeAsync(0, 60, seed: 3);
        live.Roll();
        live.Archive().Compact();
        using var connection = DuckDbConnection.Open();
        using var rows = connection.Query(
            $"SELECT id, outcome, margin, \"feature.card_payments_1d\" FROM read_parquet('{live.Workspace.RecordsFolder}/*.parquet') "
            + "ORDER BY place");
        var plan = live.Version.Compiled.Plan;
        var row = 0;
        while (rows.NextChunk())
        {
            for (var r = 0; r < rows.Chunk.RowCount; r++, row++)
            {
                rows.Chunk.Texts(0).Text(r).ShouldBe(decisions[row].Id);
                rows.Chunk.Texts(1).Text(r).ShouldBe(decisions[row].Outcome);
                rows.Chunk.Values<double>(2)[r].ShouldBe(decisions[row].Margin);
                rows.Chunk.Values<double>(3)[r].ShouldBe(
                    decisions[row].Registers[plan.FeatureStart + plan.FeatureNames.IndexOf("card_payments_1d")]);
            }
        }
        row.ShouldBe(60);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("decisions")]
    [InlineData("mark")]
    public async Task Compaction_cut_off_anywhere_is_done_again_and_no_row_stands_twice(string at)
    {
        using var live = new FilesAndLog();
        await live.ServeAsync(0, 120, seed: 4);
        var before = live.Read();
        live.Roll();
        Should.Throw<IOException>(() => live.Archive(step =>
        {
            if (step == at) { throw new IOException("cut off"); }
        }).Compact());
        live.Read().Fingerprint.ShouldBe(before.Fingerprint);
        live.Archive().Compact().Segments.ShouldBe(1);
        live.Archive().Compact().Segments.ShouldBe(0);
        live.Read().Fingerprint.ShouldBe(before.Fingerprint);
        using var connection = DuckDbConnection.Open();
        connection.QueryInt64(
            $"SELECT count(*) FROM read_parquet('{ArchiveMark.Folder(live.Workspace.LogFolder)}/payment/*.parquet')").ShouldBe(120);
        connection.QueryInt64(
            $"SELECT count(DISTINCT place) FROM read_parquet('{live.Workspace.RecordsFolder}/*.parquet')").ShouldBe(120);
        Directory.GetFiles(live.Workspace.Root, "*.new", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Version_that_saw_the_log_goes_on_behind_what_it_saw()
    {
        using var live = new FilesAndLog();
        await live.ServeAsync(0, 80, seed: 5);
        var seen = live.Read();
        var path = Path.Combine(live.Workspace.Root, "seen.state");
        FilesAndLog.Replay(seen, live.Version, path, []);
        await live.ServeAsync(80, 40, seed: 6);
        live.Service.Dispose();

        var state = LiveState.Load(path, live.Version.Compiled, Features.InstantOrder.ByPlace);
        state.NextPlace.ShouldBe(seen.LogTo);
        using var next = LiveService.Start(live.Version, state, live.Workspace.LogFolder, new() { Clock = live.Clock });
        next.Replayed.ShouldBeLessThan(100);
        next.Replayed.ShouldBeGreaterThanOrEqualTo(40);
        // and what it saw is reproduced from the place alone
        live.Read(to: seen.LogTo).Fingerprint.ShouldBe(seen.Fingerprint);
        live.Read().Fingerprint.ShouldNotBe(seen.Fingerprint);
    }

    [Fact]
    public async Task Record_in_files_and_log_counts_once_as_the_log_has_it()
    {
        using var live = new FilesAndLog();
        var decision = (await live.ServeAsync(0, 1, seed: 7))[0];
        live.Service.Dispose();
        // the warehouse exports the payment later, under the same id
        File.AppendAllText(
            Path.Combine(live.Workspace.Folder, "payments.csv"), "live0,2024-04-01T00:00:00,c1,t1,5,true\n");
        var history = live.Read();
        var rows = Enumerable.Range(0, history.Tables[0].RowCount).Where(r => history.Tables[0].Ids[r] == "live0").ToArray();
        rows.Length.ShouldBe(1);
        history.Tables[0].KnownOf(rows[0]).ShouldBe(decision.Known);
        history.Tables[0].Places![rows[0]].ShouldBe(decision.EventPlace);
        history.Report.Findings.ShouldContain(f => f.Reason == "also in the log" && f.Count == 1);
    }

    [Fact]
    public async Task Segments_may_go_when_compacted_old_enough_and_behind_a_snapshot()
    {
        using var live = new FilesAndLog();
        await live.ServeAsync(0, 100, seed: 8);
        live.Roll();
        var archive = live.Archive();
        var (first, last) = (live.Clock.GetUtcNow().AddDays(-30), live.Clock.GetUtcNow().AddDays(30));
        archive.DeletableTo(last, long.MaxValue).ShouldBe(0);          // nothing is compacted
        var to = archive.Compact().To;
        archive.DeletableTo(last, long.MaxValue).ShouldBe(to);
        archive.DeletableTo(last, 100).ShouldBe(100);
        archive.DeletableTo(first, long.MaxValue).ShouldBeLessThan(200);
    }

    [Fact]
    public async Task Incumbent_decides_its_days_again_as_recorded_from_log_and_from_days()
    {
        using var live = new FilesAndLog();
        var lists = new LiveLists(live.Service);
        await live.ServeAsync(0, 60, seed: 11);
        for (var card = 0; card < 8; card++) { await lists.PutAsync("blocklist", $"c{card}", new(null, null, "ada", "stolen")); }
        await live.ServeAsync(60, 60, seed: 12);
        await lists.RemoveAsync("blocklist", "c3", "ada", "found again");
        await live.ServeAsync(120, 60, seed: 13);
        var recorded = AssertDecidesAgain(live, 180);
        recorded.Values.Count(static d => d.Rule == 0).ShouldBeGreaterThan(5);          // by the list
        recorded.Values.Count(static d => d.LetThrough).ShouldBeGreaterThan(0);
        live.Roll();
        live.Archive().Compact();
        File.Delete(Directory.GetFiles(live.Workspace.LogFolder, "*.log").Order().First());
        AssertDecidesAgain(live, 180);
    }

    private static Dictionary<string, DecisionRecord> AssertDecidesAgain(FilesAndLog live, int count)
    {
        var recorded = RecordedDecisions.Read(live.Workspace.LogFolder, live.Workspace.RecordsFolder, 0, long.MaxValue);
        recorded.Count.ShouldBe(count);
        var compared = 0;
        new VersionReplay(live.Version, live.Workspace.VersionFolder(live.Version.Number), live.Workspace.LogFolder, live.Workspace.RecordsFolder).Each(
            live.Read(), recorded.Values.Min(static d => d.Known), long.MaxValue, null, (in _, decided) =>
            {
                var before = recorded[decided.Id];
                decided.Outcome.ShouldBe(before.Outcome, decided.Id);
                decided.Rule.ShouldBe(before.Rule, decided.Id);
                decided.LetThrough.ShouldBe(before.LetThrough);
                decided.Margin.ShouldBe(before.Margin);
                decided.Probability.ShouldBe(before.Probability);
                decided.Known.ShouldBe(before.Known);
                decided.EventPlace.ShouldBe(before.EventPlace);
                compared++;
            });
        compared.ShouldBe(count);
        return recorded;
    }

    /// <summary>Columns, aggregates and features of every decision, bit for bit.</summary>
    private static void AssertReads(FilesAndLog live, List<DecisionRecord> decisions)
    {
        var history = live.Read();
        var replayed = FilesAndLog.Replay(history, live.Version, null, []);
        var plan = live.Version.Compiled.Plan;
        replayed.Count.ShouldBe(300 + decisions.Count);
        foreach (var decision in decisions)
        {
            var own = replayed[decision.Id];
            for (var r = 0; r < plan.FeatureStart + plan.FeatureCount; r++)
            {
                BitConverter.DoubleToInt64Bits(own[r]).ShouldBe(
                    BitConverter.DoubleToInt64Bits(decision.Registers[r]), $"register {r} of {decision.Id}");
            }
        }
    }
}
