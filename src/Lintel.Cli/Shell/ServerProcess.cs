using System.Diagnostics;
using System.Text.Json;
using Lintel.Training.Fitting;

namespace Lintel.Cli.Shell;

/// <summary>This program serving a version in a process of its own, as it will in production: latest state, any free port, an empty
/// temporary log. The workspace's log is not touched.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _log;

    private ServerProcess(Process process, DirectoryInfo log, Uri address) => (_process, _log, Address) = (process, log, address);

    public Uri Address { get; }

    /// <exception cref="InvalidOperationException">The server did not start; the message holds what it said.</exception>
    public static async Task<ServerProcess> StartAsync(TrainingRequest request, int version, CancellationToken cancellation)
    {
        var log = Directory.CreateTempSubdirectory("lintel-load-");
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // started as `dotnet lintel.dll`, the process is the host and the program its first argument
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string[] program = host ? ["exec", typeof(ServerProcess).Assembly.Location] : [];
        foreach (var argument in (string[])
            [.. program, "serve", request.DesignPath, "--workspace", request.Workspace.Folder, "--version", version.ToString(),
            "--port", "0", "--log-folder", log.FullName, "--json"])
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        try
        {
            return new(process, log, await ReadAddressAsync(process, cancellation).ConfigureAwait(false));
        }
        catch
        {
            Stop(process, log);
            throw;
        }
    }

    public void Dispose() => Stop(_process, _log);

    /// <summary>The server says where it listens in one JSON object, once decisions are answered.</summary>
    private static async Task<Uri> ReadAddressAsync(Process process, CancellationToken cancellation)
    {
        var said = "";
        while (await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            said += line;
            if (line != "}" && !said.EndsWith('}')) { continue; }
            using var json = JsonDocument.Parse(said);
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);        // a full pipe would stop the server
            return new(json.RootElement.GetProperty("url").GetString()!);
        }
        throw new InvalidOperationException(
            $"the server did not start: {await process.StandardError.ReadToEndAsync(cancellation).ConfigureAwait(false)}");
    }

    private static void Stop(Process process, DirectoryInfo log)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
        log.Delete(recursive: true);
    }
}
