using System.Net.Http.Headers;
using System.Text.Json;
using Lintel.Events;
using Lintel.Server.Verification;

namespace Lintel.Server.Load;

/// <summary>One connection that is kept open, and the records that go over it.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly LoadRecords _records;
    private readonly RecordBatch _scratch;

    internal LoadClient(Uri address, LoadRecords records, EventHistory history)
    {
        _records = records;
        _scratch = new(history);
        _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { BaseAddress = address };
    }

    internal async Task DecideAsync(CancellationToken cancellation) =>
        _ = await PostAsync("/v1/decide", _records.Next(), cancellation).ConfigureAwait(false);

    /// <summary>Sends a record that is not decided.</summary>
    internal async Task SendAsync(LogEntry entry, CancellationToken cancellation) =>
        _ = await PostAsync("/v1/events", entry, cancellation).ConfigureAwait(false);

    /// <summary>Decides, and gives these of the features that the decision read, as text.</summary>
    internal async Task<string> FeaturesAsync(LogEntry entry, IReadOnlySet<string> names, CancellationToken cancellation)
    {
        var answer = await PostAsync("/v1/decide?features=true", entry, cancellation).ConfigureAwait(false);
        using var json = JsonDocument.Parse(answer);
        return string.Join('\n', json.RootElement[0].GetProperty("features").EnumerateObject()
            .Where(f => names.Contains(f.Name)).Select(static f => f.Value.GetRawText()));
    }

    public void Dispose()
    {
        _http.Dispose();
        _scratch.Dispose();
    }

    private async Task<byte[]> PostAsync(string path, LogEntry entry, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(_records.Body(_scratch, entry));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(path, content, cancellation).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? answer
            : throw new InvalidOperationException($"the server refused a decision: {System.Text.Encoding.UTF8.GetString(answer)}");
    }
}
