using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>What the system must keep; each is measured. Null: nothing is claimed.</summary>
public sealed record RequirementsDesign
{
    /// <summary>Percentile of the latency of one decision, e.g. 99, and its bound.</summary>
    public required ImmutableArray<LatencyClaim> Latency { get; init; }

    /// <summary>Decisions a second that must be sustained.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>An event counts in features this soon after it is accepted.</summary>
    public TimeSpan? Freshness { get; init; }

    /// <summary>Cases that human reviewers can judge, per day.</summary>
    public double? ReviewersPerDay { get; init; }

    /// <summary>Costs by name (missed, blocked, review …): number expressions over the decided event.</summary>
    public required ImmutableArray<CostDesign> Costs { get; init; }

    /// <summary>Where each claim stands in the file, by its key (latency, rate, freshness, reviewers, costs).</summary>
    public required ImmutableDictionary<string, SourceSpan> At { get; init; }
}

/// <param name="Percentile">0 to 100.</param>
public sealed record LatencyClaim(double Percentile, TimeSpan Bound);

public sealed record CostDesign(string Name, Expression Value);
