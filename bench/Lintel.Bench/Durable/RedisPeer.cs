using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lintel.Bench.Durable;

/// <summary>A redis-server of our own on a free port of loopback, which syncs every write before it answers.</summary>
internal sealed class RedisPeer : IDisposable
{
    private const string Server = "redis-server";
    private const string Client = "redis-benchmark";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Process _server;
    private readonly int _port;

    private RedisPeer(Process server, int port) => (_server, _port) = (server, port);

    internal static bool IsThere => OnPath(Server) && OnPath(Client);

    /// <param name="folder">Where its append-only file goes.</param>
    internal static RedisPeer Start(string folder)
    {
        var port = FreePort();
        string[] settings =
        [
            "--bind", "127.0.0.1", "--port", Text(port), "--dir", folder, "--save", "", "--appendonly", "yes",
            "--appendfsync", "always", "--daemonize", "no", "--loglevel", "warning",
        ];
        var server = Process.Start(new ProcessStartInfo(Server, settings) { RedirectStandardOutput = true })!;
        for (var started = Stopwatch.GetTimestamp(); !Answers(port);)
        {
            if (server.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"{Server} does not answer on port {port}: {server.StandardOutput.ReadToEnd()}");
            }
        }
        return new(server, port);
    }

    /// <summary>So many SETs of random keys, each client waiting for its answer.</summary>
    internal DurablePass Run(int clients, int valueBytes, int requests)
    {
        string[] settings =
        [
            "-h", "127.0.0.1", "-p", Text(_port), "-t", "set", "-d", Text(valueBytes), "-c", Text(clients),
            "-n", Text(requests), "-r", "1000000", "-P", "1", "--csv",
        ];
        using var client = Process.Start(new ProcessStartInfo(Client, settings) { RedirectStandardOutput = true })!;
        var output = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        // "test","rps","avg_latency_ms","min","p50","p95","p99","max"
        var row = output.Split('\n').Single(static l => l.StartsWith("\"SET\"", StringComparison.Ordinal)).Split(',');
        return new(Number(row[1]), Number(row[4]), Number(row[6]));
    }

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private static double Number(string quoted) => double.Parse(quoted.Trim('"', '\r'), CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException) { return false; }
    }
}
