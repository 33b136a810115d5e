using System.IO.Compression;

namespace Lintel.Events.Sources;

/// <summary>Tells a gzip file that is whole from one that was cut short: neither DuckDB nor .NET says a word when the data just ends.</summary>
/// <remarks>A small member of our own is put behind the file. Behind whole members it comes out as it went in; inside a member that
/// was cut off, its bytes are taken for compressed data or for a checksum, and do not.</remarks>
internal static class GzipEnd
{
    private static ReadOnlySpan<byte> Mark => "\0the end of a whole file\0"u8;

    /// <exception cref="InvalidDataException">Cut short or damaged.</exception>
    internal static void Verify(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        using var stream = new GZipStream(new Continued(file, Member()), CompressionMode.Decompress);
        var buffer = new byte[1 << 18];
        Span<byte> last = stackalloc byte[Mark.Length];
        int length;
        while ((length = stream.Read(buffer)) > 0)
        {
            var kept = Math.Max(0, Mark.Length - length);
            last[^kept..].CopyTo(last);
            buffer.AsSpan(Math.Max(0, length - Mark.Length), Mark.Length - kept).CopyTo(last[kept..]);
        }
        if (!last.SequenceEqual(Mark)) { throw new InvalidDataException("the gzip data was cut short: it ends before its last member does"); }
    }

    private static byte[] Member()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) { gzip.Write(Mark); }
        return bytes.ToArray();
    }

    /// <summary>A file's bytes, then a few more.</summary>
    private sealed class Continued(Stream file, byte[] more) : Stream
    {
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var length = file.Read(buffer);
            if (length > 0) { return length; }
            length = Math.Min(buffer.Length, more.Length - _given);
            more.AsSpan(_given, length).CopyTo(buffer);
            _given += length;
            return length;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
