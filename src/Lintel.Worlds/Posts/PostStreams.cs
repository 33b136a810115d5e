using Lintel.Numerics.Random;

namespace Lintel.Worlds.Posts;

/// <summary>Random streams of the world.</summary>
internal static class PostStreams
{
    public const ulong Community = 1, Author = 2, Posting = 3, Text = 4, Views = 5, Reports = 6, Review = 7, Reviewer = 8, Appeal = 9,
        Thread = 10, Banned = 11, Ring = 12, Brigade = 13, Verdict = 14;

    public static RandomStream Open(PostsOptions options, ulong what, long which = 0, long part = 0) =>
        WorldStreams.Open(options.Seed, what, which, part);
}
