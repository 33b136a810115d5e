using FsCheck;
using FsCheck.Fluent;
using Lintel.Decisions.Review;

namespace Lintel.Decisions.Tests.Review;

/// <summary>Random reviewers, tools and restarts: the queue is a function of the log, and keeps its promises.</summary>
public sealed class ReviewLedgerProperties
{
    private static readonly string[] People = ["ann", "ben", "cem"];

    [Fact]
    public void Restart_anywhere_gives_the_same_queue_bit_for_bit() =>
        Prop.ForAll<int[]>(static steps =>
        {
            var queue = new QueueUnderTest(TimeSpan.FromHours(20));
            foreach (var step in steps)
            {
                Step(queue, step);
                if (step % 5 != 0) { continue; }
                var before = queue.Bytes();
                queue.Restart(queue.Records == 0 ? 0 : (int)((uint)step % (uint)(queue.Records + 1)));
                if (!queue.Bytes().AsSpan().SequenceEqual(before)) { return false; }
            }
            var live = queue.Bytes();
            queue.Restart(0);
            return queue.Bytes().AsSpan().SequenceEqual(live);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(200));

    [Fact]
    public void Nobody_gets_what_another_holds_and_next_is_what_a_search_would_find() =>
        Prop.ForAll<int[]>(static steps =>
        {
            var queue = new QueueUnderTest(TimeSpan.FromHours(20));
            foreach (var step in steps)
            {
                Step(queue, step);
                var now = queue.Known + 1;
                var free = queue.Ledger.Waiting.Where(i => i.HolderAt(now) is null).ToArray();
                var best = free.OrderByDescending(static i => i.Priority).ThenBy(static i => i.Known).FirstOrDefault();
                var next = queue.Ledger.Next(now);
                if (!ReferenceEquals(next, best) || queue.Ledger.OpenCount(now) != free.Length) { return false; }
                if (next is null) { continue; }
                var (by, other) = (People[(uint)step % 3], People[((uint)step % 3 + 1) % 3]);
                if (queue.Do(ReviewActKind.Claim, next.Id, by) is not null) { return false; }
                if (queue.Ledger.Next(queue.Known + 1)?.Id == next.Id) { return false; }
                if (queue.Do(ReviewActKind.Claim, next.Id, other) is not ReviewRefusal.Held { By: var holder } || holder != by)
                {
                    return false;
                }
            }
            return queue.Ledger.Waiting.Zip(queue.Ledger.Waiting.Skip(1))
                .All(static pair => pair.First.Priority >= pair.Second.Priority);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(150));

    /// <summary>One thing that happens, by the bits of a number.</summary>
    private static void Step(QueueUnderTest queue, int step)
    {
        var bits = (uint)step * 2_654_435_761u;
        var item = $"p{bits / 4096 % 12}";
        var by = People[bits / 512 % 3];
        queue.Advance(bits % 40);
        switch (bits % 11)
        {
            case 0 or 1 or 2:
                queue.Enqueue($"p{queue.Records}", bits % 7);
                queue.Enqueue(item, bits % 5);
                break;
            case 3 or 4:
                if (queue.Ledger.Next(queue.Known + 1) is { } next) { queue.Do(ReviewActKind.Claim, next.Id, by); }
                break;
            case 5:
                queue.Do(ReviewActKind.Release, item, by);
                break;
            case 6:
                queue.Do(ReviewActKind.Extend, item, by, act: $"a{bits % 50}");
                break;
            case 7 or 8:
                queue.Do(ReviewActKind.Verdict, item, by, value: bits % 2, overrule: bits % 3 == 0, torn: bits % 13 == 0);
                break;
            case 9:
                queue.Do(ReviewActKind.Undo, item, by, overrule: bits % 2 == 0);
                break;
            default:
                queue.Event(item, bits % 3 == 0 ? double.NaN : bits % 2);
                break;
        }
    }
}
