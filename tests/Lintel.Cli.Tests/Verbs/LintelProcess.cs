using System.Diagnostics;
using System.Text.Json;

namespace Lintel.Cli.Tests.Verbs;

/// <summary>Runs the program as a person does: its own process, its own standard output.</summary>
internal static class LintelProcess
{
    public static LintelAnswer Run(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "lintel.dll"), .. args]) { start.ArgumentList.Add(arg); }
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}

internal sealed record LintelAnswer(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output must be one JSON value and nothing else.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
