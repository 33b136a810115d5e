using Lintel.Server;

namespace Lintel.Bench.Serve;

/// <summary>Serves the fraud system for <c>bench/serve.sh</c>: <c>serve DESIGN PORT</c>, until standard input
/// ends.</summary>
internal static class ServeBench
{
    internal static int Run(string[] args)
    {
        if (args.Length != 2 || !int.TryParse(args[1], out var port))
        {
            Console.Error.WriteLine("serve DESIGN.yaml PORT");
            return 2;
        }
        return RunAsync(args[0], port).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string design, int port)
    {
        var folder = Directory.CreateTempSubdirectory("lintel-bench-serve-");
        try
        {
            var loaded = ServedFraud.Make(design, TimeProvider.System.GetUtcNow());
            await using var host = await ServerHost.StartAsync(new()
            {
                Workspace = new(folder.FullName),
                Kinds = KnownKinds.All,
                Port = port,
                Loaded = loaded,
            }).ConfigureAwait(false);
            Console.Error.WriteLine($"serving {design} on {host.Address}");
            while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null) { }
            return 0;
        }
        finally { folder.Delete(recursive: true); }
    }
}
