using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Server.Http.Answers;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>Records come in: <c>decide</c> answers with decisions, <c>events</c> only accepts.</summary>
internal sealed class DecideRoutes : IRouteGroup
{
    private readonly Serving _serving;
    private readonly RouteMatch _decide;
    private readonly RouteMatch _events;

    internal DecideRoutes(Serving serving)
    {
        _serving = serving;
        _decide = new("decide", "", exchange => InFlightAsync(exchange, DecideAsync));
        _events = new("events", "", exchange => InFlightAsync(exchange, EventsAsync));
    }

    public IReadOnlyList<RouteName> Names { get; } =
        [new("decide", "POST /v1/decide"), new("events", "POST /v1/events")];

    public RouteMatch Find(string method, string path) => !HttpMethods.IsPost(method) ? default : path switch
    {
        "/v1/decide" => _decide,
        "/v1/events" => _events,
        _ => default,
    };

    private async ValueTask<string> InFlightAsync(Exchange exchange, Func<Exchange, ValueTask<string>> answer)
    {
        _serving.Intake.Enter(exchange.Context);
        try { return await answer(exchange).ConfigureAwait(false); }
        finally { _serving.Intake.Leave(); }
    }

    private async ValueTask<string> DecideAsync(Exchange exchange)
    {
        var started = TimeProvider.System.GetTimestamp();
        var request = exchange.Request;
        await RequestBody.ReadAsync(exchange.Context, _serving.MaxBodyBytes,
            body => _serving.Live.ReadDecide(body, request, SaysLines(exchange.Context.Request))).ConfigureAwait(false);
        if (request.Faults.Count == 0) { _serving.Intake.Take(exchange.Context, request.Count); }
        await _serving.Live.ApplyAsync(request, decide: true).ConfigureAwait(false);
        if (request.Faults.Count > 0) { throw new RequestException([.. request.Faults]); }
        if (request.Freshness is { } fresh) { _serving.Metrics.Freshness.Observe(fresh.TotalSeconds); }
        var explain = exchange.Query("explain") == "true";
        var features = exchange.Query("features") == "true";
        WriteAll(exchange, item =>
        {
            if (!item.HasDecision) { Answer.WriteAccepted(exchange.Json, item); }
            else if (explain)
            {
                Answer.WriteExplained(
                    exchange.Json, item.Decision, _serving.Versions.Find(item.Decision.Version),
                    item.Fate == LiveFate.Unanswered ? null : item.Record);
            }
            else if (features)
            {
                Answer.WriteWithFeatures(exchange.Json, item.Decision, _serving.Versions.Find(item.Decision.Version));
            }
            else { Answer.Write(exchange.Json, item.Decision, _serving.Versions.Find(item.Decision.Version)); }
        });
        _serving.Metrics.Decide.Observe(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        return Exchange.JsonType;
    }

    private async ValueTask<string> EventsAsync(Exchange exchange)
    {
        var request = exchange.Request;
        var fallback = exchange.Query("event");
        await RequestBody.ReadAsync(exchange.Context, _serving.MaxBodyBytes,
            body => _serving.Live.ReadEvents(body, request, fallback, SaysLines(exchange.Context.Request)))
            .ConfigureAwait(false);
        if (request.Faults.Count == 0) { _serving.Intake.Take(exchange.Context, request.Count); }
        await _serving.Live.ApplyAsync(request, decide: false).ConfigureAwait(false);
        if (request.Faults.Count > 0) { throw new RequestException([.. request.Faults]); }
        if (request.Freshness is { } fresh) { _serving.Metrics.Freshness.Observe(fresh.TotalSeconds); }
        WriteAll(exchange, item => Answer.WriteAccepted(exchange.Json, item));
        return Exchange.JsonType;
    }

    /// <summary>Whether the content type says NDJSON.</summary>
    private static bool SaysLines(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/ndjson", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase);
    }

    private void WriteAll(Exchange exchange, Action<LiveItem> write)
    {
        var request = exchange.Request;
        if (exchange.Query("answer") == "summary")
        {
            WriteSummary(exchange);
            return;
        }
        if (request.IsArray) { exchange.Json.WriteStartArray(); }
        for (var i = 0; i < request.Count; i++)
        {
            Count(request[i]);
            write(request[i]);
        }
        if (request.IsArray) { exchange.Json.WriteEndArray(); }
    }

    /// <summary>Counts instead of an answer for each record; places are those of the new ones.</summary>
    private void WriteSummary(Exchange exchange)
    {
        var request = exchange.Request;
        var (accepted, repeats, unanswered, first, last) = (0, 0, 0, -1L, -1L);
        for (var i = 0; i < request.Count; i++)
        {
            var item = request[i];
            Count(item);
            if (item.Fate == LiveFate.Unanswered)
            {
                unanswered++;
                continue;
            }
            if (item.Fate == LiveFate.Repeated)
            {
                repeats++;
                continue;
            }
            accepted++;
            if (first < 0) { first = item.Place; }
            last = item.Place;
        }
        var json = exchange.Json;
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, accepted);
        json.WriteNumber("repeats"u8, repeats);
        if (unanswered > 0) { json.WriteNumber("unanswered"u8, unanswered); }
        WritePlace(json, "firstPlace"u8, first);
        WritePlace(json, "lastPlace"u8, last);
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, ReadOnlySpan<byte> name, long place)
    {
        if (place < 0) { json.WriteNull(name); }
        else { json.WriteNumber(name, place); }
    }

    private void Count(LiveItem item)
    {
        if (item.HasDecision && item.Decision.Late && item.Fate != LiveFate.Repeated) { _serving.Metrics.Late(); }
        if (item.Fate == LiveFate.Decided || (item.Fate == LiveFate.Unanswered && item.HasDecision))
        {
            _serving.Metrics.Decision(item.Decision.RuleText, item.Decision.Outcome);
        }
        else if (item.Fate == LiveFate.Accepted) { _serving.Metrics.Event(); }
        else if (item.Fate == LiveFate.Repeated) { _serving.Metrics.Repeat(); }
    }
}
