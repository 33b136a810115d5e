using System.Text;
using Lintel.Decisions.Review;
using Lintel.Design;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>Where reviewers work: each wish is checked and done in one step of the sequencer, and answered when it is on
/// disk. Safe for many threads.</summary>
/// <remarks>Two reviewers never get one item: the check and the claim are one step. A verdict is the act and right behind
/// it the event, accepted as any other.</remarks>
public sealed class ReviewDesk(LiveService live)
{
    /// <summary>What the design that is live says of reviews; null: nothing.</summary>
    public ReviewPlan? Plan => live.Served.State.Reviews?.Plan;

    /// <summary>Name of the system whose decisions are reviewed.</summary>
    public string System => live.Design.System;

    /// <summary>Does what a reviewer asks for.</summary>
    /// <exception cref="RequestException">It cannot be done; nothing was changed.</exception>
    /// <exception cref="LogClosedException">The log failed: it must not be acknowledged.</exception>
    public ValueTask<ReviewAnswer> DoAsync(ReviewWish wish)
    {
        var faults = ReviewFaults.Of(wish).ToArray();
        if (faults.Length > 0) { throw new RequestException(faults); }
        return live.ChangeAsync(step => Do(step, wish));
    }

    /// <summary>An item with its audit trail; null: the queue has none of this id.</summary>
    public ReviewView? Find(string id) => live.Read(
        (state, now) => Of(state).Queue.Find(id) is { } item ? View(Of(state), item, now) : null);

    /// <summary>Items as they stand now.</summary>
    public IReadOnlyList<ReviewView> List(ReviewFilter filter, int limit) => live.Read((state, now) =>
        (IReadOnlyList<ReviewView>)[.. Choose(Of(state).Queue, filter, now).Take(limit)
            .Select(item => View(Of(state), item, now))]);

    /// <summary>The queue in figures.</summary>
    public ReviewFigures Figures() => live.Read((state, now) =>
    {
        var queue = Of(state).Queue;
        var tally = queue.Tally;
        var today = ReviewTally.DayOf(now);
        var open = queue.OpenCount(now);
        return new ReviewFigures(
            now, open, queue.WaitingCount - open, queue.ClosedCount, queue.Oldest?.Known,
            Of(state).Plan.Design.Within is { } within ? queue.OverdueCount(now, within) : 0, tally.Day(today),
            [.. tally.Days.Where(day => day.Day < today)], tally.Enqueued, tally.Confirmed, tally.Dismissed,
            tally.Undone, tally.Lapsed, [.. tally.Minutes], tally.MinutesSum);
    });

    /// <summary>What the same keys did before and since: their latest other decisions, the newest first.</summary>
    /// <param name="most">For each key.</param>
    public async ValueTask<IReadOnlyList<KeyHistory>> HistoryAsync(DecisionRecord decision, int most)
    {
        var found = live.Read((state, now) =>
            Of(state).History(decision.IdUtf8, now - state.RetentionMicroseconds, most + 1));
        var history = new List<KeyHistory>();
        foreach (var (column, places) in found)
        {
            var decisions = new List<DecisionRecord>();
            foreach (var place in places)
            {
                await live.Log.WaitAsync(place).ConfigureAwait(false);
                var record = new DecisionRecord();
                record.Read(live.Log.Read(place, out _));
                if (record.EventPlace != decision.EventPlace && decisions.Count < most) { decisions.Add(record); }
            }
            history.Add(new(live.Design.Decision.Each.Columns[column], decisions));
        }
        return history;
    }

    private static IEnumerable<ReviewItem> Choose(ReviewLedger queue, ReviewFilter filter, long now) => filter switch
    {
        ReviewFilter.Open => queue.Waiting.Where(item => item.HolderAt(now) is null),
        ReviewFilter.Claimed => queue.Waiting.Where(item => item.HolderAt(now) is not null),
        ReviewFilter.Closed => queue.Closed,
        _ => queue.Waiting,
    };

    private static ReviewAnswer Do(LiveStep step, ReviewWish wish)
    {
        var reviews = Of(step.State);
        var queue = reviews.Queue;
        var now = step.Now;
        if (queue.FindAct(wish.Act) is { } before)
        {
            if (!IsRepeat(wish, before)) { throw new RequestException(ReviewFaults.Of(new ReviewRefusal.ActReused(before))); }
            step.Await(before.Place);
            return new(View(reviews, queue.Find(before.Item)!, now), Repeated: true);
        }
        var act = new ReviewAct
        {
            Kind = wish.Kind,
            Item = wish.Item ?? queue.Next(now)?.Id
                ?? throw new RequestException(ReviewFaults.Of(new ReviewRefusal.NothingOpen(queue.WaitingCount))),
            By = wish.By,
            Id = wish.Act,
            Until = wish.Kind is ReviewActKind.Claim or ReviewActKind.Extend
                ? now + ((wish.For ?? reviews.Plan.Design.Lock).Ticks / TimeSpan.TicksPerMicrosecond) : 0,
            Value = wish.Kind == ReviewActKind.Verdict ? wish.Value : double.NaN,
            Note = wish.Note,
        };
        if (queue.Check(act, now, wish.Overrule) is { } refusal) { throw new RequestException(ReviewFaults.Of(refusal)); }
        if (act.Kind is ReviewActKind.Verdict or ReviewActKind.Undo)
        {
            var verdict = VerdictOf(step, reviews.Plan.Design, act);
            step.Append(LiveRecordType.ReviewAct, act.Write);
            step.AcceptBehind(verdict);
        }
        else { step.Append(LiveRecordType.ReviewAct, act.Write); }
        return new(View(reviews, queue.Find(act.Item)!, step.Now), Repeated: false);
    }

    /// <summary>The verdict's event, checked as one that a request brought.</summary>
    private static IncomingRecord VerdictOf(LiveStep step, ReviewsDesign design, ReviewAct act)
    {
        var record = new IncomingRecord();
        record.Begin(design.Verdict);
        var about = Encoding.UTF8.GetBytes(act.Item);
        record.SetSubject(about);
        // a design that names records of this event gets a name that no other has: where its act stands in time
        if (design.Verdict.Id is not null) { record.SetId(Encoding.UTF8.GetBytes($"review-{step.Now}")); }
        record.Values[design.VerdictColumn] = act.Value;
        if (step.State.Table(design.Verdict.About!.Event)!.Find(about) < 0)
        {
            throw new RequestException(ReviewFaults.Of(new ReviewRefusal.NotThere(act.Item)));
        }
        if (step.State.Check(record) is { } overflow) { throw new RequestException(ReviewFaults.Overflow(overflow)); }
        return record;
    }

    private static ReviewView View(LiveReviews reviews, ReviewItem item, long now) =>
        ReviewView.Of(item, now, reviews.Plan.Design.Within);

    private static LiveReviews Of(LiveState state) => state.Reviews ?? throw new RequestException(ReviewFaults.NoQueue);

    private static bool IsRepeat(ReviewWish wish, ReviewAct before) =>
        wish.Kind == before.Kind && wish.By == before.By && (wish.Item ?? before.Item) == before.Item
        && (wish.Kind != ReviewActKind.Verdict || wish.Value.Equals(before.Value));
}
