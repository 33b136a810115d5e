using Lintel.Design.Kinds;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Monitoring;

/// <summary>What is monitored, and by whose clock.</summary>
public sealed record MonitorRequest
{
    public required Workspace Workspace { get; init; }

    /// <summary>Every kind that a design may use.</summary>
    public required KindRegistry Kinds { get; init; }

    /// <summary>Where the log stands; null: the workspace's.</summary>
    public string? LogFolder { get; init; }

    /// <summary>Says which version's design tells what is watched; null: the one that the live reference names.</summary>
    public Func<int>? Version { get; init; }

    /// <summary>Figures are as of now; null: as of <see cref="At"/>.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Figures are as of this instant, microseconds since 1970 UTC; null without a clock: of the log's last record.</summary>
    public long? At { get; init; }

    /// <summary>The stretch that figures are over; null: the design's <c>monitor: window:</c>, else one day.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>How far back the log reaches, at least.</summary>
    public TimeSpan Retention { get; init; } = LiveState.DefaultRetention;

    /// <summary>Told, in one line each, what an operator should look at. Default: nobody.</summary>
    public Action<string> Alert { get; init; } = static _ => { };

    /// <summary>Told behind each record; may wait. Null: nobody is.</summary>
    public Action? Pace { get; init; }
}
