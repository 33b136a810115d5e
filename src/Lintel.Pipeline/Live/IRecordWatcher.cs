using Lintel.Events;

namespace Lintel.Pipeline.Live;

/// <summary>Sees what enters a state, in the log's order: whoever learns from what was decided.</summary>
public interface IRecordWatcher
{
    /// <summary>A record has entered.</summary>
    /// <param name="registers">What a decided record read before it entered: every column, aggregate and feature; others: empty.</param>
    void Taken(in EventRecord record, ReadOnlySpan<double> registers);

    /// <summary>A decision has taken effect.</summary>
    /// <param name="number">Of the decided record, see <see cref="EventRecord.Number"/>.</param>
    void Decided(DecisionRecord decision, int number);
}
