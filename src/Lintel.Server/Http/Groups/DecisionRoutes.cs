using Lintel.Pipeline.Live;
using Lintel.Pipeline.Ranking;
using Lintel.Server.Http.Answers;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>Decisions answer for themselves: the record with its reasons, and what would have been.</summary>
internal sealed class DecisionRoutes(Serving serving) : IRouteGroup
{
    private const string Prefix = "/v1/decisions/", Items = "/items/";

    public IReadOnlyList<RouteName> Names { get; } =
    [
        new("decisions", "GET /v1/decisions/{id}"), new("items", "GET /v1/decisions/{id}/items/{item}"),
        new("what-if", "POST /v1/decisions/{id}/what-if"),
    ];

    public RouteMatch Find(string method, string path)
    {
        if (HttpMethods.IsPost(method))
        {
            return PathArgument.Of(path, Prefix, "/what-if") is { } id ? new("what-if", id, WhatIfAsync) : default;
        }
        if (!HttpMethods.IsGet(method)) { return default; }
        if (PathArgument.Of(path, Prefix) is { } asked) { return new("decisions", asked, DecisionAsync); }
        var at = path.IndexOf(Items, StringComparison.Ordinal);
        return at > 0 && PathArgument.Of(path[..at], Prefix) is { } page && PathArgument.Of(path[at..], Items) is { } item
            ? new("items", page, exchange => ItemAsync(exchange, item)) : default;
    }

    /// <summary>Where an item was lost on its way to a page.</summary>
    private async ValueTask<string> ItemAsync(Exchange exchange, string item)
    {
        var decision = await FindAsync(exchange.Argument).ConfigureAwait(false);
        var page = decision.Page ?? throw new RequestException(new RequestFault(
            RequestFault.NotThere, "", "the decision gave an outcome, not a page", $"\"{decision.Outcome}\"",
            "the id of a page of a ranking", $"ask GET {Prefix}{exchange.Argument} for its reasons"));
        var version = serving.Versions.Find(decision.Version);
        PageAnswer.WriteFate(exchange.Json, ItemFate.Of(version, page, item, decision.Known), version);
        return Exchange.JsonType;
    }

    private async ValueTask<string> DecisionAsync(Exchange exchange)
    {
        var decision = await FindAsync(exchange.Argument).ConfigureAwait(false);
        Answer.WriteExplained(exchange.Json, decision, serving.Versions.Find(decision.Version),
            serving.Live.ReadEvent(decision));
        return Exchange.JsonType;
    }

    private async ValueTask<string> WhatIfAsync(Exchange exchange)
    {
        var decision = await FindAsync(exchange.Argument).ConfigureAwait(false);
        if (decision.Page is not null)
        {
            throw new RequestException(new RequestFault(
                RequestFault.Conflict, "", "a page is not asked what if", $"the page \"{exchange.Argument}\"", "a decision with an outcome",
                $"ask GET {Prefix}ID/items/ITEM where an item was lost, or decide another record"));
        }
        WhatIf? answer = null;
        await RequestBody.ReadAsync(exchange.Context, serving.MaxBodyBytes,
            body => answer = WhatIf.Ask(serving.Live, decision, body)).ConfigureAwait(false);
        Answer.WriteWhatIf(exchange.Json, answer!, decision, serving.Live.Version);
        return Exchange.JsonType;
    }

    private async ValueTask<DecisionRecord> FindAsync(string id) =>
        await serving.Live.FindAsync(id).ConfigureAwait(false) ?? throw new RequestException(new RequestFault(
            RequestFault.NotThere, "", $"no decision of this {serving.Live.Design.Decision.Each} is remembered",
            $"\"{id}\"", "the id of a decided record within the retention horizon",
            "check the id, or decide it first"));
}
