namespace Lintel.Events.Log;

/// <summary>What reading every segment of a log whole found.</summary>
/// <param name="Bytes">Of all files, zeros that stand ready behind the end included.</param>
/// <param name="FirstPlace">Where the log begins; later than 0 when segments were deleted.</param>
/// <param name="End">Place behind the last whole record.</param>
/// <param name="TornBytes">Of a write that was cut off before anyone was told of it; the next start cuts them.</param>
public sealed record LogVerification(
    int Segments, long Bytes, long FirstPlace, long End, long Records, long TornBytes)
{
    /// <summary>Reads every record of every segment against its checksum; changes nothing. A writer may be at
    /// work.</summary>
    /// <exception cref="InvalidDataException">Something was altered or is missing; the message gives file and
    /// byte.</exception>
    public static LogVerification Of(string folder)
    {
        var segments = AppendLogReader.Segments(folder);
        var scan = AppendLogReader.Scan(folder, static (in LogRecord _) => { });
        var bytes = segments.Sum(static s => new FileInfo(s).Length);
        return new(segments.Count, bytes, AppendLogReader.First(folder), scan.End, scan.Records, scan.TornBytes);
    }
}
