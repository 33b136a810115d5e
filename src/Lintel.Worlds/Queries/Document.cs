using Lintel.Numerics.Random;

namespace Lintel.Worlds.Queries;

/// <summary>A document of the shop, and what nobody may know of it.</summary>
internal sealed record Document
{
    public required int Id { get; init; }

    /// <summary>The first of its variants: itself, unless it is a variant of another one.</summary>
    public required int Family { get; init; }

    /// <summary>Which thing it is: see <see cref="ShopWords.Things"/>.</summary>
    public required int Thing { get; init; }

    // indexes into the lists of ShopWords
    public required int Colour { get; init; }

    public required int Material { get; init; }

    public required int Feature { get; init; }

    public required int Size { get; init; }

    public required int Brand { get; init; }

    /// <summary>Cents.</summary>
    public required int Price { get; init; }

    /// <summary>Standard normal: of its thing's prices in logarithms.</summary>
    public required double PriceLevel { get; init; }

    /// <summary>Seconds since the first midnight, below 0 before it.</summary>
    public required long Published { get; init; }

    /// <summary>Standard normal.</summary>
    public required double Quality { get; init; }

    /// <summary>1 to 5, as customers say: quality with noise.</summary>
    public required double Rating { get; init; }

    /// <summary>What the old ranker takes for popularity; hardly knows quality.</summary>
    public required double Popularity { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    public static Document[] Draw(QueriesOptions options)
    {
        var documents = new Document[options.Documents];
        for (var id = 0; id < documents.Length; id++) { documents[id] = DrawOne(options, documents, id); }
        return documents;
    }

    private static Document DrawOne(QueriesOptions options, Document[] before, int id)
    {
        var random = QueryStreams.Open(options, QueryStreams.Document, id);
        var like = id > 0 && random.NextDouble() < options.Variants ? before[random.NextInt32(id)] : null;
        var thing = like?.Thing ?? random.NextInt32(ShopWords.Count);
        var variesInSize = random.NextInt32(2) == 0;
        var level = like is null ? random.NextNormal() : like.PriceLevel + (0.1 * random.NextNormal());
        var quality = like is null ? random.NextNormal() : like.Quality + (0.1 * random.NextNormal());
        var isNew = random.NextDouble() < options.Published;
        var document = new Document
        {
            Id = id,
            Family = like?.Family ?? id,
            Thing = thing,
            Colour = like is null || !variesInSize ? random.NextInt32(ShopWords.Colours.Count) : like.Colour,
            Material = like?.Material ?? random.NextInt32(ShopWords.Materials.Count),
            Feature = like?.Feature ?? random.NextInt32(ShopWords.Features.Count),
            Size = like is null || variesInSize ? random.NextInt32(ShopWords.Sizes.Count) : like.Size,
            Brand = like?.Brand ?? random.NextInt32(ShopWords.Brands.Count),
            Price = (int)Math.Round(100 * (10 + (thing * 7 % 90)) * Math.Exp(0.5 * level)),
            PriceLevel = level,
            Published = isNew ? 3_600L * ((24 * random.NextInt32(options.Days)) + 7 + random.NextInt32(12)) : -86_400L * (1 + random.NextInt32(700)),
            Quality = quality,
            Rating = Math.Round(Math.Clamp(3.6 + (0.6 * quality) + (0.35 * random.NextNormal()), 1, 5), 1),
            Popularity = Math.Exp((0.2 * quality) + (0.6 * random.NextNormal())),
            Title = "",
            Body = "",
        };
        return document with { Title = TitleOf(document, random), Body = BodyOf(document, random) };
    }

    private static string TitleOf(Document d, RandomStream random)
    {
        var unit = ShopWords.Units[ShopWords.CategoryOf(d.Thing)].Unit;
        List<string> words =
        [
            ShopWords.Brands[d.Brand], ShopWords.Features[d.Feature], ShopWords.Materials[d.Material],
            ShopWords.Name(d.Thing, isOther: random.NextDouble() < 0.15), $"{ShopWords.Sizes[d.Size]} {unit}", ShopWords.Colours[d.Colour],
        ];
        // some makers say less
        if (random.NextDouble() < 0.2) { words.RemoveAt(2); }
        return string.Join(' ', words);
    }

    private static string BodyOf(Document d, RandomStream random)
    {
        var category = ShopWords.CategoryOf(d.Thing);
        string Word(string word) => word switch
        {
            "{thing}" => ShopWords.Name(d.Thing, isOther: random.NextDouble() < 0.3),
            "{other}" => ShopWords.Name((category * 12) + random.NextInt32(12), isOther: false),
            "{feature}" => ShopWords.Features[d.Feature],
            "{material}" => ShopWords.Materials[d.Material],
            "{colour}" => ShopWords.Colours[d.Colour],
            _ => word,
        };
        int[] order = [.. Enumerable.Range(0, ShopWords.Sentences.Count)];
        random.Shuffle<int>(order);
        return string.Join(" . ", order.Take(2 + random.NextInt32(3)).Select(s => string.Join(' ', ShopWords.Sentences[s].Split(' ').Select(Word))));
    }
}
