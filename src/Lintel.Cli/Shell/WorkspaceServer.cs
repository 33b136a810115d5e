using System.CommandLine;
using Lintel.Pipeline.Versions;
using Lintel.Server;

namespace Lintel.Cli.Shell;

/// <summary>Reaches a workspace's live state: the server that runs, or one of its own for as long as the verb takes. The log's
/// lock keeps the two apart.</summary>
internal sealed class WorkspaceServer : IAsyncDisposable
{
    private readonly ServerHost? _own;

    private WorkspaceServer(Uri address, ServerHost? own)
    {
        Client = new() { BaseAddress = address };
        _own = own;
    }

    public static Option<string?> Url() => new("--url")
    {
        Description = "Address of the running server, e.g. http://127.0.0.1:8080 (default: none runs, the workspace's log is opened)",
        HelpName = "URL",
    };

    public HttpClient Client { get; }

    /// <exception cref="UsageException">No version is live, or a server runs and no address was given.</exception>
    public static async Task<WorkspaceServer> OpenAsync(Workspace workspace, string? url, CancellationToken cancellation)
    {
        if (url is not null)
        {
            return Uri.TryCreate(url, UriKind.Absolute, out var address)
                ? new(address, null)
                : throw new UsageException($"--url: got '{url}', expected an address such as http://127.0.0.1:8080");
        }
        if (LiveReference.Read(workspace) is null)
        {
            throw new UsageException($"{workspace.Folder} has no live version; run lintel train and lintel promote");
        }
        try
        {
            var own = await ServerHost.StartAsync(
                new() { Workspace = workspace, Kinds = Composition.Kinds, Port = 0, LimitPerSecond = int.MaxValue }, cancellation)
                .ConfigureAwait(false);
            return new(own.Address, own);
        }
        catch (IOException fault)
        {
            throw new UsageException($"{fault.Message} If a server runs there, name it: --url http://127.0.0.1:8080.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_own is not null) { await _own.DisposeAsync().ConfigureAwait(false); }
    }
}
