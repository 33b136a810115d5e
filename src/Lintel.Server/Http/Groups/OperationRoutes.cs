using System.Buffers;
using System.Text;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>What whoever runs the server reads: versions, health, metrics, and the report at <c>/</c>.</summary>
internal sealed class OperationRoutes(Serving serving) : IRouteGroup
{
    public IReadOnlyList<RouteName> Names { get; } =
    [
        new("versions", "GET /v1/versions"), new("learning", "GET /v1/learning"), new("health-live", "GET /health/live"),
        new("health-ready", "GET /health/ready"), new("metrics", "GET /metrics"), new("report", "GET /"),
    ];

    public RouteMatch Find(string method, string path) => !HttpMethods.IsGet(method) ? default : path switch
    {
        "/" => new("report", "", Report),
        "/v1/versions" => new("versions", "", Versions),
        "/v1/learning" => new("learning", "", Learning),
        "/metrics" => new("metrics", "", Metrics),
        "/health/live" => new("health-live", "", static exchange => Write(exchange, "{\"status\":\"live\"}"u8)),
        "/health/ready" => new("health-ready", "", Ready),
        _ => default,
    };

    private ValueTask<string> Versions(Exchange exchange)
    {
        VersionList.Write(exchange.Json, serving.Versions);
        return new(Exchange.JsonType);
    }

    private ValueTask<string> Learning(Exchange exchange)
    {
        if (serving.Upkeep.Learning is { } learning) { learning.Write(exchange.Json); }
        else
        {
            exchange.Json.WriteStartObject();
            exchange.Json.WriteBoolean("on"u8, false);
            exchange.Json.WriteEndObject();
        }
        return new(Exchange.JsonType);
    }

    private ValueTask<string> Ready(Exchange exchange)
    {
        if (serving.Live.Log.Fault is { } fault) { throw new LogClosedException(fault.Message, fault); }
        serving.Upkeep.WriteReady(exchange.Json);
        return new(Exchange.JsonType);
    }

    private ValueTask<string> Metrics(Exchange exchange)
    {
        var text = serving.Metrics.Text(serving.Live.Version.Number, serving.Live.Log.Fault is null);
        serving.Upkeep.WriteMetrics(text);
        return Write(exchange, Encoding.UTF8.GetBytes(text.ToString()), "text/plain; version=0.0.4; charset=utf-8");
    }

    private ValueTask<string> Report(Exchange exchange)
    {
        var number = serving.Live.Version.Number;
        var path = Path.Combine(serving.Versions.Workspace.VersionFolder(number), VersionFiles.Report);
        if (!File.Exists(path))
        {
            throw new RequestException(new RequestFault(RequestFault.NotThere, "",
                $"version {number} has no report",
                Path.GetFileName(path), "a report in the version's folder",
                "run lintel report, then load this page again"));
        }
        return Write(exchange, File.ReadAllBytes(path), "text/html; charset=utf-8");
    }

    private static ValueTask<string> Write(Exchange exchange, ReadOnlySpan<byte> bytes,
        string type = Exchange.JsonType)
    {
        exchange.Body.Write(bytes);
        return new(type);
    }
}
