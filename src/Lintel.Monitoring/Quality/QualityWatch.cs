using Lintel.Pipeline.Live;
using Lintel.Pipeline.Outcomes;

namespace Lintel.Monitoring.Quality;

/// <summary>Counts what becomes known of a version's estimates, in steps of which the last are kept. Everything in it follows from the log.
/// Not thread-safe.</summary>
internal sealed class QualityWatch(QualityPlan plan, AnswerReaders readers) : IOutcomeWatcher<WaitingEstimate>
{
    private readonly RollingWindow<Bucket> _window = new(plan.Window, () => new(plan));
    private readonly List<Cell> _open = [];
    private readonly List<Cell> _cells = [];

    public QualityPlan Plan { get; } = plan;

    /// <summary>Decisions of versions whose folder is gone.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The steps of the window that ends at an instant, the oldest first.</summary>
    /// <param name="at">Microseconds since 1970 UTC.</param>
    public Bucket[] Window(long at) => _window.Until(at);

    public WaitingEstimate Begin(int number, int subject, long known, double[] values) => new(number, subject, known, values);

    public bool Decided(WaitingEstimate pending, DecisionRecord decision)
    {
        if (readers.Of(decision.Version) is not { } reader)
        {
            Unreadable++;
            return false;
        }
        if (!reader.Read(decision, pending)) { return false; }
        var bucket = _window.At(decision.Given);
        bucket.Decisions++;
        if (!double.IsNaN(pending.Estimate)) { return true; }
        bucket.Failed++;
        return false;
    }

    public void Matured(WaitingEstimate pending, double outcome, long known)
    {
        _cells.Clear();
        _window.At(known).CellsOf(pending, _cells);
        foreach (var cell in _cells)
        {
            cell.Add(new(pending.Estimate, pending.Promise, outcome, pending.Quantiles, pending.Costs));
            _open.Add(cell);
        }
    }

    public void Censored(WaitingEstimate pending, long known) => _window.At(known).Censored++;

    public void Unheard(WaitingEstimate pending, long known) => _window.At(known).Unheard++;

    public void Taken(long known)
    {
        foreach (var cell in _open) { cell.Close(); }
        _open.Clear();
    }
}
