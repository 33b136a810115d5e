using Lintel.Pipeline.Live;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>Decisions answer for themselves: the record with its reasons, and what would have been.</summary>
internal sealed class DecisionRoutes(Serving serving) : IRouteGroup
{
    private const string Prefix = "/v1/decisions/";

    public IReadOnlyList<RouteName> Names { get; } =
        [new("decisions", "GET /v1/decisions/{id}"), new("what-if", "POST /v1/decisions/{id}/what-if")];

    public RouteMatch Find(string method, string path)
    {
        if (HttpMethods.IsPost(method))
        {
            return PathArgument.Of(path, Prefix, "/what-if") is { } id ? new("what-if", id, WhatIfAsync) : default;
        }
        return HttpMethods.IsGet(method) && PathArgument.Of(path, Prefix) is { } asked
            ? new("decisions", asked, DecisionAsync) : default;
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
