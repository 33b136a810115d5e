using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design;

public enum ServeMode
{
    Online,
    Batch,
}

/// <param name="OnFailure">The outcome when a decision fails or takes too long, of a ranking the source whose items are shown in their
/// order; null: the request fails.</param>
/// <param name="LetThrough">Share of the hardest outcome that passes anyway, so that outcomes stay observable; 0 to
/// 1.</param>
public sealed record ServeDesign(ServeMode Mode, string? OnFailure, double LetThrough, SourceSpan At)
{
    /// <summary>A decision that is not there by then is the one on failure; null: it is waited for.</summary>
    public TimeSpan? TimeOut { get; init; }

    /// <summary>Records a second that are taken; more are asked to come again. Null: no limit.</summary>
    public double? LimitPerSecond { get; init; }

    /// <summary>How often a batch decides for everyone; null: on demand.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>What a batch chose is scored again, by what is known then, when it is asked for.</summary>
    public bool RescoresOnline { get; init; }

    /// <summary>How long a record can be named by others and its answer is remembered; null: the program's default.</summary>
    public TimeSpan? Remember { get; init; }
}

/// <param name="DriftMeasure">e.g. psi.</param>
public sealed record MonitorDesign(
    string? DriftMeasure, double? DriftBound, TimeSpan? Window, ImmutableArray<string> Alert, SourceSpan At);

/// <param name="RefitOnAll"><c>refit: now</c>: after judging, the same recipe is fitted on all that is known.</param>
/// <param name="Promote">The condition as written; the default is "when no gate is broken and no slice is
/// worse".</param>
public sealed record RetrainDesign(TimeSpan? Every, bool RefitOnAll, string Promote, SourceSpan At)
{
    /// <summary>How often the calibration is fitted anew on what matured meanwhile; null: only with a new version.</summary>
    public TimeSpan? Calibrate { get; init; }

    /// <summary>How often what was learned meanwhile is published; null: models do not go on learning.</summary>
    public TimeSpan? Continuous { get; init; }

    /// <summary>Where learning goes back; null: it does not.</summary>
    public RollbackBand? Rollback { get; init; }
}

/// <summary>A band of the calibration ratio, positives promised over positives seen; 1 lies inside.</summary>
public readonly record struct RollbackBand(double Low, double High)
{
    public bool Holds(double ratio) => ratio >= Low && ratio <= High;
}
