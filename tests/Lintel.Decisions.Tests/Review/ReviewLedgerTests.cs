using Lintel.Decisions.Review;

namespace Lintel.Decisions.Tests.Review;

public sealed class ReviewLedgerTests
{
    private readonly QueueUnderTest _queue = new(TimeSpan.FromDays(30));

    private ReviewLedger Ledger => _queue.Ledger;

    [Fact]
    public void Next_is_the_largest_priority_and_among_equals_the_oldest()
    {
        _queue.Enqueue("small", 1);
        _queue.Enqueue("first", 5);
        _queue.Enqueue("second", 5);
        _queue.Enqueue("unknown", double.NaN);

        var order = new List<string>();
        while (Ledger.Next(_queue.Known) is { } next)
        {
            order.Add(next.Id);
            _queue.Do(ReviewActKind.Claim, next.Id, "ann").ShouldBeNull();
        }

        order.ShouldBe(["first", "second", "small", "unknown"]);
        Ledger.Waiting.Select(static i => i.Id).ShouldBe(order);
    }

    [Fact]
    public void Claimed_item_is_refused_to_others_until_its_lock_expires()
    {
        _queue.Enqueue("p1", 5);
        _queue.Do(ReviewActKind.Claim, "p1", "ann", minutes: 15).ShouldBeNull();
        _queue.Advance(14);

        Ledger.Next(_queue.Known).ShouldBeNull();
        _queue.Do(ReviewActKind.Claim, "p1", "ben").ShouldBeOfType<ReviewRefusal.Held>().By.ShouldBe("ann");
        _queue.Advance(2);
        Ledger.Next(_queue.Known)!.Id.ShouldBe("p1");
        Ledger.Find("p1")!.StateAt(_queue.Known).ShouldBe(ReviewState.Open);
        _queue.Do(ReviewActKind.Claim, "p1", "ben").ShouldBeNull();

        Ledger.Find("p1")!.HolderAt(_queue.Known).ShouldBe("ben");
    }

    [Fact]
    public void Expired_lock_lets_a_verdict_pass_only_while_nobody_else_holds_the_item()
    {
        _queue.Enqueue("p1", 5);
        _queue.Enqueue("p2", 4);
        _queue.Do(ReviewActKind.Claim, "p1", "ann").ShouldBeNull();
        _queue.Do(ReviewActKind.Claim, "p2", "ann").ShouldBeNull();
        _queue.Advance(60);
        _queue.Do(ReviewActKind.Claim, "p2", "ben").ShouldBeNull();

        _queue.Do(ReviewActKind.Verdict, "p1", "ann", value: 1).ShouldBeNull();
        _queue.Do(ReviewActKind.Verdict, "p2", "ann", value: 1).ShouldBeOfType<ReviewRefusal.Held>().By.ShouldBe("ben");
        _queue.Do(ReviewActKind.Verdict, "p2", "ben", value: 0).ShouldBeNull();

        // the first reviewer comes back once more, late: what the second said is not overwritten by accident
        _queue.Do(ReviewActKind.Verdict, "p2", "ann", value: 1).ShouldBeOfType<ReviewRefusal.Judged>().By.ShouldBe("ben");
        Ledger.Find("p2")!.Verdict.ShouldBe(0);
    }

    [Fact]
    public void Correction_counts_and_undo_opens_the_item_at_its_old_place()
    {
        _queue.Enqueue("p1", 5);
        _queue.Enqueue("p2", 3);
        _queue.Enqueue("p3", 1);
        _queue.Do(ReviewActKind.Verdict, "p2", "ann", value: 1).ShouldBeNull();
        _queue.Do(ReviewActKind.Verdict, "p2", "ann", value: 0).ShouldBeNull();
        _queue.Do(ReviewActKind.Verdict, "p2", "ben", value: 1, overrule: true).ShouldBeNull();
        Ledger.Find("p2")!.Verdict.ShouldBe(1);
        Ledger.Find("p2")!.JudgedBy.ShouldBe("ben");

        _queue.Do(ReviewActKind.Undo, "p2", "ann").ShouldBeOfType<ReviewRefusal.Judged>();
        _queue.Do(ReviewActKind.Undo, "p2", "ben").ShouldBeNull();

        Ledger.Waiting.Select(static i => i.Id).ShouldBe(["p1", "p2", "p3"]);
        Ledger.Find("p2")!.Acts.Select(static a => (a.Kind, a.By)).ShouldBe(
        [
            (ReviewActKind.Verdict, "ann"), (ReviewActKind.Verdict, "ann"), (ReviewActKind.Verdict, "ben"),
            (ReviewActKind.Undo, "ben"),
        ]);
        _queue.Do(ReviewActKind.Undo, "p2", "ben").ShouldBeOfType<ReviewRefusal.NotJudged>();
        (Ledger.Tally.Confirmed, Ledger.Tally.Dismissed, Ledger.Tally.Undone).ShouldBe((2, 1, 1));
        // three verdicts are one item of work
        Ledger.Tally.Day(ReviewTally.DayOf(_queue.Known)).ShouldBe(new(ReviewTally.DayOf(_queue.Known), 3, 1));
    }

    [Fact]
    public void Event_of_another_tool_closes_the_item_whoever_holds_it()
    {
        _queue.Enqueue("p1", 5);
        _queue.Do(ReviewActKind.Claim, "p1", "ann").ShouldBeNull();

        _queue.Event("p1", 1);
        _queue.Event("never reviewed", 1);

        Ledger.Find("p1")!.IsClosed.ShouldBeTrue();
        Ledger.Find("p1")!.JudgedBy.ShouldBe("");
        Ledger.Count.ShouldBe(1);
    }

    [Fact]
    public void Act_whose_event_a_crash_cut_off_never_was()
    {
        _queue.Enqueue("p1", 5);
        _queue.Do(ReviewActKind.Verdict, "p1", "ann", value: 1, act: "a1", torn: true).ShouldBeNull();
        _queue.Restart(_queue.Records);

        Ledger.Find("p1")!.IsClosed.ShouldBeFalse();
        Ledger.FindAct("a1").ShouldBeNull();
        // the next verdict comes later than 1 µs behind it, and is not taken for its event
        _queue.Advance(1);
        _queue.Event("p1", 1);
        Ledger.Find("p1")!.JudgedBy.ShouldBe("");
    }

    [Fact]
    public void Release_and_extend_are_for_who_holds_the_item()
    {
        _queue.Enqueue("p1", 5);
        _queue.Do(ReviewActKind.Release, "p1", "ann").ShouldBeOfType<ReviewRefusal.NotHeld>();
        _queue.Do(ReviewActKind.Claim, "p1", "ann").ShouldBeNull();
        _queue.Do(ReviewActKind.Release, "p1", "ben").ShouldBeOfType<ReviewRefusal.Held>();
        _queue.Advance(10);
        _queue.Do(ReviewActKind.Extend, "p1", "ann", minutes: 15).ShouldBeNull();
        _queue.Advance(10);
        Ledger.Find("p1")!.HolderAt(_queue.Known).ShouldBe("ann");

        _queue.Do(ReviewActKind.Release, "p1", "ann").ShouldBeNull();

        Ledger.Next(_queue.Known)!.Id.ShouldBe("p1");
    }

    [Fact]
    public void Items_leave_memory_after_the_retention_judged_or_not()
    {
        _queue.Enqueue("judged", 5);
        _queue.Enqueue("waiting", 3);
        _queue.Do(ReviewActKind.Verdict, "judged", "ann", value: 1, act: "a1").ShouldBeNull();
        _queue.Advance(31 * 24 * 60);
        _queue.Enqueue("new", 1);

        Ledger.Count.ShouldBe(1);
        Ledger.FindAct("a1").ShouldBeNull();
        Ledger.Tally.Lapsed.ShouldBe(1);
        _queue.Do(ReviewActKind.Verdict, "judged", "ann", value: 0).ShouldBeOfType<ReviewRefusal.NotThere>();
        _queue.Event("judged", 0);
        Ledger.ClosedCount.ShouldBe(0);
    }

    [Fact]
    public void Endless_claims_of_one_item_stay_bounded()
    {
        _queue.Enqueue("p1", 5);
        for (var i = 0; i < 3 * ReviewItem.MostActs; i++)
        {
            _queue.Do(ReviewActKind.Claim, "p1", "ann", act: $"a{i}").ShouldBeNull();
        }

        Ledger.Find("p1")!.Acts.Count.ShouldBe(ReviewItem.MostActs);
        Ledger.FindAct("a0").ShouldBeNull();
        Ledger.FindAct($"a{(3 * ReviewItem.MostActs) - 1}").ShouldNotBeNull();
    }

    [Fact]
    public void Tally_times_the_first_verdict_and_counts_what_is_overdue()
    {
        _queue.Enqueue("p1", 5);
        _queue.Advance(10);
        _queue.Enqueue("p2", 5);
        _queue.Do(ReviewActKind.Verdict, "p1", "ann", value: 1).ShouldBeNull();
        _queue.Advance(300);
        _queue.Do(ReviewActKind.Undo, "p1", "ann").ShouldBeNull();
        _queue.Do(ReviewActKind.Verdict, "p1", "ann", value: 1).ShouldBeNull();

        var tally = Ledger.Tally;
        tally.Minutes[ReviewTally.MinuteBounds.IndexOf(15)].ShouldBe(1);
        tally.Minutes.ToArray().Sum().ShouldBe(1);
        tally.MinutesSum.ShouldBe(10, 1e-6);
        Ledger.OverdueCount(_queue.Known, TimeSpan.FromHours(4)).ShouldBe(1);
        Ledger.OverdueCount(_queue.Known, TimeSpan.FromHours(6)).ShouldBe(0);
        Ledger.Oldest!.Id.ShouldBe("p2");
    }

    [Fact]
    public void Thousands_of_items_are_claimed_in_order()
    {
        var random = new Numerics.Random.RandomStream(3);
        for (var i = 0; i < 5_000; i++) { _queue.Enqueue($"p{i}", random.NextInt32(1_000)); }
        var last = double.PositiveInfinity;
        for (var i = 0; i < 5_000; i++)
        {
            var next = Ledger.Next(_queue.Known)!;
            next.Priority.ShouldBeLessThanOrEqualTo(last);
            last = next.Priority;
            _queue.Do(ReviewActKind.Claim, next.Id, "ann", minutes: 10_000).ShouldBeNull();
        }
        Ledger.Next(_queue.Known).ShouldBeNull();
    }
}
