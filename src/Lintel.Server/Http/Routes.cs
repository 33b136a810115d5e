using System.Buffers;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;
using Lintel.Server.Http.Groups;
using Lintel.Server.Http.Routing;
using Lintel.Server.Reviews;
using Lintel.Server.Upkeep;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace Lintel.Server.Http;

/// <summary>Every group of routes, and what all of them share: faults become problem documents, answers are written and
/// counted.</summary>
internal sealed class Routes
{
    private readonly IRouteGroup[] _groups;
    private readonly ServerMetrics _metrics;
    private readonly DefaultObjectPool<Exchange> _exchanges = new(new DefaultPooledObjectPolicy<Exchange>(), 256);

    internal Routes(LiveService live, ServedVersions versions, ServerUpkeep upkeep, Intake intake, int maxBodyBytes)
    {
        _metrics = new(live.Design.Outcomes);
        var serving = new Serving(live, versions, _metrics, upkeep, intake, maxBodyBytes);
        // the hot one first: finding it costs a comparison, not a routing table
        _groups =
        [
            new DecideRoutes(serving),
            new QuoteRoutes(serving),
            new DecisionRoutes(serving),
            new FeatureRoutes(serving),
            new ListRoutes(serving),
            new ReviewRoutes(serving),
            new OperationRoutes(serving),
            new MonitorRoutes(serving),
        ];
        foreach (var name in _groups.SelectMany(static g => g.Names)) { _metrics.AddRoute(name.Name); }
        _metrics.Add(intake.Write);
        live.Log.BatchWritten = _metrics.LogBatch;
        live.ScoringFailed = (_, _) => _metrics.ScoringFailed();
    }

    internal async Task HandleAsync(HttpContext context)
    {
        var exchange = _exchanges.Get();
        exchange.Begin(context);
        var route = Find(context.Request);
        exchange.Argument = route.Argument ?? "";
        var type = Problem.ContentType;
        try
        {
            type = route.Name is null
                ? throw new RequestException(Problem.NoRoute(context.Request, _groups.SelectMany(static g => g.Names)))
                : await route.Answer(exchange).ConfigureAwait(false);
        }
        catch (RequestException fault) { Fail(exchange, fault.Faults); }
        catch (BadHttpRequestException fault)
        {
            Fail(exchange,
                [new(fault.StatusCode, "", "the request cannot be read", fault.Message, "an HTTP request",
                    "correct it")]);
        }
        catch (LogClosedException fault) { Fail(exchange, [Problem.Unavailable(fault)]); }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            Fail(exchange, [Problem.Internal(fault)]);
        }
        _metrics.Request(route.Name, exchange.Status);
        exchange.Json.Flush();
        context.Response.StatusCode = exchange.Status;
        context.Response.ContentType = type;
        context.Response.ContentLength = exchange.Body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.BodyWriter.Write(exchange.Body.WrittenSpan);
            await context.Response.BodyWriter.FlushAsync().ConfigureAwait(false);
        }
        _exchanges.Return(exchange);
    }

    private RouteMatch Find(HttpRequest request)
    {
        var method = HttpMethods.IsHead(request.Method) ? HttpMethods.Get : request.Method;
        var path = request.Path.Value ?? "/";
        foreach (var group in _groups)
        {
            if (group.Find(method, path) is { Name: not null } match) { return match; }
        }
        return default;
    }

    private static void Fail(Exchange exchange, IReadOnlyList<RequestFault> faults)
    {
        exchange.Clear();
        exchange.Status = Problem.Write(exchange.Json, exchange.Context.Request.Path, faults);
    }
}
