using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring.Drift;

/// <summary>How the values of live decisions are distributed, beside those that the version was judged on.</summary>
/// <param name="Measure"><c>psi</c>: see <see cref="Numerics.StabilityIndex"/>.</param> <param name="Bound">From the design: drifted above it.</param>
/// <param name="Window">Stretch by when decisions were given, e.g. <c>1d</c>.</param> <param name="Decisions">Given in it by the version.</param>
/// <param name="Needed">Decisions from which on every value is judged: below, chance alone may come near the bound. Null: the test part is so
/// small that it always may.</param>
/// <param name="Rows">Decisions of the test part; <paramref name="From"/> and <paramref name="To"/> its days.</param>
/// <param name="Values">Features and scores, the furthest from the test first.</param>
public sealed record DriftReport(
    string Measure, double Bound, string Window, long Decisions, long? Needed, int Rows, string From, string To, IReadOnlyList<DriftValue> Values)
{
    /// <summary>Times that a value drifted since the start.</summary>
    public long Alerts { get; init; }
}

/// <param name="Kind"><c>feature</c> or <c>score</c>.</param>
/// <param name="Index">0: as in the test; null: nothing was decided in the window.</param>
/// <param name="Noise">What the index would be about if nothing had changed, at so many decisions.</param>
/// <param name="Verdict">Holds: as in the test; broken: drifted; undecided: too few decisions.</param>
/// <param name="Moved">The bin whose share changed most, in the test and now; null: nothing was decided in the window.</param>
public sealed record DriftValue(string Name, string Kind, double? Index, double? Noise, Verdict Verdict, string? Moved, IReadOnlyList<DriftBin> Bins);

/// <param name="Test">Share of the test's decisions, 0 to 1.</param> <param name="Live">Of the window's.</param>
public sealed record DriftBin(string Label, double Test, double Live);
