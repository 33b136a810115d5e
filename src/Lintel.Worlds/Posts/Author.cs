namespace Lintel.Worlds.Posts;

/// <summary>One author, and what nobody may know of them.</summary>
internal sealed record Author
{
    public const int Honest = 0, Rude = 1, Violator = 2, Spammer = 3;

    public static IReadOnlyList<string> Kinds { get; } = ["honest", "rude", "repeat violator", "spammer"];

    /// <summary>Groups of readers who report what they dislike, all at once.</summary>
    public const int Brigades = 6;

    private const double OfPeople = 0.3, InBrigade = 0.02;

    public required int Id { get; init; }

    public required int Kind { get; init; }

    /// <summary>Their own people, as their profile says: an index into <see cref="Peoples.Names"/>; −1: none.</summary>
    public required int People { get; init; }

    public required int Followers { get; init; }

    /// <summary>Day on which they joined; below 0 before the world began.</summary>
    public required int Joined { get; init; }

    /// <summary>Mean number of posts on a day.</summary>
    public required double Rate { get; init; }

    public required int Home { get; init; }

    /// <summary>The ring that a spammer belongs to; −1: none.</summary>
    public required int Ring { get; init; }

    /// <summary>−1: none.</summary>
    public required int Brigade { get; init; }

    /// <summary>Rings of spammers: a dozen in each.</summary>
    public static int Rings(PostsOptions options) => Math.Max(2, (int)(options.Authors * FormTable.KindShares[Spammer] / 12));

    public static Author[] Draw(PostsOptions options, Community[] communities)
    {
        var kinds = new WeightedChoice(FormTable.KindShares);
        var homes = new WeightedChoice(communities.Select(static c => c.Size));
        // what authors who join later leave out, the others post
        var rate = options.Posts / options.Authors / (1 - (options.Joining / 2));
        return [.. Enumerable.Range(0, options.Authors).Select(id =>
        {
            var random = PostStreams.Open(options, PostStreams.Author, id);
            var kind = kinds.Draw(random);
            var (home, ring) = (homes.Draw(random), random.NextInt32(Rings(options)));
            var isNew = random.NextDouble() < options.Joining;
            return new Author
            {
                Id = id,
                Kind = kind,
                People = random.NextDouble() < OfPeople ? random.NextInt32(Peoples.Names.Count) : -1,
                Followers = (int)Math.Min(200_000, random.LogNormal(60, 1.5)),
                Joined = isNew ? random.NextInt32(options.Days) : -1 - random.NextInt32(900),
                Rate = rate * 4 * random.NextDouble() * random.NextDouble(),
                // a ring posts in one place
                Home = kind == Spammer ? homes.Draw(PostStreams.Open(options, PostStreams.Ring, ring)) : home,
                Ring = kind == Spammer ? ring : -1,
                Brigade = random.NextDouble() < InBrigade ? random.NextInt32(Brigades) : -1,
            };
        })];
    }
}
