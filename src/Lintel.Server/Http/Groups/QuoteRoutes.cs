using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Quotes;
using Lintel.Server.Http.Answers;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>What would be promised now, of many asks in one request; nothing of it enters.</summary>
internal sealed class QuoteRoutes : IRouteGroup
{
    private readonly Serving _serving;
    private readonly RouteMatch _quote;

    internal QuoteRoutes(Serving serving)
    {
        _serving = serving;
        _quote = new("quote", "", QuoteAsync);
    }

    public IReadOnlyList<RouteName> Names { get; } = [new("quote", "POST /v1/quote")];

    public RouteMatch Find(string method, string path) => HttpMethods.IsPost(method) && path == "/v1/quote" ? _quote : default;

    private async ValueTask<string> QuoteAsync(Exchange exchange)
    {
        _serving.Intake.Enter(exchange.Context);
        var quote = exchange.Quote;
        try
        {
            await RequestBody.ReadAsync(exchange.Context, _serving.MaxBodyBytes, body => _serving.Live.ReadQuote(body, quote)).ConfigureAwait(false);
            _serving.Live.Quote(quote);
            if (quote.Faults.Count > 0) { throw new RequestException([.. quote.Faults]); }
            Write(exchange, quote);
            return Exchange.JsonType;
        }
        finally
        {
            quote.Return();
            _serving.Intake.Leave();
        }
    }

    private static void Write(Exchange exchange, QuoteRequest quote)
    {
        var (json, answer) = (exchange.Json, quote.Version.Estimate!);
        json.WriteStartObject();
        json.WriteNumber("version"u8, quote.Version.Number);
        json.WriteString("asOf"u8, Answer.Time(quote.AsOf));
        json.WriteStartArray("quotes"u8);
        for (var i = 0; i < quote.Count; i++)
        {
            var registers = quote.Registers(i);
            json.WriteStartObject();
            if (!quote.Id(i).IsEmpty) { json.WriteString("id"u8, quote.Id(i)); }
            PromiseAnswer.WritePromise(json, registers[answer.Promise], registers[answer.Estimate]);
            PromiseAnswer.WriteQuantiles(json, registers, answer);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
