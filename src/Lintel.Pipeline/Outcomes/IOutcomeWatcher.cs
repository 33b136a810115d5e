using Lintel.Pipeline.Live;

namespace Lintel.Pipeline.Outcomes;

/// <summary>Sees what became of decisions, in the log's order.</summary>
/// <typeparam name="T">What is kept of a decision while it waits.</typeparam>
public interface IOutcomeWatcher<T>
    where T : PendingOutcome
{
    /// <summary>A decision was asked for.</summary>
    T Begin(int number, int subject, long known, double[] values);

    /// <summary>It was given.</summary>
    /// <param name="decision">Used again for the next one.</param>
    /// <returns>False: nobody waits for its outcome.</returns>
    bool Decided(T pending, DecisionRecord decision);

    /// <summary>Its outcome is known.</summary>
    /// <param name="known">Since when, microseconds since 1970 UTC.</param>
    void Matured(T pending, double outcome, long known);

    /// <summary>It ended without a label.</summary>
    void Censored(T pending, long known);

    /// <summary>It waited as long as outcomes are waited for.</summary>
    void Unheard(T pending, long known);

    /// <summary>A record was taken, and everything that it ended was told.</summary>
    void Taken(long known);
}
