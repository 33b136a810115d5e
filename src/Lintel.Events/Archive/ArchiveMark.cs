using Lintel.Events.Log;

namespace Lintel.Events.Archive;

/// <summary>Up to which place a log is compacted. Day files behind the mark are the remains of a compaction that was cut
/// off; it is done again, and writes the same files.</summary>
public static class ArchiveMark
{
    private const string Kind = "log archive";
    private const int Format = 1;

    /// <summary>Where the days of a log stand.</summary>
    public static string Folder(string logFolder) => Path.Combine(logFolder, "days");

    /// <summary>Everything before this place stands in days; 0: nothing does.</summary>
    /// <exception cref="InvalidDataException">The mark was altered.</exception>
    public static long Read(string logFolder)
    {
        var path = PathOf(logFolder);
        return File.Exists(path) ? SealedFile.Read(path, Kind, Format, static reader => reader.ReadInt64()) : 0;
    }

    /// <summary>Moves the mark, when everything before it is on disk.</summary>
    public static void Write(string logFolder, long place)
    {
        Directory.CreateDirectory(Folder(logFolder));
        SealedFile.Write(PathOf(logFolder), Kind, Format, writer => writer.Write(place));
    }

    private static string PathOf(string logFolder) => Path.Combine(Folder(logFolder), "compacted");
}
