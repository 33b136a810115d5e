using System.Buffers;
using System.Text.Json;
using Lintel.Pipeline.Live;

namespace Lintel.Server.Http;

/// <summary>What one request needs while it runs, used again by later ones: its records and the buffer of its
/// answer.</summary>
internal sealed class Exchange
{
    private static readonly JsonWriterOptions Plain = new()
    {
        SkipValidation = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Exchange() => Json = new(Body, Plain);

    internal LiveRequest Request { get; } = new();

    internal ArrayBufferWriter<byte> Body { get; } = new(1024);

    internal Utf8JsonWriter Json { get; }

    internal void Clear()
    {
        Body.ResetWrittenCount();
        Json.Reset(Body);
    }
}
