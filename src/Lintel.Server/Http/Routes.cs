using System.Buffers;
using System.Text;
using Lintel.Events.Log;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace Lintel.Server.Http;

/// <summary>Every route, mapped by hand: the hot one costs a comparison, not a routing table.</summary>
internal sealed class Routes
{
    private const string JsonType = "application/json";

    private readonly LiveService _live;
    private readonly ServedVersions _versions;
    private readonly int _maxBodyBytes;
    private readonly ServerMetrics _metrics;
    private readonly DefaultObjectPool<Exchange> _exchanges = new(new DefaultPooledObjectPolicy<Exchange>(), 256);

    internal Routes(LiveService live, ServedVersions versions, int maxBodyBytes)
    {
        (_live, _versions, _maxBodyBytes) = (live, versions, maxBodyBytes);
        _metrics = new(Names, live.Design.Outcomes);
        live.Log.BatchWritten = _metrics.LogBatch;
        live.ScoringFailed = (_, _) => _metrics.ScoringFailed();
    }

    internal async Task HandleAsync(HttpContext context)
    {
        var exchange = _exchanges.Get();
        exchange.Clear();
        var (route, id) = Find(context.Request.Method, context.Request.Path.Value ?? "/");
        var (status, type) = (StatusCodes.Status200OK, JsonType);
        try
        {
            type = await AnswerAsync(context, exchange, route, id).ConfigureAwait(false);
        }
        catch (RequestException fault) { (status, type) = Fail(context, exchange, fault.Faults); }
        catch (BadHttpRequestException fault)
        {
            (status, type) = Fail(context, exchange,
                [new(fault.StatusCode, "", "the request cannot be read", fault.Message, "an HTTP request",
                    "correct it")]);
        }
        catch (LogClosedException fault) { (status, type) = Fail(context, exchange, [Problem.Unavailable(fault)]); }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            (status, type) = Fail(context, exchange, [Problem.Internal(fault)]);
        }
        _metrics.Request(Names[(int)route], status);
        exchange.Json.Flush();
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = exchange.Body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.BodyWriter.Write(exchange.Body.WrittenSpan);
            await context.Response.BodyWriter.FlushAsync().ConfigureAwait(false);
        }
        _exchanges.Return(exchange);
    }

    private enum Route
    {
        None,
        Decide,
        Events,
        Decision,
        WhatIf,
        Versions,
        Live,
        Ready,
        Metrics,
        Report,
    }

    private static readonly string[] Names =
        ["none", "decide", "events", "decisions", "what-if", "versions", "health-live", "health-ready", "metrics",
            "report"];

    private static (Route Route, string Id) Find(string method, string path)
    {
        if (HttpMethods.IsPost(method))
        {
            return path switch
            {
                "/v1/decide" => (Route.Decide, ""),
                "/v1/events" => (Route.Events, ""),
                _ => DecisionId(path, "/what-if") is { } id ? (Route.WhatIf, id) : default,
            };
        }
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)) { return default; }
        return path switch
        {
            "/" => (Route.Report, ""),
            "/v1/versions" => (Route.Versions, ""),
            "/metrics" => (Route.Metrics, ""),
            "/health/live" => (Route.Live, ""),
            "/health/ready" => (Route.Ready, ""),
            _ => DecisionId(path, "") is { } id ? (Route.Decision, id) : default,
        };
    }

    /// <summary>Writes the answer into the exchange.</summary>
    /// <returns>Its content type.</returns>
    private async ValueTask<string> AnswerAsync(HttpContext context, Exchange exchange, Route route, string id)
    {
        switch (route)
        {
            case Route.Decide:
                await DecideAsync(context, exchange).ConfigureAwait(false);
                return JsonType;
            case Route.Events:
                await EventsAsync(context, exchange).ConfigureAwait(false);
                return JsonType;
            case Route.Decision:
                await DecisionAsync(exchange, id).ConfigureAwait(false);
                return JsonType;
            case Route.WhatIf:
                await WhatIfAsync(context, exchange, id).ConfigureAwait(false);
                return JsonType;
            case Route.Versions:
                VersionList.Write(exchange.Json, _versions);
                return JsonType;
            case Route.Live:
                Write(exchange, "{\"status\":\"live\"}"u8);
                return JsonType;
            case Route.Ready:
                if (_live.Log.Fault is { } fault) { throw new LogClosedException(fault.Message, fault); }
                Write(exchange, "{\"status\":\"ready\"}"u8);
                return JsonType;
            case Route.Metrics:
                Write(exchange, Encoding.UTF8.GetBytes(_metrics.Text(_live.Version.Number, _live.Log.Fault is null)));
                return "text/plain; version=0.0.4; charset=utf-8";
            case Route.Report:
                return WriteReport(exchange);
            default:
                throw new RequestException(Problem.NoRoute(context.Request.Method, context.Request.Path.Value ?? "/"));
        }
    }

    private async ValueTask DecideAsync(HttpContext context, Exchange exchange)
    {
        var started = TimeProvider.System.GetTimestamp();
        var request = exchange.Request;
        await ReadAsync(context, body => _live.ReadDecide(body, request)).ConfigureAwait(false);
        await _live.ApplyAsync(request, decide: true).ConfigureAwait(false);
        if (request.Faults.Count > 0) { throw new RequestException([.. request.Faults]); }
        var query = context.Request.QueryString.HasValue ? context.Request.Query : null;
        var explain = query is not null && query["explain"] == "true";
        var features = query is not null && query["features"] == "true";
        WriteAll(exchange, item =>
        {
            if (!item.HasDecision) { Answer.WriteAccepted(exchange.Json, item); }
            else if (explain)
            {
                Answer.WriteExplained(exchange.Json, item.Decision, _versions.Find(item.Decision.Version), item.Record);
            }
            else if (features)
            {
                Answer.WriteWithFeatures(exchange.Json, item.Decision, _versions.Find(item.Decision.Version));
            }
            else { Answer.Write(exchange.Json, item.Decision); }
        });
        _metrics.Decide.Observe(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    private async ValueTask EventsAsync(HttpContext context, Exchange exchange)
    {
        var request = exchange.Request;
        await ReadAsync(context, body => _live.ReadEvents(body, request)).ConfigureAwait(false);
        await _live.ApplyAsync(request, decide: false).ConfigureAwait(false);
        if (request.Faults.Count > 0) { throw new RequestException([.. request.Faults]); }
        WriteAll(exchange, item => Answer.WriteAccepted(exchange.Json, item));
    }

    private async ValueTask DecisionAsync(Exchange exchange, string id)
    {
        var decision = await FindAsync(id).ConfigureAwait(false);
        Answer.WriteExplained(exchange.Json, decision, _versions.Find(decision.Version), _live.ReadEvent(decision));
    }

    private async ValueTask WhatIfAsync(HttpContext context, Exchange exchange, string id)
    {
        var decision = await FindAsync(id).ConfigureAwait(false);
        WhatIf? answer = null;
        await ReadAsync(context, body => answer = WhatIf.Ask(_live, decision, body)).ConfigureAwait(false);
        Answer.WriteWhatIf(exchange.Json, answer!, decision, _live.Version);
    }

    private async ValueTask<DecisionRecord> FindAsync(string id) =>
        await _live.FindAsync(id).ConfigureAwait(false) ?? throw new RequestException(new RequestFault(
            RequestFault.NotThere, "", $"no decision of this {_live.Design.Decision.Each} is remembered", $"\"{id}\"",
            "the id of a decided record within the retention horizon", "check the id, or decide it first"));

    private void WriteAll(Exchange exchange, Action<LiveItem> write)
    {
        var request = exchange.Request;
        if (request.IsArray) { exchange.Json.WriteStartArray(); }
        for (var i = 0; i < request.Count; i++)
        {
            Count(request[i]);
            write(request[i]);
        }
        if (request.IsArray) { exchange.Json.WriteEndArray(); }
    }

    private void Count(LiveItem item)
    {
        if (item.Fate == LiveFate.Decided) { _metrics.Decision(item.Decision.Outcome); }
        else if (item.Fate == LiveFate.Accepted) { _metrics.Event(); }
        else { _metrics.Repeat(); }
    }

    private string WriteReport(Exchange exchange)
    {
        var path = Path.Combine(_versions.Workspace.VersionFolder(_live.Version.Number), VersionFiles.Report);
        if (!File.Exists(path))
        {
            throw new RequestException(new RequestFault(RequestFault.NotThere, "",
                $"version {_live.Version.Number} has no report",
                Path.GetFileName(path), "a report in the version's folder",
                "run lintel report, then load this page again"));
        }
        Write(exchange, File.ReadAllBytes(path));
        return "text/html; charset=utf-8";
    }

    private static void Write(Exchange exchange, ReadOnlySpan<byte> bytes) => exchange.Body.Write(bytes);

    private static (int Status, string Type) Fail(HttpContext context, Exchange exchange,
        IReadOnlyList<RequestFault> faults)
    {
        exchange.Clear();
        return (Problem.Write(exchange.Json, context.Request.Path, faults), Problem.ContentType);
    }

    /// <summary>The id in <c>/v1/decisions/{id}</c> and what stands below it; null for other paths.</summary>
    private static string? DecisionId(string path, string suffix)
    {
        const string Prefix = "/v1/decisions/";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal) || !path.EndsWith(suffix, StringComparison.Ordinal)
            || path.Length <= Prefix.Length + suffix.Length)
        {
            return null;
        }
        var id = path[Prefix.Length..^suffix.Length];
        // the server decodes all but %2F, which it leaves so that it cannot be taken for a separator
        return id.Contains('/') ? null : id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }

    private delegate void BodyReader(ReadOnlySpan<byte> body);

    /// <summary>Reads the whole body, within the limit, and hands it over in one piece.</summary>
    private async ValueTask ReadAsync(HttpContext context, BodyReader read)
    {
        if (context.Request.ContentLength > _maxBodyBytes)
        {
            throw new RequestException(Problem.TooLarge(context.Request.ContentLength, _maxBodyBytes));
        }
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var result = await pipe.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (buffer.Length > _maxBodyBytes)
            {
                pipe.AdvanceTo(buffer.End);
                throw new RequestException(Problem.TooLarge(null, _maxBodyBytes));
            }
            if (!result.IsCompleted)
            {
                pipe.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }
            try { Hand(buffer, read); }
            finally { pipe.AdvanceTo(buffer.End); }
            return;
        }
    }

    private static void Hand(in ReadOnlySequence<byte> buffer, BodyReader read)
    {
        if (buffer.IsSingleSegment)
        {
            read(buffer.FirstSpan);
            return;
        }
        var whole = ArrayPool<byte>.Shared.Rent((int)buffer.Length);
        try
        {
            buffer.CopyTo(whole);
            read(whole.AsSpan(0, (int)buffer.Length));
        }
        finally { ArrayPool<byte>.Shared.Return(whole); }
    }
}
