using System.Security.Cryptography;
using System.Text;

namespace Lintel.Events.Log;

/// <summary>One container for every binary file that Lintel writes whole (models, snapshots, indexes): magic, format, kind, length,
/// payload, SHA-256 over all before it. Written beside and renamed into place, so that a reader sees all of it or none.</summary>
public static class SealedFile
{
    private static ReadOnlySpan<byte> Magic => "LINTEL\0\u0001"u8;

    private const int HashBytes = 32;

    /// <param name="kind">What the payload is, e.g. <c>model xgboost</c>.</param> <param name="format">Version of the payload's own format.</param>
    public static void Write(string path, string kind, int format, Action<BinaryWriter> payload)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            Write(file, kind, format, payload);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes the container to a stream of the caller's, which should end with it.</summary>
    public static void Write(Stream stream, string kind, int format, Action<BinaryWriter> payload)
    {
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true)) { payload(writer); }
        using var whole = new MemoryStream();
        using (var writer = new BinaryWriter(whole, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(format);
            writer.Write(kind);
            writer.Write(body.Length);
            body.Position = 0;
            writer.Flush();
            body.CopyTo(whole);
        }
        whole.Write(SHA256.HashData(whole.GetBuffer().AsSpan(0, (int)whole.Length)));
        stream.Write(whole.GetBuffer().AsSpan(0, (int)whole.Length));
    }

    /// <exception cref="InvalidDataException">Cut short, altered, another kind, or of a newer format; the message says which and
    /// what to do.</exception>
    public static T Read<T>(string path, string kind, int format, Func<BinaryReader, T> payload) =>
        Read(File.ReadAllBytes(path), path, kind, format, payload);

    /// <summary>Reads a container that reaches to the stream's end.</summary>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static T Read<T>(Stream stream, string name, string kind, int format, Func<BinaryReader, T> payload)
    {
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        return Read(whole.ToArray(), name, kind, format, payload);
    }

    private static T Read<T>(byte[] bytes, string path, string kind, int format, Func<BinaryReader, T> payload)
    {
        if (bytes.Length < Magic.Length + HashBytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{path}: not a Lintel file, or cut short at {bytes.Length} bytes; expected {kind}. "
                + "Restore it from a backup or train again.");
        }
        var sealedPart = bytes.AsSpan(0, bytes.Length - HashBytes);
        if (!SHA256.HashData(sealedPart).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - HashBytes)))
        {
            throw new InvalidDataException($"{path}: the checksum does not match: the file was cut short or altered "
                + $"({bytes.Length} bytes). Restore it from a backup or train again.");
        }
        using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length, bytes.Length - Magic.Length - HashBytes));
        var gotFormat = reader.ReadInt32();
        var gotKind = reader.ReadString();
        if (gotKind != kind)
        {
            throw new InvalidDataException($"{path}: holds '{gotKind}', expected '{kind}'.");
        }
        if (gotFormat > format)
        {
            throw new InvalidDataException($"{path}: {kind} of format {gotFormat}, this program reads up to {format}; "
                + "use a newer Lintel, or train again.");
        }
        _ = reader.ReadInt64();
        return payload(reader);
    }
}
