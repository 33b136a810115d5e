using Lintel.Worlds.Posts.Languages;

namespace Lintel.Worlds.Posts;

/// <summary>Where people post: one language, one dialect, one topic.</summary>
internal sealed record Community
{
    public required int Id { get; init; }

    public required Lexicon Language { get; init; }

    public required Dialect Dialect { get; init; }

    /// <summary>Index into <see cref="Lexicon.Topics"/>.</summary>
    public required int Topic { get; init; }

    /// <summary>Share of the members, before that of others.</summary>
    public required double Size { get; init; }

    public string Name => $"{Lexicon.Topics[Topic]} {Id}";

    /// <summary>Three of four are English, of which two of five speak a dialect; the first eight have every language and dialect.</summary>
    public static Community[] Draw(PostsOptions options) => [.. Enumerable.Range(0, options.Communities).Select(id =>
    {
        var random = PostStreams.Open(options, PostStreams.Community, id);
        var language = Lexicon.All[(id % 8) switch { 6 => 1, 7 => 2, _ => 0 }];
        return new Community
        {
            Id = id,
            Language = language,
            Dialect = language.Dialects.Length > 1 ? language.Dialects[(id % 8) switch { 2 => 1, 4 => 2, _ => 0 }] : language.Dialects[0],
            Topic = random.NextInt32(Lexicon.Topics.Count),
            Size = 0.2 + (random.NextDouble() * random.NextDouble() * 2),
        };
    })];
}
