using System.Net.Http.Json;
using System.Text.Json;

namespace Lintel.Cli.Shell;

/// <summary>Asks a running server; its problem documents become messages.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;

    /// <exception cref="UsageException">Not an address.</exception>
    public ServerClient(string url)
    {
        _address = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address! : throw new UsageException($"--url: got '{url}', expected an address such as http://127.0.0.1:8080");
        _http = new() { BaseAddress = _address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(new(HttpMethod.Get, path), cancellation);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellation) =>
        SendAsync(new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancellation);

    public void Dispose() => _http.Dispose();

    /// <exception cref="RefusedException">The server answered with a problem.</exception>
    /// <exception cref="UsageException">Nobody answers, or not a Lintel.</exception>
    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
                var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation).ConfigureAwait(false);
                return response.IsSuccessStatusCode ? body
                    : throw new RefusedException((int)response.StatusCode, body.GetProperty("detail").GetString() ?? "no reason");
            }
            catch (HttpRequestException fault)
            {
                throw new UsageException(
                    $"no server answers at {_address} ({fault.Message}); start one with `lintel serve`, or say where it is with --url");
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new UsageException($"{_address} answers, but not as a Lintel server; say where it is with --url");
            }
            catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new UsageException($"{_address} does not answer within {_http.Timeout.TotalSeconds} s; try again");
            }
        }
    }
}

/// <summary>The server said no, and why.</summary>
internal sealed class RefusedException(int status, string reason) : Exception(reason)
{
    public int Status { get; } = status;
}
