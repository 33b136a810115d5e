namespace Lintel.Decisions.Review;

/// <summary>The items in the orders that are asked for, each change in O(log n). An item stands where its fields say, so
/// it is taken out before they change and put back behind.</summary>
internal sealed class ReviewQueue
{
    /// <summary>The largest priority first; ties go by age.</summary>
    private static readonly Comparer<ReviewItem> ByPriority = Comparer<ReviewItem>.Create(static (a, b) =>
        b.Priority.CompareTo(a.Priority) is not 0 and var order ? order : Age(a, b));

    private readonly SortedSet<ReviewItem> _open = new(ByPriority);

    private readonly SortedSet<ReviewItem> _claimed = new(Comparer<ReviewItem>.Create(static (a, b) =>
        a.Until.CompareTo(b.Until) is not 0 and var order ? order : Age(a, b)));

    /// <summary>Open and claimed, the oldest first.</summary>
    private readonly SortedSet<ReviewItem> _waiting = new(Comparer<ReviewItem>.Create(Age));

    /// <summary>The latest verdict first.</summary>
    private readonly SortedSet<ReviewItem> _closed = new(Comparer<ReviewItem>.Create(static (a, b) =>
        b.JudgedAt.CompareTo(a.JudgedAt) is not 0 and var order ? order : Age(a, b)));

    internal int Waiting => _waiting.Count;

    internal int Open => _open.Count;

    internal ReviewItem? Oldest => _waiting.Min;

    /// <summary>Items with a verdict, the latest first.</summary>
    internal IEnumerable<ReviewItem> Closed => _closed;

    internal int ClosedCount => _closed.Count;

    internal void Add(ReviewItem item)
    {
        if (item.IsClosed)
        {
            _closed.Add(item);
            return;
        }
        _waiting.Add(item);
        (item.ClaimedBy is null ? _open : _claimed).Add(item);
    }

    internal void Remove(ReviewItem item)
    {
        if (item.IsClosed)
        {
            _closed.Remove(item);
            return;
        }
        _waiting.Remove(item);
        (item.ClaimedBy is null ? _open : _claimed).Remove(item);
    }

    /// <summary>The item that comes first at an instant, expired claims among the open ones; null: none.</summary>
    /// <param name="since">Older ones are past the retention, and only wait to leave.</param>
    internal ReviewItem? Next(long now, long since)
    {
        var best = _open.FirstOrDefault(item => item.Known >= since);
        foreach (var item in Expired(now))
        {
            if (item.Known >= since && (best is null || ByPriority.Compare(item, best) < 0)) { best = item; }
        }
        return best;
    }

    /// <summary>Claims whose lock has expired at an instant.</summary>
    internal IEnumerable<ReviewItem> Expired(long now) => _claimed.TakeWhile(item => item.Until <= now);

    /// <summary>Everything without a verdict, in the order of the queue.</summary>
    internal IEnumerable<ReviewItem> InOrder()
    {
        using var open = _open.GetEnumerator();
        var more = open.MoveNext();
        foreach (var claimed in _claimed.Order(ByPriority))
        {
            for (; more && ByPriority.Compare(open.Current, claimed) < 0; more = open.MoveNext())
            {
                yield return open.Current;
            }
            yield return claimed;
        }
        for (; more; more = open.MoveNext()) { yield return open.Current; }
    }

    /// <summary>Items without a verdict that are older than an instant.</summary>
    internal int OlderThan(long known)
    {
        var count = 0;
        foreach (var item in _waiting)
        {
            if (item.Known >= known) { break; }
            count++;
        }
        return count;
    }

    private static int Age(ReviewItem a, ReviewItem b) =>
        a.Known.CompareTo(b.Known) is not 0 and var order ? order : a.Place.CompareTo(b.Place);
}
