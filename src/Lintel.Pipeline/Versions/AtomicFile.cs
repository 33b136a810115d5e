namespace Lintel.Pipeline.Versions;

/// <summary>Small files that are replaced whole.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside, flushes to disk, renames into place.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
