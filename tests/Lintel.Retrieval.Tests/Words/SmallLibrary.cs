using Lintel.Numerics.Random;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;

namespace Lintel.Retrieval.Tests.Words;

/// <summary>Documents of two fields made of few words, and BM25F by its definition.</summary>
internal sealed class SmallLibrary
{
    public static readonly TextAnalyser Analyser = TextAnalyser.Of(["lower"]);

    public static readonly Bm25Settings Settings = new([new("title", 2, 0.6), new("body", 1, 0.75)], 1.2);

    /// <summary>By code.</summary>
    public SortedDictionary<int, (string Title, string Body)> Texts { get; } = [];

    /// <summary>Random documents: frequent and rare words, long and empty texts.</summary>
    public static SmallLibrary Draw(ulong seed, int count, int words = 30)
    {
        var library = new SmallLibrary();
        var random = new RandomStream(seed);
        for (var code = 0; code < count; code++) { library.Texts[code] = (Text(random, words, 4), Text(random, words, 40)); }
        return library;
    }

    public static string Text(RandomStream random, int words, int longest)
    {
        var length = random.NextInt32(longest + 1);
        // the product of two makes low words frequent
        return string.Join(' ', Enumerable.Range(0, length).Select(_ => $"w{random.NextInt32(words) * random.NextInt32(words) / words}"));
    }

    public WordIndex Build() => ToBuilder(Texts).Build();

    public static WordIndexBuilder ToBuilder(IEnumerable<KeyValuePair<int, (string Title, string Body)>> texts)
    {
        var builder = new WordIndexBuilder(Settings, Analyser);
        foreach (var (code, (title, body)) in texts) { builder.Add(code, title, body); }
        return builder;
    }

    public static WordQuery Query(string text)
    {
        var query = new WordQuery();
        query.Read(text, Analyser);
        return query;
    }

    /// <summary>Scores by the formula, straight from the texts.</summary>
    public double Score(string query, int code)
    {
        string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double Average(Func<(string Title, string Body), string> field) =>
            Texts.Values.Select(t => (double)Words(field(t)).Length).Where(static l => l > 0).DefaultIfEmpty(1).Average();
        var (title, body) = (Average(static t => t.Title), Average(static t => t.Body));
        double score = 0;
        foreach (var group in Words(query).GroupBy(static w => w))
        {
            var holding = Texts.Values.Count(t => Words(t.Title).Contains(group.Key) || Words(t.Body).Contains(group.Key));
            var idf = Math.Log(1 + ((Texts.Count - holding + 0.5) / (holding + 0.5)));
            var (ownTitle, ownBody) = (Words(Texts[code].Title), Words(Texts[code].Body));
            var x = (2 * ownTitle.Count(w => w == group.Key) / (0.4 + (0.6 * ownTitle.Length / title)))
                + (ownBody.Count(w => w == group.Key) / (0.25 + (0.75 * ownBody.Length / body)));
            score += group.Count() * idf * x / (1.2 + x);
        }
        return score;
    }

    /// <summary>All documents that score, best first, by the index's own scores of pairs.</summary>
    public ScoredItem[] Scan(WordIndex index, WordQuery query, byte[] offered, int k)
    {
        int[] codes = [.. Texts.Keys];
        var scores = new float[codes.Length];
        index.Score(query, codes, scores, new());
        return [.. codes.Zip(scores, static (c, s) => new ScoredItem(c, s))
            .Where(s => s.Score > 0 && (offered.Length == 0 || (s.Item < offered.Length && offered[s.Item] != 0)))
            .OrderByDescending(static s => s.Score).ThenBy(static s => s.Item).Take(k)];
    }
}
