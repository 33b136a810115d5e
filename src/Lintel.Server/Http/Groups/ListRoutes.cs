using System.Text.Json;
using Lintel.Decisions.Lists;
using Lintel.Pipeline.Live.Lists;
using Lintel.Server.Http.Answers;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>The named lists that rules ask: shown, a key put in with its end and its reason, a key taken away.</summary>
internal sealed class ListRoutes(Serving serving) : IRouteGroup
{
    private const string All = "/v1/lists";

    /// <summary>Most bytes of a change: two texts of a thousand characters, and room.</summary>
    private const int MaxChangeBytes = 16 << 10;

    private readonly LiveLists _lists = new(serving.Live);

    public IReadOnlyList<RouteName> Names { get; } =
    [
        new("lists", "GET /v1/lists"), new("list", "GET /v1/lists/{name}"), new("list-key", "GET /v1/lists/{name}/{key}"),
        new("list-put", "PUT /v1/lists/{name}/{key}"), new("list-delete", "DELETE /v1/lists/{name}/{key}"),
    ];

    public RouteMatch Find(string method, string path)
    {
        if (!path.StartsWith(All, StringComparison.Ordinal)) { return default; }
        var isGet = HttpMethods.IsGet(method);
        if (path.Length == All.Length) { return isGet ? new("lists", "", WriteAll) : default; }
        if (path[All.Length] != '/') { return default; }
        var rest = path[(All.Length + 1)..];
        if (!rest.Contains('/')) { return isGet && rest.Length > 0 ? new("list", rest, WriteOne) : default; }
        return isGet ? new("list-key", rest, WriteKey)
            : HttpMethods.IsPut(method) ? new("list-put", rest, PutAsync)
            : HttpMethods.IsDelete(method) ? new("list-delete", rest, DeleteAsync)
            : default;
    }

    private ValueTask<string> WriteAll(Exchange exchange)
    {
        var json = exchange.Json;
        json.WriteStartObject();
        json.WriteStartArray("lists"u8);
        foreach (var (list, entries) in _lists.All())
        {
            json.WriteStartObject();
            json.WriteString("name"u8, list);
            json.WriteNumber("keys"u8, entries.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return new(Exchange.JsonType);
    }

    private ValueTask<string> WriteOne(Exchange exchange)
    {
        var list = PathArgument.Decoded(exchange.Argument);
        var entries = _lists.Entries(list);
        var json = exchange.Json;
        json.WriteStartObject();
        json.WriteString("name"u8, list);
        json.WriteStartArray("keys"u8);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            WriteEntry(json, entry);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return new(Exchange.JsonType);
    }

    private ValueTask<string> WriteKey(Exchange exchange)
    {
        var (list, key) = Split(exchange.Argument);
        var entry = _lists.Find(list, key);
        exchange.Json.WriteStartObject();
        exchange.Json.WriteString("list"u8, list);
        WriteEntry(exchange.Json, entry);
        exchange.Json.WriteEndObject();
        return new(Exchange.JsonType);
    }

    private async ValueTask<string> PutAsync(Exchange exchange)
    {
        var (list, key) = Split(exchange.Argument);
        ListRequest? request = null;
        await RequestBody.ReadAsync(exchange.Context, MaxChangeBytes, body => request = ListRequest.Read(body))
            .ConfigureAwait(false);
        var (entry, renewed) = await _lists.PutAsync(list, key, request!).ConfigureAwait(false);
        exchange.Status = renewed ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        exchange.Json.WriteStartObject();
        exchange.Json.WriteString("list"u8, list);
        WriteEntry(exchange.Json, entry);
        exchange.Json.WriteEndObject();
        return Exchange.JsonType;
    }

    private async ValueTask<string> DeleteAsync(Exchange exchange)
    {
        var (list, key) = Split(exchange.Argument);
        var entry = await _lists.RemoveAsync(list, key, exchange.Query("by") ?? "", exchange.Query("why") ?? "")
            .ConfigureAwait(false);
        exchange.Json.WriteStartObject();
        exchange.Json.WriteString("list"u8, list);
        exchange.Json.WriteString("removed"u8, entry.Key);
        exchange.Json.WriteEndObject();
        return Exchange.JsonType;
    }

    /// <summary>A key may hold strokes; the list's name cannot.</summary>
    private static (string List, string Key) Split(string argument)
    {
        var end = argument.IndexOf('/');
        return (PathArgument.Decoded(argument[..end]), PathArgument.Decoded(argument[(end + 1)..]));
    }

    private static void WriteEntry(Utf8JsonWriter json, ListEntry entry)
    {
        json.WriteString("key"u8, entry.Key);
        json.WriteString("since"u8, Answer.Time(entry.Since));
        if (entry.Until == ListChange.Forever) { json.WriteNull("until"u8); }
        else { json.WriteString("until"u8, Answer.Time(entry.Until)); }
        json.WriteString("by"u8, entry.By);
        json.WriteString("why"u8, entry.Why);
    }
}
