using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lintel.Features;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Tests.Live;
using Lintel.Pipeline.Versions;

namespace Lintel.Server.Tests.Http;

/// <summary>A server of the payments design on a free port, over a workspace of its own.</summary>
internal sealed class ServedPayments : IAsyncDisposable
{
    private ServedPayments(string folder, ServerHost host, PlainModel model)
    {
        (Folder, Host, Model) = (folder, host, model);
        Client = new() { BaseAddress = host.Address };
    }

    internal string Folder { get; }

    internal ServerHost Host { get; }

    internal PlainModel Model { get; }

    internal HttpClient Client { get; }

    /// <param name="change">Serves with other options.</param>
    internal static async Task<ServedPayments> StartAsync(
        string? folder = null, int maxBodyBytes = 1 << 20, Func<ServerOptions, ServerOptions>? change = null)
    {
        folder ??= Directory.CreateTempSubdirectory("lintel-served-").FullName;
        var version = PlainModel.Version(out var model);
        var options = new ServerOptions
        {
            Workspace = new(folder),
            Kinds = PaymentsDesign.Kinds,
            Port = 0,
            MaxBodyBytes = maxBodyBytes,
            Loaded = (version, LiveState.Empty(version.Compiled, InstantOrder.ByPlace)),
        };
        var host = await ServerHost.StartAsync(change is null ? options : change(options));
        return new(folder, host, model);
    }

    internal static string Payment(string id, double amount = 10) =>
        $$"""{"id":"{{id}}","card":"c1","terminal":"t1","amount":{{amount}},"online":false}""";

    internal async Task<(int Status, string Type, JsonElement Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(path, content);
        return ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType!,
            await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    internal async Task<(int Status, string Type, string Body)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType!,
            await response.Content.ReadAsStringAsync());
    }

    internal async Task<JsonElement> GetJsonAsync(string path) =>
        JsonDocument.Parse((await GetAsync(path)).Body).RootElement;

    /// <summary>Ends the server; the workspace stays.</summary>
    internal async Task<string> StopAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        return Folder;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    internal string ReportPath => Path.Combine(new Workspace(Folder).VersionFolder(1), VersionFiles.Report);
}
