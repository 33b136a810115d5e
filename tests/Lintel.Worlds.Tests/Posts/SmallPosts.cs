using Lintel.Worlds.Posts;

namespace Lintel.Worlds.Tests.Posts;

/// <summary>One small world that several tests look at.</summary>
internal static class SmallPosts
{
    public static PostsOptions Options { get; } = new() { Days = 30, Authors = 1_500, Posts = 1_500, Reviews = 300, Prevalence = 0.02, Seed = 3 };

    public static Community[] Communities { get; } = Community.Draw(Options);

    public static Reviewer[] Reviewers { get; } = Reviewer.Draw(Options);

    public static Author[] Authors { get; } = Author.Draw(Options, Communities);

    public static PostLedger Ledger { get; } = PostsSimulator.Run(Options, Communities, Authors, Reviewers);

    public static PostsTruth Truth { get; } = new(Options, Communities, Authors, Ledger);
}
