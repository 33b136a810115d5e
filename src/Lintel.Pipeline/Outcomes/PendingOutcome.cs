namespace Lintel.Pipeline.Outcomes;

/// <summary>A decision that waits for its outcome; who waits for it keeps there what it needs by then.</summary>
/// <param name="number">Of the decided record.</param> <param name="subject">What records name that tell its label.</param>
/// <param name="known">Of the decided record, microseconds since 1970 UTC.</param> <param name="values">Its own ones.</param>
public abstract class PendingOutcome(int number, int subject, long known, double[] values)
{
    public int Number { get; } = number;

    public int Subject { get; } = subject;

    public long Known { get; } = known;

    public double[] Values { get; } = values;

    /// <summary>The decision was given; before, its outcome is only kept.</summary>
    public bool IsDecided { get; internal set; }

    /// <summary>What came before the decision was given; NaN: nothing.</summary>
    public double Outcome { get; internal set; } = double.NaN;
}
