using Lintel.Pipeline.Live;
using Lintel.Server.Upkeep;

namespace Lintel.Server.Http.Routing;

/// <summary>What every group of routes answers from.</summary>
internal sealed record Serving(
    LiveService Live, ServedVersions Versions, ServerMetrics Metrics, ServerUpkeep Upkeep, Intake Intake, int MaxBodyBytes);
