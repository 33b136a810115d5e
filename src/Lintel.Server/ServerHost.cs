using System.Net;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Lists;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http;
using Lintel.Server.Upkeep;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lintel.Server;

/// <summary>One running server: a version, its live service, and the HTTP in front of it.</summary>
public sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ServerUpkeep _upkeep;
    private readonly Intake _intake;

    private ServerHost(WebApplication web, LiveService live, ServerUpkeep upkeep, Intake intake, Uri address) =>
        (_web, Live, _upkeep, _intake, Address) = (web, live, upkeep, intake, address);

    public LiveService Live { get; }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address { get; }

    /// <summary>Loads the version, replays the log, and listens: when this returns, decisions are answered.</summary>
    /// <exception cref="InvalidDataException">No version is live, or a file of it is altered.</exception>
    /// <exception cref="IOException">The port or the log is taken.</exception>
    public static async Task<ServerHost> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        ListFiles.ThrowIfAny(options.Workspace);
        var logFolder = options.LogFolder ?? options.Workspace.LogFolder;
        var (version, state, shelf) = Load(options, logFolder);
        var live = LiveService.Start(version, state, logFolder, options.Live);
        ServerUpkeep? upkeep = null;
        try
        {
            var versions = new ServedVersions(options.Workspace, options.Kinds, live);
            upkeep = new(options, live, versions, shelf);
            var intake = new Intake(options.LimitPerSecond ?? live.Design.Serve.LimitPerSecond, options.Live.MaxRecords,
                options.MaxInFlight);
            var web = Build(options, new(live, versions, upkeep, intake, options.MaxBodyBytes));
            await web.StartAsync(cancellation).ConfigureAwait(false);
            var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return new(web, live, upkeep, intake, new(address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
        }
        catch
        {
            upkeep?.Dispose();
            live.Dispose();
            throw;
        }
    }

    /// <summary>Runs until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation = default) =>
        _web.WaitForShutdownAsync(cancellation);

    /// <summary>Finishes the requests that run, then closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync().ConfigureAwait(false);
        _upkeep.Dispose();
        _intake.Dispose();
        Live.Dispose();
    }

    private static (SystemVersion Version, LiveState State, StateShelf? Shelf) Load(
        ServerOptions options, string logFolder)
    {
        if (options.Loaded is var (loaded, given)) { return (loaded, given, null); }
        var number = options.Version ?? LiveReference.Read(options.Workspace)?.Champion
            ?? throw new InvalidDataException(
                $"{options.Workspace.LivePath}: no version is live; run lintel promote, or name the version to serve.");
        var version = SystemVersion.Load(options.Workspace.VersionFolder(number), options.Kinds, options.Part);
        var shelf = StateShelf.Of(
            options.Workspace, version, options.State, logFolder, options.Live, options.Snapshots is not null);
        return (version, shelf.Take(options.Warn), shelf);
    }

    private static WebApplication Build(ServerOptions options, Routes routes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // the routes keep the limit: a connection that is cut instead would lose the answer that says so
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(options.Public ? IPAddress.Any : IPAddress.Loopback, options.Port);
        });
        var web = builder.Build();
        RequestDelegate handle = routes.HandleAsync;
        web.Run(handle);
        return web;
    }
}
