using System.Buffers;
using Lintel.Decisions.Review;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Reviews;
using Lintel.Server.Http;
using Lintel.Server.Http.Answers;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Reviews;

/// <summary>The queue of decisions that people look at: what waits, who holds it, what was said, and the page for
/// it.</summary>
internal sealed class ReviewRoutes : IRouteGroup
{
    private const string Root = "/v1/reviews";
    private const string Prefix = Root + "/";
    private const int DefaultLimit = 50;
    private const int MostItems = 1_000;

    private static readonly Dictionary<string, ReviewActKind> Acts = new(StringComparer.Ordinal)
    {
        ["claim"] = ReviewActKind.Claim,
        ["release"] = ReviewActKind.Release,
        ["extend"] = ReviewActKind.Extend,
        ["verdict"] = ReviewActKind.Verdict,
        ["undo"] = ReviewActKind.Undo,
    };

    private readonly Serving _serving;
    private readonly ReviewDesk _desk;

    internal ReviewRoutes(Serving serving)
    {
        _serving = serving;
        _desk = new(serving.Live);
        serving.Metrics.Add(text => ReviewMetrics.Write(text, _desk));
    }

    public IReadOnlyList<RouteName> Names { get; } =
    [
        new("reviews", $"GET {Root}"), new("review", $"GET {Prefix}{{id}}"),
        new("review-claim-next", $"POST {Prefix}claim"),
        .. Acts.Keys.Select(static act => new RouteName($"review-{act}", $"POST {Prefix}{{id}}/{act}")),
        new("review-page", "GET /reviews"),
    ];

    public RouteMatch Find(string method, string path)
    {
        if (HttpMethods.IsGet(method))
        {
            return path switch
            {
                "/reviews" => new("review-page", "", Page),
                Root => new("reviews", "", List),
                _ => PathArgument.Of(path, Prefix) is { } id ? new("review", id, ItemAsync) : default,
            };
        }
        if (!HttpMethods.IsPost(method) || !path.StartsWith(Prefix, StringComparison.Ordinal)) { return default; }
        if (path == Prefix + "claim") { return new("review-claim-next", "", exchange => ActAsync(exchange, "claim")); }
        foreach (var act in Acts.Keys)
        {
            if (PathArgument.Of(path, Prefix, "/" + act) is { } id)
            {
                return new($"review-{act}", id, exchange => ActAsync(exchange, act));
            }
        }
        return default;
    }

    private static ValueTask<string> Page(Exchange exchange)
    {
        exchange.Body.Write(ReviewPage.Bytes.Span);
        return new("text/html; charset=utf-8");
    }

    private ValueTask<string> List(Exchange exchange)
    {
        var limit = Limit(exchange.Query("limit"));
        var filter = Filter(exchange.Query("state"));
        var figures = _desk.Figures();
        ReviewJson.WriteQueue(exchange.Json, _desk.System, _desk.Plan!, figures, _desk.List(filter, limit));
        return new(Exchange.JsonType);
    }

    private async ValueTask<string> ItemAsync(Exchange exchange)
    {
        var id = exchange.Argument;
        var item = _desk.Find(id);
        if (item is null || await _serving.Live.FindAsync(id).ConfigureAwait(false) is not { } decision)
        {
            throw new RequestException(new RequestFault(RequestFault.NotThere, "", "the queue has no such item", $"\"{id}\"",
                "the id of a decision that was sent to review, within the time that answers are remembered",
                $"list GET {Root}; GET /v1/decisions/{{id}} knows decisions that were not reviewed"));
        }
        var json = exchange.Json;
        json.WriteStartObject();
        ReviewJson.WriteItem(json, item);
        json.WritePropertyName("decision"u8);
        Answer.WriteExplained(
            json, decision, _serving.Versions.Find(decision.Version), _serving.Live.ReadEvent(decision));
        await ReviewHistory.WriteAsync(json, _desk, _serving.Live, decision).ConfigureAwait(false);
        json.WriteEndObject();
        return Exchange.JsonType;
    }

    private async ValueTask<string> ActAsync(Exchange exchange, string act)
    {
        var item = exchange.Argument.Length == 0 ? null : exchange.Argument;
        ReviewWish? wish = null;
        await RequestBody.ReadAsync(exchange.Context, _serving.MaxBodyBytes,
            body => wish = ReviewBody.Read(body, Acts[act], item)).ConfigureAwait(false);
        var answer = await _desk.DoAsync(wish!).ConfigureAwait(false);
        exchange.Json.WriteStartObject();
        if (answer.Repeated) { exchange.Json.WriteBoolean("repeated"u8, true); }
        ReviewJson.WriteItem(exchange.Json, answer.Item);
        exchange.Json.WriteEndObject();
        return Exchange.JsonType;
    }

    private static int Limit(string? text)
    {
        if (text is null) { return DefaultLimit; }
        return int.TryParse(text, out var limit) && limit is >= 0 and <= MostItems
            ? limit
            : throw new RequestException(new RequestFault(RequestFault.NotValid, "", "the limit cannot be taken",
                $"limit={text}", $"0 to {MostItems}", "correct the number"));
    }

    private static ReviewFilter Filter(string? text) => text switch
    {
        null or "waiting" => ReviewFilter.Waiting,
        "open" => ReviewFilter.Open,
        "claimed" => ReviewFilter.Claimed,
        "closed" => ReviewFilter.Closed,
        _ => throw new RequestException(new RequestFault(RequestFault.NotValid, "", "there is no such state",
            $"state={text}", "waiting, open, claimed or closed", "correct the state, or leave it out")),
    };
}
