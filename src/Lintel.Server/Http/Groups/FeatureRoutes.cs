using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http.Answers;
using Lintel.Server.Http.Routing;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Groups;

/// <summary>The feature store: the features of keys and values as they are now, and the catalogue of all.</summary>
internal sealed class FeatureRoutes(Serving serving) : IRouteGroup
{
    private static readonly JsonSerializerOptions Compact = new(VersionManifest.Json) { WriteIndented = false };

    public IReadOnlyList<RouteName> Names { get; } = [new("features", "GET /v1/features")];

    public RouteMatch Find(string method, string path) =>
        HttpMethods.IsGet(method) && path == "/v1/features" ? new("features", "", Read) : default;

    private ValueTask<string> Read(Exchange exchange)
    {
        if (exchange.Context.Request.Query.Count == 0) { WriteCatalogue(exchange.Json); }
        else
        {
            var given = exchange.Context.Request.Query.Select(static q => KeyValuePair.Create(q.Key, q.Value.ToString()));
            Write(exchange.Json, FeatureQuery.Ask(serving.Live, given));
        }
        return new(Exchange.JsonType);
    }

    private void WriteCatalogue(Utf8JsonWriter json)
    {
        var version = serving.Live.Version;
        json.WriteStartObject();
        json.WriteNumber("version"u8, version.Number);
        json.WritePropertyName("features"u8);
        JsonSerializer.Serialize(json, FeatureCatalogue.Of(version.Design, version.Manifest), Compact);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FeatureQuery query)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, query.Version);
        json.WriteString("asOf"u8, Answer.Time(query.AsOf));
        json.WriteStartObject("features"u8);
        foreach (var (feature, value) in query.Values)
        {
            if (double.IsFinite(value)) { json.WriteNumber(feature, value); }
            else { json.WriteNull(feature); }
        }
        json.WriteEndObject();
        json.WriteStartArray("unavailable"u8);
        foreach (var (feature, needs) in query.Unavailable)
        {
            json.WriteStartObject();
            json.WriteString("feature"u8, feature);
            json.WriteString("reason"u8, $"needs {string.Join(" and ", needs)}");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
