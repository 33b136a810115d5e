using System.Net.Http.Headers;
using System.Text.Json;

namespace Lintel.Server.Load;

/// <summary>One connection that is kept open.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly HttpClient _http;

    internal LoadClient(Uri address) =>
        _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { BaseAddress = address };

    internal async Task DecideAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        _ = await PostAsync("/v1/decide", body, cancellation).ConfigureAwait(false);

    /// <summary>Decides, and gives the features that the decision read, as text.</summary>
    internal async Task<string> FeaturesAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var answer = await PostAsync("/v1/decide?features=true", body, cancellation).ConfigureAwait(false);
        using var json = JsonDocument.Parse(answer);
        return json.RootElement[0].GetProperty("features").GetRawText();
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(path, content, cancellation).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? answer
            : throw new InvalidOperationException($"the server refused a decision: {System.Text.Encoding.UTF8.GetString(answer)}");
    }
}
