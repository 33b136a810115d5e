using System.Collections.Immutable;
using Lintel.Decisions.Tests.Policy;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Events.Catalogues;

namespace Lintel.Decisions.Tests.Pages;

/// <summary>The design behind <see cref="PageUnderTest"/>: visits are decided, films are ranked, plays are
/// known.</summary>
internal static class Films
{
    private static readonly SourceSpan At = new("films.yaml", 1, 1);

    private static readonly ColumnDesign[] Fields =
    [
        Column("title", DataType.Text, ColumnDesign.TextDomain), Column("genres", DataType.List, "movie.genres"),
        Column("franchise", DataType.Text, ColumnDesign.TextDomain), Column("year", DataType.Number),
        Column("affinity", DataType.Number),
    ];

    /// <summary>Of a candidate's key; the fields of the catalogue follow.</summary>
    public const int ItemRegister = 3;

    public static EventDesign Row { get; } = Event(0, "visit",
    [
        .. Head, Key("movie"), .. Fields.Select(static f => f with { Name = $"movie.{f.Name}" }),
        Column("movie.from", DataType.Time),
        .. new[] { "popular", "fresh" }.SelectMany(static s =>
            new[] { Column($"{s}.rank", DataType.Number), Column($"{s}.score", DataType.Number) }),
    ]);

    public static EventDesign Play { get; } = Event(1, "play", [.. Head, Key("movie")]);

    private static ColumnDesign[] Head => [Column("time", DataType.Time), Column("known", DataType.Time), Key("user")];

    public static SystemDesign Design(PolicyRule.Step[] policy)
    {
        var movies = new CatalogueDesign { Name = "movie", At = At, Source = "movies.csv", Fields = [.. Fields] };
        var ranking = new RankingDesign(movies, null, [])
        {
            Candidates = [new("popular", At, "popular", new(), 50, null), new("fresh", At, "newest", new(), 50, null)],
            Row = Row,
            CandidateStart = ItemRegister,
        };
        return SmallDesign.With("allow").Design with
        {
            Events = [Row, Play],
            Catalogues = [movies],
            Decision = new(At, Row, DecisionKind.Ranking, []) { Ranking = ranking },
            Features = [],
            Policy = [.. policy],
        };
    }

    /// <summary>The films in the order given: a film's place is its code.</summary>
    public static CatalogueTable Table(Film[] films, CodeDictionaries dictionaries, CatalogueDesign design)
    {
        var (texts, genres) = (dictionaries[ColumnDesign.TextDomain], dictionaries["movie.genres"]);
        foreach (var code in Enumerable.Range(0, films.Length)) { dictionaries["movie"].Add($"m{code}"); }
        var starts = films.Aggregate(ImmutableList.Create(0), static (s, f) => s.Add(s[^1] + f.Genres.Length));
        double[][] columns =
        [
            [.. films.Select(f => (double)texts.Add(f.Title))],
            [.. films.Select(static f => f.Genres.Length > 0 ? 1 : double.NaN)],
            [.. films.Select(f => f.Franchise is { } name ? texts.Add(name) : double.NaN)],
            [.. films.Select(static f => f.Year)], [.. films.Select(static f => f.Affinity)],
        ];
        int[]?[] noLists = [null, null, null, null, null];
        return new(design, columns, [null, [.. starts], .. noLists[2..]],
            [null, [.. films.SelectMany(static f => f.Genres).Select(g => genres.Add(g))], .. noLists[2..]],
            new long[films.Length], [.. films.Select(static _ => long.MaxValue)]);
    }

    private static ColumnDesign Key(string entity) => new(entity, ColumnKind.Key, DataType.Key, entity, null, null, 1,
        At);

    private static ColumnDesign Column(string name, DataType type, string? domain = null) => new(
        name, name is "time" ? ColumnKind.Time : name is "known" ? ColumnKind.Known : ColumnKind.Field, type, domain,
        null, null,
        ColumnDesign.DefaultScale, At);

    private static EventDesign Event(int number, string name, ColumnDesign[] columns) => new()
    {
        Number = number,
        Name = name,
        At = At,
        Source = "",
        Time = new(At, "time", "\"time\"", ["time"]),
        Columns = [.. columns],
    };
}
