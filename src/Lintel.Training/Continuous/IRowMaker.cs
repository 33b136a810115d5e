using Lintel.Events;
using Lintel.Pipeline.Live;

namespace Lintel.Training.Continuous;

/// <summary>What makes the rows that are learned: decisions themselves, or the items that they showed.</summary>
internal interface IRowMaker
{
    /// <summary>Pages that are remembered until their items are shown.</summary>
    int PageCount { get; }

    /// <summary>Records that should have made a row and did not.</summary>
    long Unheard { get; }

    /// <summary>Takes a record that has entered, if rows are made of its kind.</summary>
    /// <param name="registers">What a decided record read; others: empty.</param>
    /// <returns>False: it may be a label.</returns>
    bool Take(in EventRecord record, ReadOnlySpan<double> registers);

    /// <summary>A decision has taken effect.</summary>
    /// <param name="number">Of the decided record.</param>
    void Decided(DecisionRecord decision, int number);

    /// <summary>Time has passed up to an instant, microseconds since 1970 UTC.</summary>
    void Pass(long instant);

    void Write(BinaryWriter writer);

    void Read(BinaryReader reader);
}
