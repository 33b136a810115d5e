using System.Net;
using Lintel.Pipeline.Live;
using Lintel.Pipeline.Live.Lists;
using Lintel.Pipeline.Versions;
using Lintel.Server.Http;
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

    private ServerHost(WebApplication web, LiveService live, Uri address) =>
        (_web, Live, Address) = (web, live, address);

    public LiveService Live { get; }

    /// <summary>Where it listens, e.g. <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address { get; }

    /// <summary>Loads the version, replays the log, and listens: when this returns, decisions are answered.</summary>
    /// <exception cref="InvalidDataException">No version is live, or a file of it is altered.</exception>
    /// <exception cref="IOException">The port or the log is taken.</exception>
    public static async Task<ServerHost> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        var (version, state) = options.Loaded ?? Load(options);
        ListFiles.ThrowIfAny(options.Workspace);
        var live = LiveService.Start(
            version, state, options.LogFolder ?? options.Workspace.LogFolder, options.Live);
        try
        {
            var web = Build(options, live);
            await web.StartAsync(cancellation).ConfigureAwait(false);
            var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return new(web, live, new(address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
        }
        catch
        {
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
        Live.Dispose();
    }

    private static (SystemVersion Version, LiveState State) Load(ServerOptions options)
    {
        var number = options.Version ?? LiveReference.Read(options.Workspace)?.Champion
            ?? throw new InvalidDataException(
                $"{options.Workspace.LivePath}: no version is live; run lintel promote, or name the version to serve.");
        var folder = options.Workspace.VersionFolder(number);
        var version = SystemVersion.Load(folder, options.Kinds, options.Part);
        var state = LiveState.Load(
            Path.Combine(folder, options.State), version.Compiled, options.Live.Order, options.Live.Retention);
        return (version, state);
    }

    private static WebApplication Build(ServerOptions options, LiveService live)
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
        RequestDelegate routes = new Routes(live, new(options.Workspace, options.Kinds, live.Version),
            options.MaxBodyBytes).HandleAsync;
        web.Run(routes);
        return web;
    }
}
