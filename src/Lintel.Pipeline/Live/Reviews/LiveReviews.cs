using System.Text;
using Lintel.Decisions.Review;
using Lintel.Events.Log;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>What the live state knows of reviews: the queue, and the trail of keys. Decisions and verdicts are handed to it
/// live and replayed alike. Not thread-safe: the sequencer owns it.</summary>
/// <param name="decided">The records that decisions are about.</param>
internal sealed class LiveReviews(ReviewPlan plan, RecordTable decided, TimeSpan retention)
{
    private readonly KeyTrail _trail = new(plan.Design.Verdict.About!.Event);

    internal ReviewPlan Plan => plan;

    internal ReviewLedger Queue { get; } = new(retention);

    internal IEnumerable<ILedger> Ledgers => [Queue, _trail];

    /// <summary>A decision takes effect: its keys are followed, and a person may have to look at it.</summary>
    /// <param name="place">Of the decision in the log.</param>
    internal void Take(DecisionRecord decision, long place)
    {
        if (decided.Find(decision.IdUtf8) is >= 0 and var slot) { _trail.Add(place, decision.Given, decided.Values(slot)); }
        if (decision.Reviewed)
        {
            Queue.Enqueue(decision.Id, place, decision.Given, decision.Priority, decision.Probability, decision.Stake);
        }
    }

    /// <summary>An event was accepted: a verdict, or nothing to us.</summary>
    /// <param name="known">As the log says it.</param> <param name="place">Of the event in the log.</param>
    internal void Take(IncomingRecord record, long known, long place)
    {
        if (record.Event.Number != plan.Design.Verdict.Number) { return; }
        Queue.Judge(Encoding.UTF8.GetString(record.Subject), record.Values[plan.Design.VerdictColumn], known, place);
    }

    /// <summary>Places of the latest decisions of each key of a decision, the newest first.</summary>
    /// <param name="since">Older ones may have left the log.</param>
    /// <returns>For each key its column of the decided event and the places.</returns>
    internal List<(int Column, List<long> Places)> History(ReadOnlySpan<byte> id, long since, int most)
    {
        var history = new List<(int, List<long>)>();
        if (decided.Find(id) is not (>= 0 and var slot)) { return history; }
        for (var k = 0; k < _trail.Columns.Length; k++)
        {
            var places = new List<long>();
            var code = decided.Values(slot)[_trail.Columns[k]];
            if (!double.IsNaN(code)) { _trail.Read(k, (int)code, since, most, places); }
            history.Add((_trail.Columns[k], places));
        }
        return history;
    }
}
