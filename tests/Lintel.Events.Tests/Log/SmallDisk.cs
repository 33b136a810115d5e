using System.Diagnostics;

namespace Lintel.Events.Tests.Log;

/// <summary>A file system in memory of a few MiB, mounted for one test: it fills up and turns read-only as a disk
/// does.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Missing = new(static () =>
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "mounting a small disk needs root on Linux";
        }
        try
        {
            new SmallDisk(1).Dispose();
            return null;
        }
        catch (InvalidOperationException fault) { return fault.Message; }
    });

    internal SmallDisk(int mebibytes)
    {
        Path = Directory.CreateTempSubdirectory("lintel-small-disk-").FullName;
        try { Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "lintel-test", Path); }
        catch
        {
            Directory.Delete(Path);
            throw;
        }
    }

    /// <summary>Why this machine cannot mount one; null when it can.</summary>
    internal static string? WhyNot => Missing.Value;

    internal string Path { get; }

    internal string Folder => System.IO.Path.Combine(Path, "log");

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Takes bytes of it away, or all that is left.</summary>
    internal void Fill(int bytes)
    {
        using var file = File.Create(Filler);
        var block = new byte[4096];
        try
        {
            for (var written = 0; written < bytes; written += block.Length) { RandomAccess.Write(file.SafeFileHandle, block, written); }
        }
        catch (IOException)
        {
            // full: what was asked for
        }
    }

    internal void Free() => File.Delete(Filler);

    internal void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(Path);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var told = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) { throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {told.Trim()}"); }
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>; elsewhere it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.WhyNot!;
}
