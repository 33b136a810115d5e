namespace Lintel.Server.Reviews;

/// <summary>The page at <c>/reviews</c>: one file without a build step, part of the program.</summary>
internal static class ReviewPage
{
    internal static ReadOnlyMemory<byte> Bytes { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(ReviewPage).Assembly.GetManifestResourceStream("Lintel.Server.Reviews.reviews.html")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
