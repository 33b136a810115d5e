using Lintel.Decisions.Review;
using Lintel.Events.Log;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Reviews;

namespace Lintel.Pipeline.Tests.Live.Reviews;

public sealed class ReviewDeskTests : IDisposable
{
    private readonly LivePayments _live = new(ReviewedDesign.Text);

    public void Dispose() => _live.Dispose();

    [Fact]
    public async Task Reviewed_decisions_queue_by_probability_times_what_a_miss_costs()
    {
        await _live.DecideAsync("allowed", 10);
        var small = await _live.ReviewedAsync("small", 2_000);
        var large = await _live.ReviewedAsync("large", 2_500);

        var queue = _live.Desk().List(ReviewFilter.Waiting, 10);

        queue.Select(static i => i.Id).ShouldBe(["large", "small"]);
        queue[0].Priority.ShouldBe(large.Probability * 2_500, 1e-9);
        (queue[1].Stake, queue[1].Probability).ShouldBe((2_000, small.Probability));
    }

    [Fact]
    public async Task Priority_of_the_design_orders_the_queue()
    {
        using var live = new LivePayments(ReviewedDesign.Text.Replace(
            "within: 4h", "priority: p - amount", StringComparison.Ordinal));
        await live.ReviewedAsync("large", 2_400);
        var small = await live.ReviewedAsync("small", 2_000);

        var queue = live.Desk().List(ReviewFilter.Waiting, 10);

        queue.Select(static i => i.Id).ShouldBe(["small", "large"]);
        queue[0].Priority.ShouldBe(small.Probability - 2_000, 1e-9);
        queue[0].Deadline.ShouldBeNull();
    }

    [Fact]
    public async Task Verdict_is_a_label_event_at_once_and_closes_the_item()
    {
        var decision = await _live.ReviewedAsync("p1");
        (await _live.DoAsync(ReviewActKind.Claim, null, "ann")).Item.HeldBy.ShouldBe("ann");

        var answer = await _live.DoAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true);

        (answer.Item.State, answer.Item.Verdict, answer.Item.JudgedBy).ShouldBe((ReviewState.Closed, 1, "ann"));
        answer.Item.Acts.Select(static a => a.Kind).ShouldBe([ReviewActKind.Claim, ReviewActKind.Verdict]);
        answer.Item.JudgedAt.ShouldBeGreaterThan(decision.Given);
        var records = LogRecords();
        records[^2].ShouldBe(LiveRecordType.ReviewAct);
        records[^1].ShouldBe(LiveRecordType.Event);
    }

    [Fact]
    public async Task Decision_that_could_not_be_scored_is_ranked_by_what_is_at_stake()
    {
        _live.Model.Broken = "the model is gone";
        await _live.DecideAsync("p1", 70);

        var item = _live.Desk().List(ReviewFilter.Open, 1).ShouldHaveSingleItem();

        (item.Priority, item.Stake, double.IsNaN(item.Probability)).ShouldBe((70, 70, true));
    }

    [Fact]
    public async Task Reviewers_at_the_same_time_never_get_one_item()
    {
        for (var i = 0; i < 60; i++) { await _live.ReviewedAsync($"p{i}", 2_000 + i); }

        var claims = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => Task.Run(async () =>
        {
            try { return (await _live.DoAsync(ReviewActKind.Claim, null, $"reviewer {i}")).Item; }
            catch (RequestException fault) when (fault.Faults[0].Status == RequestFault.NotThere) { return null; }
        })));

        var got = claims.OfType<ReviewView>().ToArray();
        got.Length.ShouldBe(60);
        got.Select(static i => i.Id).Distinct().Count().ShouldBe(60);
        got.Select(static i => i.HeldBy).Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task Same_item_wanted_by_many_goes_to_one()
    {
        await _live.ReviewedAsync("p1");

        var winners = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            try { return (await _live.DoAsync(ReviewActKind.Claim, "p1", $"reviewer {i}")).Item.HeldBy; }
            catch (RequestException fault) when (fault.Faults[0].Status == RequestFault.Conflict) { return null; }
        })));

        winners.Count(static w => w is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Slow_reviewer_keeps_the_item_only_while_nobody_else_took_it()
    {
        await _live.ReviewedAsync("p1", 2_100);
        await _live.ReviewedAsync("p2", 2_000);
        await _live.DoAsync(ReviewActKind.Claim, "p1", "ann");
        await _live.DoAsync(ReviewActKind.Claim, "p2", "ann");
        _live.Clock.Advance(TimeSpan.FromMinutes(16));
        (await _live.DoAsync(ReviewActKind.Claim, null, "ben")).Item.Id.ShouldBe("p1");

        (await _live.DoAsync(ReviewActKind.Verdict, "p2", "ann", fraud: false)).Item.State.ShouldBe(ReviewState.Closed);
        var refused = await _live.RefusedAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true);

        refused.Status.ShouldBe(RequestFault.Conflict);
        refused.Got.ShouldContain("held by ben until 2024-05-01T00:31");
        _live.Desk().Find("p1")!.HeldBy.ShouldBe("ben");
    }

    [Fact]
    public async Task Retried_act_changes_nothing_and_gets_the_answer_again()
    {
        await _live.ReviewedAsync("p1", 2_100);
        await _live.ReviewedAsync("p2", 2_000);
        var first = await _live.DoAsync(ReviewActKind.Claim, null, "ann", act: "c1");
        var again = await _live.DoAsync(ReviewActKind.Claim, null, "ann", act: "c1");
        (first.Repeated, again.Repeated, again.Item.Id).ShouldBe((false, true, "p1"));
        await _live.DoAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true, act: "v1");
        var records = LogRecords().Count;

        var verdict = await _live.DoAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true, act: "v1");
        _live.Restart();
        var afterRestart = await _live.DoAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true, act: "v1");

        (verdict.Repeated, afterRestart.Repeated).ShouldBe((true, true));
        LogRecords().Count.ShouldBe(records);
        (await _live.RefusedAsync(ReviewActKind.Verdict, "p1", "ann", fraud: false, act: "v1")).Pointer.ShouldBe("/act");
    }

    [Fact]
    public async Task Undo_takes_the_label_back_and_opens_the_item()
    {
        await _live.ReviewedAsync("p1", 2_100);
        await _live.ReviewedAsync("p2", 2_000);
        await _live.DoAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true);

        await _live.DoAsync(ReviewActKind.Undo, "p1", "ann");

        _live.Desk().List(ReviewFilter.Waiting, 10).Select(static i => i.Id).ShouldBe(["p1", "p2"]);
        var (figures, item) = (_live.Desk().Figures(), _live.Desk().Find("p1")!);
        (figures.Confirmed, figures.Undone, figures.Open).ShouldBe((1, 1, 2));
        item.Acts.Select(static a => a.Kind).ShouldBe([ReviewActKind.Verdict, ReviewActKind.Undo]);
    }

    [Fact]
    public async Task Event_of_another_tool_is_a_verdict_too()
    {
        await _live.ReviewedAsync("p1");
        await _live.DoAsync(ReviewActKind.Claim, "p1", "ann");

        (await _live.SendAsync("""{"event":"inspection","about":"p1","fraud":false}""", decide: false))
            .Faults.ShouldBeEmpty();

        var item = _live.Desk().Find("p1")!;
        (item.State, item.Verdict, item.JudgedBy).ShouldBe((ReviewState.Closed, 0, ""));
        (await _live.RefusedAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true)).Got
            .ShouldContain("by an event of another tool");
        (await _live.DoAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true, overrule: true)).Item.Verdict.ShouldBe(1);
        // what takes it back may come as an event as well
        (await _live.SendAsync("""{"event":"inspection","about":"p1","fraud":null}""", decide: false))
            .Faults.ShouldBeEmpty();
        _live.Desk().Find("p1")!.State.ShouldBe(ReviewState.Open);
    }

    [Fact]
    public async Task Verdict_after_the_retention_is_refused_and_changes_nothing()
    {
        await _live.ReviewedAsync("p1");
        _live.Clock.Advance(TimeSpan.FromDays(61));

        (await _live.RefusedAsync(ReviewActKind.Verdict, "p1", "ann", fraud: true)).Status.ShouldBe(RequestFault.NotThere);
        (await _live.RefusedAsync(ReviewActKind.Claim, null, "ann")).Status.ShouldBe(RequestFault.NotThere);

        await _live.ReviewedAsync("p2");
        var figures = _live.Desk().Figures();
        (figures.Open, figures.Lapsed).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Wish_that_cannot_be_is_told_what_is_wrong()
    {
        await _live.ReviewedAsync("p1");

        (await _live.RefusedAsync(ReviewActKind.Claim, "p1", "")).Pointer.ShouldBe("/by");
        (await _live.RefusedAsync(ReviewActKind.Claim, "p1", new string('x', 65))).Pointer.ShouldBe("/by");
        (await _live.RefusedAsync(ReviewActKind.Verdict, "p1", "ann")).Pointer.ShouldBe("/value");
        (await _live.RefusedAsync(ReviewActKind.Claim, "p9", "ann")).Status.ShouldBe(RequestFault.NotThere);
        (await _live.RefusedAsync(ReviewActKind.Undo, "p1", "ann")).Status.ShouldBe(RequestFault.Conflict);
        (await _live.RefusedAsync(ReviewActKind.Release, "p1", "ann")).What.ShouldContain("does not hold");
    }

    [Fact]
    public async Task Every_acknowledged_act_survives_random_restarts_to_the_bit()
    {
        var random = new RandomStream(5);
        for (var step = 0; step < 250; step++)
        {
            await StepAsync(random, step);
            if (random.NextInt32(12) != 0) { continue; }
            var before = QueueBytes();
            _live.Restart();
            QueueBytes().ShouldBe(before);
        }
        _live.Desk().Figures().Closed.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Each_acknowledged_verdict_stands_in_the_log()
    {
        for (var i = 0; i < 20; i++) { await _live.ReviewedAsync($"p{i}"); }
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            _live.DoAsync(ReviewActKind.Verdict, $"p{i}", "ann", fraud: i % 3 == 0))));
        // what was acknowledged is durable: the log of now, read beside the running service, has all of it
        var records = LogRecords();
        _live.Restart();

        records.Count(static type => type == LiveRecordType.ReviewAct).ShouldBe(20);
        var closed = _live.Desk().List(ReviewFilter.Closed, 100);
        closed.Count.ShouldBe(20);
        closed.Count(static i => i.Verdict == 1).ShouldBe(7);
        closed.ShouldAllBe(static i => i.JudgedBy == "ann");
    }

    private async Task StepAsync(RandomStream random, int step)
    {
        _live.Clock.Advance(TimeSpan.FromMinutes(random.NextInt32(12)));
        var item = $"p{random.NextInt32(step + 1)}";
        var by = new[] { "ann", "ben", "cem" }[random.NextInt32(3)];
        try
        {
            switch (random.NextInt32(8))
            {
                case 0 or 1 or 2:
                    await _live.ReviewedAsync($"p{step}", 2_000 + random.NextInt32(400));
                    break;
                case 3 or 4:
                    var claimed = await _live.DoAsync(ReviewActKind.Claim, null, by);
                    if (random.NextInt32(2) == 0)
                    {
                        await _live.DoAsync(ReviewActKind.Verdict, claimed.Item.Id, by, random.NextInt32(2) == 0);
                    }
                    break;
                case 5:
                    await _live.DoAsync(ReviewActKind.Verdict, item, by, random.NextInt32(2) == 0, $"a{step}");
                    break;
                case 6:
                    await _live.DoAsync(ReviewActKind.Undo, item, by);
                    break;
                default:
                    await _live.SendAsync(
                        $$"""{"event":"inspection","about":"{{item}}","fraud":{{(step % 2 == 0 ? "true" : "null")}}}""",
                        decide: false);
                    break;
            }
        }
        catch (RequestException) { }
    }

    private byte[] QueueBytes() => _live.Service.Read(static state =>
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var ledger in state.Reviews!.Ledgers) { ledger.Write(writer); }
        writer.Flush();
        return stream.ToArray();
    });

    private List<byte> LogRecords()
    {
        var types = new List<byte>();
        AppendLogReader.Scan(Path.GetDirectoryName(_live.Segment)!, (in LogRecord record) => types.Add(record.Type));
        return types;
    }
}
