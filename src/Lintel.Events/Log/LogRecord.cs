namespace Lintel.Events.Log;

/// <summary>One record of the log: a view, valid until its owner moves on.</summary>
public readonly ref struct LogRecord
{
    /// <summary>Its byte in the whole log: unique and increasing.</summary>
    public required long Place { get; init; }

    /// <summary>What the payload is; the writer's business, 1 to 255.</summary>
    public required byte Type { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }
}

/// <summary>Sees each record of a log in order.</summary>
public delegate void LogVisitor(in LogRecord record);

/// <summary>What reading a log through found.</summary>
/// <param name="Records">Whole records, marks left out.</param>
/// <param name="End">Place behind the last whole record.</param>
/// <param name="TornBytes">Bytes behind <paramref name="End"/> of a write that was cut off before anyone was told of
/// it; zeros at the end of the file are none.</param>
public readonly record struct LogScan(long Records, long End, long TornBytes);

/// <summary>The log cannot take or keep records any more: a write or a sync failed, or it was closed.</summary>
public sealed class LogClosedException(string message, Exception? cause = null) : IOException(message, cause);
