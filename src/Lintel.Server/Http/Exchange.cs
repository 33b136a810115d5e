using System.Buffers;
using System.Text.Json;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Quotes;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http;

/// <summary>What one request needs while it runs, used again by later ones: its records and the buffer of its
/// answer.</summary>
internal sealed class Exchange
{
    internal const string JsonType = "application/json";

    private static readonly JsonWriterOptions Plain = new()
    {
        SkipValidation = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Exchange() => Json = new(Body, Plain);

    internal HttpContext Context { get; private set; } = null!;

    /// <summary>What the path holds; see <see cref="Routing.RouteMatch"/>.</summary>
    internal string Argument { get; set; } = "";

    /// <summary>Of the answer; 200 unless a route says otherwise.</summary>
    internal int Status { get; set; }

    internal LiveRequest Request { get; } = new();

    internal QuoteRequest Quote { get; } = new();

    internal ArrayBufferWriter<byte> Body { get; } = new(1024);

    internal Utf8JsonWriter Json { get; }

    internal void Begin(HttpContext context)
    {
        Context = context;
        Argument = "";
        Status = StatusCodes.Status200OK;
        Clear();
    }

    /// <summary>Forgets what was written so far.</summary>
    internal void Clear()
    {
        Body.ResetWrittenCount();
        Json.Reset(Body);
    }

    /// <summary>A parameter of the query; null without it.</summary>
    internal string? Query(string name) =>
        Context.Request.QueryString.HasValue ? Context.Request.Query[name] : (string?)null;
}
