namespace Lintel.Events.Log;

/// <summary>The lock file of a log's folder: one process writes.</summary>
internal static class LogGuard
{
    /// <summary>Makes the folder if there is none and holds its lock until disposed.</summary>
    /// <exception cref="IOException">Another process has the log open, or the folder cannot be written.</exception>
    internal static FileStream Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            throw new IOException(
                $"{folder}: another process has this log open ({fault.Message}); stop that server, or use another workspace.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) { throw CannotWrite(folder, fault); }
    }

    /// <summary>Whether a file is locked by someone else: EAGAIN on Linux and macOS, a sharing violation on Windows.</summary>
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    internal static IOException CannotWrite(string folder, Exception fault) => new(
        $"{folder}: the log cannot be written ({fault.Message}); nothing in it was lost. Free the disk, give this user the right to "
        + "write, or use another workspace; then start again.", fault);
}
