using System.Text.Json;
using Lintel.Monitoring;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>What is seen of the answers by what happened: <c>lintel monitor</c>'s figures, as of now.</summary>
internal sealed class MonitorRoutes(Serving serving) : IRouteGroup
{
    public IReadOnlyList<RouteName> Names { get; } = [new("monitor", "GET /v1/monitor")];

    public RouteMatch Find(string method, string path) =>
        HttpMethods.IsGet(method) && path == "/v1/monitor" ? new("monitor", "", Answer) : default;

    private ValueTask<string> Answer(Exchange exchange)
    {
        var live = serving.Live;
        var report = serving.Upkeep.Monitor?.Report ?? new MonitorReport(
            live.Design.System, live.Version.Number, live.Design.Decision.Kind.ToString().ToLowerInvariant(), null, 0,
            [new("quality", false, "this server does not monitor")]);
        JsonSerializer.Serialize(exchange.Json, report, MonitorReport.Json);
        return new(Exchange.JsonType);
    }
}
