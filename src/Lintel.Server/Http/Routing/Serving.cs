using Lintel.Pipeline.Live;

namespace Lintel.Server.Http.Routing;

/// <summary>What every group of routes answers from.</summary>
internal sealed record Serving(LiveService Live, ServedVersions Versions, ServerMetrics Metrics, int MaxBodyBytes);
