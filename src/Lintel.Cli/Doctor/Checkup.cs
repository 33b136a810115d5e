using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lintel.Events.Log;
using Lintel.Native;
using Lintel.Pipeline.Versions;

namespace Lintel.Cli.Doctor;

/// <summary>Looks at everything that lintel needs of its machine; changes nothing.</summary>
internal static class Checkup
{
    private const double Gibibyte = 1 << 30;
    private const double Mebibyte = 1 << 20;

    /// <param name="workspace">Null: there is none yet.</param>
    public static IEnumerable<CheckResult> Run(Workspace? workspace, int port)
    {
        yield return Sdk(FirstLines("dotnet", "--list-sdks"));
        yield return Node(FirstLines("node", "--version"));
        yield return Library("DuckDB", NativeLibraries.DuckDb, "reads CSV and Parquet");
        yield return Library("XGBoost", NativeLibraries.XGBoost, "fits boosted trees; serving needs none");
        yield return Browser(OnPath("chromium"));
        yield return Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte);
        var folder = workspace?.Folder ?? Directory.GetCurrentDirectory();
        yield return Disk(folder, new DriveInfo(folder).AvailableFreeSpace / Gibibyte);
        yield return Versions(workspace);
        yield return Log(workspace?.LogFolder);
        yield return Port(port);
    }

    internal static CheckResult Sdk(string[] sdks)
    {
        const string fix = "install it from https://dotnet.microsoft.com/download/dotnet/10.0";
        var versions = sdks.Select(static s => s.Split(' ')[0]).ToArray();
        return versions.LastOrDefault(static v => v.StartsWith("10.", StringComparison.Ordinal)) is { } ours
            ? new(".NET SDK", Health.Good, $"{ours}, runtime {Environment.Version}")
            : new(".NET SDK", Health.Optional,
                $"no 10.x (there is: {(versions.Length == 0 ? "none" : string.Join(", ", versions))}); needed to build, not to run", fix);
    }

    internal static CheckResult Node(string[] version) =>
        version is [var v, ..] && int.TryParse(v.TrimStart('v').Split('.')[0], out var major) && major >= 20
            ? new("Node", Health.Good, v)
            : new("Node", Health.Optional, $"{(version is [var old, ..] ? old : "not there")}; npm fetches the pinned DuckDB once",
                "apt-get install -y nodejs npm (20 or later)");

    internal static CheckResult Browser(string? path) => path is not null
        ? new("Chromium", Health.Good, path)
        : new("Chromium", Health.Optional, "not there; the browser test is skipped", "apt-get install -y chromium");

    internal static CheckResult Memory(double gibibytes) => gibibytes >= 3.5
        ? new("memory", Health.Good, $"{gibibytes:0.0} GiB, {Environment.ProcessorCount} processors")
        : new("memory", Health.Optional, $"{gibibytes:0.0} GiB, {Environment.ProcessorCount} processors; 1.3 million payments want 4 GiB",
            "train on fewer days, or on a larger machine");

    internal static CheckResult Disk(string folder, double gibibytes) => gibibytes >= 2
        ? new("disk", Health.Good, $"{gibibytes:0.0} GiB free at {folder}")
        : new("disk", Health.Missing, $"{gibibytes:0.0} GiB free at {folder}; the log must never run out of it", "free 2 GiB, or give --workspace");

    internal static CheckResult Versions(Workspace? workspace)
    {
        if (workspace is null || !Directory.Exists(workspace.Root))
        {
            return new("workspace", Health.Good, "none yet; `lintel up fraud` makes one");
        }
        try
        {
            var live = LiveReference.Read(workspace);
            var versions = workspace.Versions();
            return new("workspace", Health.Good,
                $"{workspace.Folder}: {versions.Count} version{(versions.Count == 1 ? "" : "s")}, "
                + (live is null ? "none live" : $"version {live.Champion} live since {live.Since:yyyy-MM-dd HH:mm}"));
        }
        catch (InvalidDataException fault)
        {
            return new("workspace", Health.Missing, fault.Message, "lintel promote V");
        }
    }

    /// <summary>Reads the whole log against its checksums: about a second a gigabyte.</summary>
    /// <param name="folder">Null: there is no workspace yet.</param>
    internal static CheckResult Log(string? folder)
    {
        if (folder is null || !Directory.Exists(folder)) { return new("log", Health.Good, "none yet; the first start of a server begins it"); }
        try
        {
            var log = LogVerification.Of(folder);
            var torn = log.TornBytes == 0 ? ""
                : $"; {log.TornBytes:N0} bytes behind the end belong to a write under way, or to one that nobody was told of: the next start cuts them";
            return new("log", Health.Good, string.Create(CultureInfo.InvariantCulture,
                $"{log.Segments} segment{(log.Segments == 1 ? "" : "s")}, {log.Bytes / Mebibyte:0.0} MiB, places {log.FirstPlace:N0} to {log.End:N0}, "
                + $"{log.Records:N0} records, each whole{torn}"));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new("log", Health.Missing, fault.Message,
                "copy the folder away, restore the file that is named from a backup, and run doctor again before the server starts");
        }
    }

    internal static CheckResult Port(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return new($"port {port}", Health.Good, "free");
        }
        catch (SocketException)
        {
            return new($"port {port}", Health.Optional, "in use", "serve with --port N, or stop what listens there");
        }
    }

    private static CheckResult Library(string what, string name, string purpose) =>
        NativeLibraries.TryLocate(name, out var path, out var problem)
            ? new(what, Health.Good, path)
            : new(what, Health.Missing, $"not there ({purpose})", problem);

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string[] FirstLines(string program, string argument)
    {
        if (OnPath(program) is not { } path) { return []; }
        using var process = Process.Start(new ProcessStartInfo(path, argument)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return process.ExitCode == 0 ? lines : [];
    }
}
