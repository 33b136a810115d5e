namespace Lintel.Worlds.Posts.Languages;

/// <summary>What posts of one language are made of: words by slot, and templates whose words in braces are slots. A template's words
/// are parted by blanks, its marks too.</summary>
internal sealed record Lexicon
{
    /// <summary>Topics of communities, in every language the same.</summary>
    public static IReadOnlyList<string> Topics { get; } =
        ["garden", "cooking", "games", "cycling", "music", "trains", "books", "pets", "crafts", "weather"];

    public static IReadOnlyList<Lexicon> All { get; } = [English.Lexicon, Spanish.Lexicon, German.Lexicon];

    /// <summary>Two letters, as files name it.</summary>
    public required string Code { get; init; }

    /// <summary>Nouns by topic, as <see cref="Topics"/>.</summary>
    public required string[][] Nouns { get; init; }

    /// <summary>Words by slot; <c>n</c> is the topic's, <c>group</c> and <c>slur</c> are the target's.</summary>
    public required IReadOnlyDictionary<string, string[]> Words { get; init; }

    /// <summary>Templates by form; the forms without one are written from others.</summary>
    public required IReadOnlyDictionary<Form, string[][]> Templates { get; init; }

    /// <summary>Words of a language's dialects in place of the standard ones; the first is the standard: none.</summary>
    public required Dialect[] Dialects { get; init; }

    /// <summary>Words parted by blanks.</summary>
    public static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string[][] SplitAll(params string[] lines) => [.. lines.Select(Split)];
}

/// <param name="Name">As files name it.</param> <param name="Words">Standard word → word of the dialect.</param>
/// <param name="Homonym">A slur that is an everyday word here; null: none is.</param>
internal sealed record Dialect(string Name, IReadOnlyDictionary<string, string> Words, string? Homonym = null)
{
    public static Dialect Standard { get; } = new("standard", new Dictionary<string, string>());

    /// <param name="pairs"><c>standard=dialect</c>, parted by blanks.</param>
    public static Dialect Of(string name, string pairs, string? homonym = null) => new(
        name, Lexicon.Split(pairs).Select(static p => p.Split('=')).ToDictionary(static p => p[0], static p => p[1]), homonym);
}
