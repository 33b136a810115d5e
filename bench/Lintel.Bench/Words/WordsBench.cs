using System.Diagnostics;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;
using Lintel.Training.Tests.Ranking.Search;

namespace Lintel.Bench.Words;

/// <summary>BM25 on the shared search collections: how good its lists are beside the reference, and what they cost.</summary>
internal static class WordsBench
{
    private const int Depth = 1_000, Rounds = 20;

    public static int Run(string[] arguments)
    {
        if (arguments is ["hybrid", .. var rest]) { return HybridBench.Run(rest); }
        if (arguments is ["zipf", .. var sized]) { return ZipfBench.Run(sized); }
        string[] names = [.. arguments.Intersect(SearchCollection.Names)];
        var chain = arguments.FirstOrDefault(static a => a.StartsWith("analyse=", StringComparison.Ordinal)) is { } given
            ? given["analyse=".Length..].Split(',', StringSplitOptions.TrimEntries) : null;
        var title = arguments.FirstOrDefault(static a => a.StartsWith("title=", StringComparison.Ordinal)) is { } weight
            ? double.Parse(weight["title=".Length..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        Console.WriteLine(title > 0 ? $"fields title {title}, body 1" : "title and text in one field");
        Console.WriteLine("collection   docs queries  ndcg@10  linear     map  r@100 r@1000 |  docs/s  B/doc | top 10: p50 µs   p99 µs      q/s | scan: p50 µs   p99 µs      q/s");
        foreach (var name in names.Length == 0 ? SearchCollection.Names : names)
        {
            if (SearchCollection.Read(name) is not { } collection)
            {
                Console.Error.WriteLine("words: the shared search data is not there");
                return 2;
            }
            Judge(collection, TextAnalyser.Of(chain ?? collection.Chain), title);
        }
        return 0;
    }

    private static void Judge(SearchCollection collection, TextAnalyser analyser, double title)
    {
        var index = collection.Build(analyser, title);
        var seconds = double.PositiveInfinity;
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            index = collection.Build(analyser, title);
            seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        var lists = SearchCollection.Items(collection.Lists(index, Depth));
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
    private static (Timings Times, double Rate) Time(WordIndex index, SearchCollection collection, bool single)
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
