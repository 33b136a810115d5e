using Lintel.Pipeline.Live;
using Lintel.Pipeline.Outcomes;

namespace Lintel.Monitoring.Quality;

/// <summary>Counts what becomes known of a version's estimates, in steps of which the last are kept. Everything in it follows from the log.
/// Not thread-safe.</summary>
internal sealed class QualityWatch(QualityPlan plan, AnswerReaders readers) : IOutcomeWatcher<WaitingEstimate>
{
    private readonly Queue<Bucket> _buckets = new();
    private readonly List<Cell> _open = [];
    private readonly List<Cell> _cells = [];
    private Bucket? _last;

    public QualityPlan Plan { get; } = plan;

    /// <summary>Decisions of versions whose folder is gone.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The steps of the window that ends at an instant, the oldest first.</summary>
    /// <param name="at">Microseconds since 1970 UTC.</param>
    public Bucket[] Window(long at)
    {
        var last = Plan.BucketOf(at);
        return [.. _buckets.Where(b => b.Index > last - QualityPlan.BucketCount && b.Index <= last)];
    }

    public WaitingEstimate Begin(int number, int subject, long known, double[] values) => new(number, subject, known, values);

    public bool Decided(WaitingEstimate pending, DecisionRecord decision)
    {
        if (readers.Of(decision.Version) is not { } reader)
        {
            Unreadable++;
            return false;
        }
        if (!reader.Read(decision, pending)) { return false; }
        var bucket = BucketAt(decision.Given);
        bucket.Decisions++;
        if (!double.IsNaN(pending.Estimate)) { return true; }
        bucket.Failed++;
        return false;
    }

    public void Matured(WaitingEstimate pending, double outcome, long known)
    {
        _cells.Clear();
        BucketAt(known).CellsOf(pending, _cells);
        foreach (var cell in _cells)
        {
            cell.Add(new(pending.Estimate, pending.Promise, outcome, pending.Quantiles, pending.Costs));
            _open.Add(cell);
        }
    }

    public void Censored(WaitingEstimate pending, long known) => BucketAt(known).Censored++;

    public void Unheard(WaitingEstimate pending, long known) => BucketAt(known).Unheard++;

    public void Taken(long known)
    {
        foreach (var cell in _open) { cell.Close(); }
        _open.Clear();
    }

    /// <summary>The step of an instant; what lies before the last step counts in it, since known never goes back.</summary>
    private Bucket BucketAt(long known)
    {
        var index = Plan.BucketOf(known);
        if (_last is not null && index <= _last.Index) { return _last; }
        while (_buckets.TryPeek(out var oldest) && oldest.Index <= index - QualityPlan.BucketCount) { _buckets.Dequeue(); }
        _buckets.Enqueue(_last = new(Plan, index));
        return _last;
    }
}
