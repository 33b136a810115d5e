using System.Diagnostics;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;

namespace Lintel.Bench.Words;

/// <summary>BM25 on the shared search collections: how good its lists are beside the reference, and what they cost.</summary>
internal static class WordsBench
{
    private const int Depth = 1_000, Rounds = 20;

    public static int Run(string[] arguments)
    {
        if (arguments is ["hybrid", .. var rest]) { return HybridBench.Run(rest); }
        if (arguments is ["zipf", .. var sized]) { return ZipfBench.Run(sized); }
        string[] names = [.. arguments.Intersect(Collection.Names)];
        var chain = arguments.FirstOrDefault(static a => a.StartsWith("analyse=", StringComparison.Ordinal)) is { } given
            ? given["analyse=".Length..].Split(',', StringSplitOptions.TrimEntries) : null;
        var title = arguments.FirstOrDefault(static a => a.StartsWith("title=", StringComparison.Ordinal)) is { } weight
            ? double.Parse(weight["title=".Length..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        Console.WriteLine(title > 0 ? $"fields title {title}, body 1" : "title and text in one field");
        Console.WriteLine("collection   docs queries  ndcg@10  linear     map  r@100 r@1000 |  docs/s  B/doc | top 10: p50 µs   p99 µs      q/s | scan: p50 µs   p99 µs      q/s");
        foreach (var name in names.Length == 0 ? Collection.Names : names)
        {
            if (Collection.Read(name) is not { } collection)
            {
                Console.Error.WriteLine("words: the shared search data is not there");
                return 2;
            }
            Judge(collection, TextAnalyser.Of(chain ?? Chain(collection)), title);
        }
        return 0;
    }

    /// <summary>Published figures of scifact go by Lucene's stop words; queries of the others say "I am interested in", which the long list
    /// knows.</summary>
    internal static string[] Chain(Collection collection) => ["fold", collection.Name == "scifact" ? "stop english" : "stop english long", "porter"];

    /// <summary>Settings of the reference: those of the four old collections, and Anserini's for scifact.</summary>
    internal static Bm25Settings Settings(Collection collection, double title)
    {
        var (k1, b) = collection.Name == "scifact" ? (0.9, 0.4) : (1.2, 0.75);
        return title > 0 ? new([new("title", title, b), new("body", 1, b)], k1) : new([new("text", 1, b)], k1);
    }

    internal static WordIndex Build(Collection collection, TextAnalyser analyser, double title)
    {
        var builder = new WordIndexBuilder(Settings(collection, title), analyser);
        for (var d = 0; d < collection.Documents.Count; d++)
        {
            var (head, body) = collection.Documents[d];
            if (title > 0) { builder.Add(d, head, body); }
            else { builder.Add(d, $"{head} {body}"); }
        }
        return builder.Build();
    }

    /// <summary>The best documents of each query.</summary>
    internal static ScoredItem[][] Lists(WordIndex index, Collection collection, int depth)
    {
        var (query, scratch, best) = (new WordQuery(), new WordScratch(), new ScoredItem[depth]);
        return [.. collection.Queries.Select(text =>
        {
            query.Read(text, index.Analyser);
            return best[..index.Search(query, [], best, scratch)];
        })];
    }

    private static void Judge(Collection collection, TextAnalyser analyser, double title)
    {
        var index = Build(collection, analyser, title);
        var seconds = double.PositiveInfinity;
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            index = Build(collection, analyser, title);
            seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        var lists = Lists(index, collection, Depth).Select(static l => l.Select(static s => s.Item).ToArray()).ToArray();
        Console.Write($"{collection.Name,-10} {index.DocumentCount,6:N0} {lists.Length,7:N0} {collection.Judge("ndcg", 10, lists),8:0.0000} {collection.Linear().Judge("ndcg", 10, lists),7:0.0000} {collection.Judge("map", Depth, lists),7:0.0000} "
            + $"{collection.Judge("recall", 100, lists),6:0.000} {collection.Judge("recall", Depth, lists),6:0.000} | {index.DocumentCount / seconds,7:N0} {(double)index.MemoryBytes / index.DocumentCount,6:0}");
        foreach (var single in new[] { true, false })
        {
            var (times, rate) = Time(index, collection, single);
            Console.Write($" | {(single ? "wand" : "scan"),6} {times.Microseconds(0.5),8:0.0} {times.Microseconds(0.99),8:0.0} {rate,8:N0}");
        }
        Console.WriteLine();
    }

    /// <summary>Queries with their analysis, one thread.</summary>
    private static (Timings Times, double Rate) Time(WordIndex index, Collection collection, bool single)
    {
        var (query, scratch, best) = (new WordQuery(), new WordScratch(), new ScoredItem[10]);
        var times = new Timings(Rounds * collection.Queries.Count);
        long all = 0;
        for (var round = -3; round < Rounds; round++)
        {
            foreach (var text in collection.Queries)
            {
                var started = Stopwatch.GetTimestamp();
                query.Read(text, index.Analyser);
                _ = index.Search(query, [], best, scratch, single);
                var ticks = Stopwatch.GetTimestamp() - started;
                if (round < 0) { continue; }
                times.Add(ticks);
                all += ticks;
            }
        }
        return (times, (double)Rounds * collection.Queries.Count * Stopwatch.Frequency / all);
    }
}
