using System.Text;
using Lintel.Numerics.Random;

namespace Lintel.Worlds.Queries;

/// <summary>One text that people search by, and what they mean by it. −1 where nothing is asked.</summary>
internal sealed record Query
{
    /// <summary>How often queries are asked: the first 50, the next to the 1,000th (of 5,000), the rest.</summary>
    public static IReadOnlyList<string> Bands { get; } = ["head", "torso", "tail"];

    public required int Id { get; init; }

    public required string Text { get; init; }

    public required int Thing { get; init; }

    public required int Colour { get; init; }

    public required int Material { get; init; }

    public required int Feature { get; init; }

    public required int Size { get; init; }

    public required int Brand { get; init; }

    /// <summary>Whether what came out lately is wanted.</summary>
    public required bool WantsNew { get; init; }

    /// <summary>Whether the text has a slip.</summary>
    public required bool HasTypo { get; init; }

    /// <summary>Share of searches, before that of others, before the mix turns.</summary>
    public required double Weight { get; init; }

    /// <summary>Index into <see cref="Bands"/>.</summary>
    public required int Band { get; init; }

    /// <summary>Asked only after the mix has turned.</summary>
    public required bool IsLate { get; init; }

    public int Asked => (Colour >= 0 ? 1 : 0) + (Material >= 0 ? 1 : 0) + (Feature >= 0 ? 1 : 0) + (Size >= 0 ? 1 : 0) + (Brand >= 0 ? 1 : 0);

    public static Query[] Draw(QueriesOptions options)
    {
        var queries = new Query[options.Queries];
        HashSet<string> texts = new(StringComparer.Ordinal);
        for (var id = 0; id < queries.Length; id++)
        {
            for (var attempt = 0; queries[id] is null; attempt++)
            {
                var query = DrawOne(options, id, QueryStreams.Open(options, QueryStreams.Query, id, attempt), attempt);
                if (texts.Add(query.Text)) { queries[id] = query; }
            }
        }
        return queries;
    }

    /// <param name="attempt">Texts that are taken make the next ones longer.</param>
    private static Query DrawOne(QueriesOptions options, int id, RandomStream random, int attempt)
    {
        var band = id < options.Queries / 100 ? 0 : id < options.Queries / 5 ? 1 : 2;
        var asks = band switch { 0 => 0.12, 1 => 0.25, _ => 0.35 } + (0.02 * attempt);
        int Maybe(int count, double share) => random.NextDouble() < asks * share ? random.NextInt32(count) : -1;
        var query = new Query
        {
            Id = id,
            Thing = random.NextInt32(ShopWords.Count),
            Colour = Maybe(ShopWords.Colours.Count, 1),
            Material = Maybe(ShopWords.Materials.Count, 1),
            Feature = Maybe(ShopWords.Features.Count, 1),
            Size = Maybe(ShopWords.Sizes.Count, 0.8),
            Brand = Maybe(ShopWords.Brands.Count, 0.7),
            WantsNew = random.NextDouble() < 0.1,
            HasTypo = random.NextDouble() < band switch { 0 => 0, 1 => 0.05, _ => 0.1 },
            Weight = Math.Pow(id + 10, -0.9),
            Band = band,
            IsLate = band == 2 && random.NextDouble() < 0.1,
            Text = "",
        };
        return query with { Text = TextOf(query, band, random) };
    }

    private static string TextOf(Query q, int band, RandomStream random)
    {
        List<string> words = [];
        if (q.Brand >= 0) { words.Add(ShopWords.Brands[q.Brand]); }
        if (q.WantsNew && random.NextInt32(2) == 0) { words.Add("new"); }
        if (q.Feature >= 0) { words.Add(ShopWords.Features[q.Feature]); }
        if (q.Colour >= 0) { words.Add(ShopWords.Colours[q.Colour]); }
        if (q.Material >= 0) { words.Add(ShopWords.Materials[q.Material]); }
        words.Add(ShopWords.Name(q.Thing, isOther: random.NextDouble() < (band == 0 ? 0.1 : 0.25)));
        if (q.Size >= 0)
        {
            var (unit, shortened) = ShopWords.Units[ShopWords.CategoryOf(q.Thing)];
            words.Add(random.NextInt32(2) == 0 ? $"{ShopWords.Sizes[q.Size]}{shortened}" : $"{ShopWords.Sizes[q.Size]} {unit}");
        }
        if (band > 0 && random.NextDouble() < 0.3) { random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(words)); }
        var text = string.Join(' ', words);
        return q.HasTypo ? Slip(text, random) : text;
    }

    /// <summary>A letter left out, doubled, or exchanged with the next one.</summary>
    private static string Slip(string text, RandomStream random)
    {
        var at = random.NextInt32(text.Length - 1);
        var slipped = new StringBuilder(text);
        switch (random.NextInt32(3))
        {
            case 0: slipped.Remove(at, 1); break;
            case 1: slipped.Insert(at, text[at]); break;
            default: (slipped[at], slipped[at + 1]) = (slipped[at + 1], slipped[at]); break;
        }
        return slipped.ToString().Trim();
    }
}
