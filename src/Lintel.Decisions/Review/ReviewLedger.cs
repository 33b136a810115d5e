using System.Runtime.InteropServices;
using Lintel.Events.Log;

namespace Lintel.Decisions.Review;

/// <summary>The queue of decisions that people look at. It follows from the log alone: decisions enqueue, acts claim and
/// release, and the verdict's event closes, whoever sent it. Not thread-safe: the sequencer owns it.</summary>
/// <remarks>No timer: a lock has expired when the known instant of whoever comes next says so. An item leaves memory one
/// retention after its decision, as the decision itself does; about 300 bytes an item and 150 an act until then.
/// A verdict of a reviewer is two records, the act and right behind it, 1 µs later, the event; only the event counts, so
/// an act whose event a crash cut off never was.</remarks>
public sealed class ReviewLedger(TimeSpan retention) : ILedger
{
    private const int Format = 1;

    /// <summary>Items stay a minute longer than they can be asked for, so that none leaves between check and act.</summary>
    private const long Slack = 60_000_000;

    private readonly long _retention = retention.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly Dictionary<string, ReviewItem> _items = new(StringComparer.Ordinal);
    private readonly Queue<ReviewItem> _arrivals = new();
    private readonly Dictionary<string, ReviewAct> _acts = new(StringComparer.Ordinal);
    private readonly ReviewQueue _queue = new();

    /// <summary>A verdict's act whose event should be the next record.</summary>
    private ReviewAct? _announced;

    public ReviewTally Tally { get; } = new();

    /// <summary>Items in memory, closed ones among them.</summary>
    public int Count => _items.Count;

    /// <summary>Items with a verdict, the latest first.</summary>
    public IEnumerable<ReviewItem> Closed => _queue.Closed;

    public int ClosedCount => _queue.ClosedCount;

    /// <summary>Items without a verdict, in the order in which they should be looked at; some are claimed.</summary>
    public IEnumerable<ReviewItem> Waiting => _queue.InOrder();

    public int WaitingCount => _queue.Waiting;

    /// <summary>The one that waits longest; null: nothing waits.</summary>
    public ReviewItem? Oldest => _queue.Oldest;

    public ReviewItem? Find(string id) => _items.GetValueOrDefault(id);

    /// <summary>What was done under a client's act id; null: nothing that is remembered.</summary>
    public ReviewAct? FindAct(string id) => id.Length == 0 ? null : _acts.GetValueOrDefault(id);

    /// <summary>The item that a reviewer gets next at an instant; null: none is free.</summary>
    public ReviewItem? Next(long now) => _queue.Next(now, now - _retention);

    public int ClaimedCount(long now) => _queue.Waiting - OpenCount(now);

    public int OpenCount(long now) => _queue.Open + _queue.Expired(now).Count();

    /// <summary>Items that wait for longer than they should.</summary>
    public int OverdueCount(long now, TimeSpan within) =>
        _queue.OlderThan(now - (within.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>Whether an act can be done at an instant; nothing changes.</summary>
    /// <param name="overrule">The act knows that another reviewer judged the item, and means to change that.</param>
    /// <returns>Null, or why not.</returns>
    public ReviewRefusal? Check(ReviewAct act, long now, bool overrule)
    {
        if (!_items.TryGetValue(act.Item, out var item) || item.Known < now - _retention)
        {
            return new ReviewRefusal.NotThere(act.Item);
        }
        if (item.HolderAt(now) is { } holder && holder != act.By)
        {
            return new ReviewRefusal.Held(item.Id, holder, item.Until);
        }
        var judged = item.IsClosed
            ? new ReviewRefusal.Judged(item.Id, item.JudgedBy!, item.Verdict, item.JudgedAt) : null;
        return act.Kind switch
        {
            ReviewActKind.Release or ReviewActKind.Extend when judged is null =>
                item.HolderAt(now) is null ? new ReviewRefusal.NotHeld(item.Id, act.By) : null,
            ReviewActKind.Undo when judged is null => new ReviewRefusal.NotJudged(item.Id),
            ReviewActKind.Verdict or ReviewActKind.Undo when overrule || item.JudgedBy == act.By => null,
            _ => judged,
        };
    }

    public bool Takes(byte type) => type == LiveRecordType.ReviewAct;

    /// <summary>A decision that a person should look at takes effect. A second one of the same id changes
    /// nothing.</summary>
    /// <param name="place">Of the decision in the log.</param>
    /// <param name="priority">Any number; NaN counts as 0.</param>
    public void Enqueue(string id, long place, long known, double priority, double probability, double stake)
    {
        Begin(known);
        var item = new ReviewItem
        {
            Id = id,
            Place = place,
            Known = known,
            Priority = double.IsNaN(priority) ? 0 : priority,
            Probability = probability,
            Stake = stake,
        };
        if (!_items.TryAdd(id, item)) { return; }
        _arrivals.Enqueue(item);
        _queue.Add(item);
        Tally.Enqueue(known);
    }

    /// <summary>A record of the verdict's event was accepted.</summary>
    /// <param name="id">The decision that it is about.</param>
    /// <param name="value">1 yes, 0 no; NaN takes the verdict back.</param>
    /// <param name="place">Of the record in the log.</param>
    public void Judge(string id, double value, long known, long place)
    {
        var act = _announced is { } announced && announced.Item == id && announced.Known + 1 == known
            && announced.Value.Equals(value)
            ? announced with { Place = place }
            : new()
            {
                Kind = double.IsNaN(value) ? ReviewActKind.Undo : ReviewActKind.Verdict,
                Item = id,
                By = "",
                Value = value,
                Known = known,
                Place = place,
            };
        Begin(known);
        if (!_items.TryGetValue(id, out var item)) { return; }
        Keep(item, act);
        _queue.Remove(item);
        if (double.IsNaN(value))
        {
            if (item.IsClosed) { Tally.Undo(); }
            item.Reopen();
        }
        else
        {
            Tally.Judge(item, value, known, closes: !item.IsClosed);
            (item.Verdict, item.JudgedBy, item.JudgedAt) = (value, act.By, known);
            (item.ClaimedBy, item.WasJudged) = (null, true);
        }
        _queue.Add(item);
    }

    public void Apply(in LogRecord record, long known)
    {
        var act = ReviewAct.Read(record.Payload, known, record.Place);
        Begin(known);
        if (!_items.TryGetValue(act.Item, out var item)) { return; }
        if (act.Kind is ReviewActKind.Verdict or ReviewActKind.Undo)
        {
            _announced = act;
            return;
        }
        if (item.IsClosed) { return; }
        Keep(item, act);
        _queue.Remove(item);
        (item.ClaimedBy, item.Until) = act.Kind == ReviewActKind.Release ? (null, 0) : (act.By, act.Until);
        _queue.Add(item);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Format);
        Tally.Write(writer);
        writer.Write(_arrivals.Count);
        foreach (var item in _arrivals) { item.Write(writer); }
        writer.Write(_announced is not null);
        if (_announced is null) { return; }
        writer.Write(_announced.Item);
        _announced.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        var format = reader.ReadInt32();
        if (format > Format)
        {
            throw new InvalidDataException(
                $"a review queue of format {format}, this program reads up to {Format}; use a newer Lintel.");
        }
        Tally.Read(reader);
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var item = ReviewItem.Read(reader);
            _items.Add(item.Id, item);
            _arrivals.Enqueue(item);
            _queue.Add(item);
            foreach (var act in item.Acts) { Remember(act); }
        }
        if (reader.ReadBoolean()) { _announced = ReviewAct.Read(reader, reader.ReadString()); }
    }

    /// <summary>What each record does first: locks that have expired are open, items past the retention leave.</summary>
    private void Begin(long known)
    {
        _announced = null;
        foreach (var item in _queue.Expired(known).ToArray())
        {
            _queue.Remove(item);
            item.ClaimedBy = null;
            _queue.Add(item);
        }
        while (_arrivals.TryPeek(out var oldest) && oldest.Known < known - _retention - Slack)
        {
            _arrivals.Dequeue();
            _items.Remove(oldest.Id);
            _queue.Remove(oldest);
            foreach (var act in oldest.Acts) { Forget(act); }
            if (!oldest.IsClosed) { Tally.Lapse(); }
        }
    }

    private void Keep(ReviewItem item, ReviewAct act)
    {
        Remember(act);
        if (item.Keep(act) is { } dropped) { Forget(dropped); }
    }

    private void Remember(ReviewAct act)
    {
        if (act.Id.Length > 0) { CollectionsMarshal.GetValueRefOrAddDefault(_acts, act.Id, out _) ??= act; }
    }

    private void Forget(ReviewAct act)
    {
        if (_acts.TryGetValue(act.Id, out var first) && ReferenceEquals(first, act)) { _acts.Remove(act.Id); }
    }
}
