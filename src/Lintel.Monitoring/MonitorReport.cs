using System.Text.Json;
using System.Text.Json.Serialization;
using Lintel.Monitoring.Drift;
using Lintel.Monitoring.Quality;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring;

/// <summary>What is seen of a running system; property names are the contract that scripts rely on (camel case).</summary>
/// <param name="Kind">Of the decision: classification, regression, ranking.</param>
/// <param name="At">As of when: ISO 8601 UTC; null: the log holds no record yet.</param>
/// <param name="Place">Of the log up to which it was read.</param>
public sealed record MonitorReport(string System, int Version, string Kind, string? At, long Place, IReadOnlyList<WatchLine> Watches)
{
    /// <summary>Estimates beside what happened; null: not watched, <see cref="Watches"/> says why.</summary>
    public QualityReport? Quality { get; init; }

    /// <summary>Features and scores beside those of the test; null: not watched, <see cref="Watches"/> says why.</summary>
    public DriftReport? Drift { get; init; }

    /// <summary>Times that a gate turned broken since the start.</summary>
    public long Alerts { get; init; }

    /// <summary>Decisions of versions whose folder is gone: nobody can read their registers.</summary>
    public long Unreadable { get; init; }

    /// <summary>Why the log could not be read any further; null: it could.</summary>
    public string? Fault { get; init; }

    /// <summary>As scripts and pages read it.</summary>
    public static JsonSerializerOptions Json { get; } = new(VersionManifest.Json)
    {
        WriteIndented = false,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}

/// <summary>One thing that can be watched.</summary>
/// <param name="On">Whether it is.</param> <param name="What">What is looked at, or why it is not.</param>
public sealed record WatchLine(string Name, bool On, string What);
