using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Lintel.Server.Http.Routing;

/// <summary>Reads a request's whole body, within a limit, and hands it over in one piece.</summary>
internal static class RequestBody
{
    internal delegate void Reader(ReadOnlySpan<byte> body);

    /// <exception cref="Pipeline.Live.RequestException">Past the limit: 413, and the connection stays.</exception>
    internal static async ValueTask ReadAsync(HttpContext context, int maxBytes, Reader read)
    {
        if (context.Request.ContentLength > maxBytes)
        {
            throw new Pipeline.Live.RequestException(Problem.TooLarge(context.Request.ContentLength, maxBytes));
        }
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var result = await pipe.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (buffer.Length > maxBytes)
            {
                pipe.AdvanceTo(buffer.End);
                throw new Pipeline.Live.RequestException(Problem.TooLarge(null, maxBytes));
            }
            if (!result.IsCompleted)
            {
                pipe.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }
            try { Hand(buffer, read); }
            finally { pipe.AdvanceTo(buffer.End); }
            return;
        }
    }

    private static void Hand(in ReadOnlySequence<byte> buffer, Reader read)
    {
        if (buffer.IsSingleSegment)
        {
            read(buffer.FirstSpan);
            return;
        }
        var whole = ArrayPool<byte>.Shared.Rent((int)buffer.Length);
        try
        {
            buffer.CopyTo(whole);
            read(whole.AsSpan(0, (int)buffer.Length));
        }
        finally { ArrayPool<byte>.Shared.Return(whole); }
    }
}
