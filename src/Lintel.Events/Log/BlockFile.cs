using System.Text;
using Lintel.Native.Posix;

namespace Lintel.Events.Log;

/// <summary>The container for files that may be larger than what should stand in memory twice (live states): magic, format,
/// kind, then blocks under checksums. Small files use <see cref="SealedFile"/>.</summary>
/// <remarks>Checksums are CRC-32C, not a cryptographic hash: they find damage, at several gigabytes a second.</remarks>
public static class BlockFile
{
    private static ReadOnlySpan<byte> Magic => "LINTEL\0\u0002"u8;

    /// <summary>Writes beside, syncs, renames into place and syncs the folder, so that a reader sees all of it or none.</summary>
    /// <param name="kind">What it holds, e.g. <c>live state</c>.</param> <param name="format">Version of the payload's own format.</param>
    /// <param name="written">Told behind each block of 1 MiB: whoever writes in the background may wait there. The file
    /// is flushed to disk first, so that its pages never gather into one long sync.</param>
    public static void Write(string path, string kind, int format, Action<BinaryWriter> payload, Action? written = null)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            Write(file, kind, format, payload, written is null ? null : () =>
            {
                file.Flush(flushToDisk: true);
                written();
            });
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <param name="taken">Told behind each block of 1 MiB that was read; may wait.</param>
    /// <exception cref="InvalidDataException">Cut short, altered, another kind, or of a newer format; the message says which.</exception>
    public static T Read<T>(string path, string kind, int format, Func<BinaryReader, T> payload, Action? taken = null)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1,
            FileOptions.SequentialScan);
        return Read(file, path, kind, format, payload, taken);
    }

    internal static void Write(Stream stream, string kind, int format, Action<BinaryWriter> payload, Action? written)
    {
        stream.Write(Magic);
        var blocks = new BlockWriter(stream, written);
        using var writer = new BinaryWriter(blocks, Encoding.UTF8, leaveOpen: true);
        writer.Write(format);
        writer.Write(kind);
        payload(writer);
        writer.Flush();
        blocks.End();
    }

    internal static T Read<T>(Stream stream, string name, string kind, int format, Func<BinaryReader, T> payload,
        Action? taken = null)
    {
        Span<byte> magic = stackalloc byte[8];
        if (stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{name}: not a {kind} of this program, or cut short.");
        }
        var blocks = new BlockReader(stream, name, taken);
        using var reader = new BinaryReader(blocks, Encoding.UTF8, leaveOpen: true);
        try
        {
            var gotFormat = reader.ReadInt32();
            var gotKind = reader.ReadString();
            if (gotKind != kind) { throw new InvalidDataException($"{name}: holds '{gotKind}', expected '{kind}'."); }
            if (gotFormat > format)
            {
                throw new InvalidDataException(
                    $"{name}: {kind} of format {gotFormat}, this program reads up to {format}; use a newer Lintel.");
            }
            var read = payload(reader);
            blocks.End();
            return read;
        }
        catch (EndOfStreamException fault) { throw new InvalidDataException($"{name}: shorter than what it says it holds.", fault); }
    }
}
