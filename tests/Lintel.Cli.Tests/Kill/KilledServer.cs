using System.Diagnostics;
using System.Text.Json;

namespace Lintel.Cli.Tests.Kill;

/// <summary><c>lintel serve</c> in a process of its own, ended as a power cut would: by SIGKILL.</summary>
internal sealed class KilledServer : IDisposable
{
    private readonly Process _process;

    private KilledServer(Process process, Uri address)
    {
        _process = process;
        Client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
    }

    internal HttpClient Client { get; }

    /// <exception cref="InvalidOperationException">It did not start; the message holds what it said.</exception>
    internal static async Task<KilledServer> StartAsync(string design, string workspace, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
            ["exec", Path.Combine(AppContext.BaseDirectory, "lintel.dll"), "serve", design, "--workspace", workspace,
            "--version", "1", "--port", "0", "--json", .. options])
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said += line;
            if (!said.EndsWith('}')) { continue; }
            using var json = JsonDocument.Parse(said);
            return new(process, new(json.RootElement.GetProperty("url").GetString()!));
        }
        throw new InvalidOperationException($"the server did not start: {said} {await error}");
    }

    /// <summary>Kills it at once: nothing is finished, flushed or closed.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) { Kill(); }
        _process.Dispose();
        Client.Dispose();
    }
}
