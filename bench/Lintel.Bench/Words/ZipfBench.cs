using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lintel.Numerics.Random;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;

namespace Lintel.Bench.Words;

/// <summary>BM25 at size: 200,000 documents of words by Zipf and Mandelbrot's law, 2,000 queries of two to four words, or those in a
/// folder as <c>text_200k.txt</c> and <c>text_queries_2000.txt</c>. One thread; rates are
/// of processor time, so that a machine that does other things counts less.</summary>
internal static class ZipfBench
{
    private const int Words = 200_000, Queries = 2_000, Rounds = 5;

    public static int Run(string[] arguments)
    {
        var folder = arguments.FirstOrDefault(Directory.Exists);
        var count = arguments.Length > 0 && int.TryParse(arguments[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 200_000;
        var terms = arguments.FirstOrDefault(static a => a.StartsWith("terms=", StringComparison.Ordinal)) is { } named
            ? int.Parse(named["terms=".Length..], CultureInfo.InvariantCulture) : 0;
        var (documents, queries) = folder is null
            ? Draw(count, terms)
            : (File.ReadAllLines(Path.Combine(folder, "text_200k.txt")), File.ReadAllLines(Path.Combine(folder, "text_queries_2000.txt")));
        var analyser = TextAnalyser.Of(["lower"]);
        var processor = CpuClock.Start();
        var builder = new WordIndexBuilder(new([new("text", 1, 0.4)], 0.9), analyser);
        for (var d = 0; d < documents.Length; d++) { builder.Add(d, documents[d]); }
        var read = processor.Seconds;
        var index = builder.Build();
        var seconds = processor.Seconds;
        Console.WriteLine($"{documents.Length:N0} documents: {documents.Length / seconds:N0} docs/s of processor, {(double)index.MemoryBytes / documents.Length:0} bytes a document, {index.MemoryBytes / 1e6:0.0} MB ({read:0.0} s reading, {seconds - read:0.0} s building)");
        var (query, scratch) = (new WordQuery(), new WordScratch());
        var postings = queries.Average(text =>
        {
            query.Read(text, analyser);
            return Enumerable.Range(0, query.Count).Sum(t => (double)index.CountOf(query[t]));
        });
        Console.WriteLine($"{queries.Length:N0} queries of {postings:N0} postings");
        foreach (var k in new[] { 10, 100, 1_000 })
        {
            foreach (var single in new[] { true, false })
            {
                var best = new ScoredItem[k];
                var times = new Timings(Rounds * queries.Length);
                for (var round = -1; round < Rounds; round++)
                {
                    if (round == 0) { processor = CpuClock.Start(); }
                    foreach (var text in queries)
                    {
                        var at = Stopwatch.GetTimestamp();
                        query.Read(text, analyser);
                        _ = index.Search(query, [], best, scratch, single);
                        var ticks = Stopwatch.GetTimestamp() - at;
                        if (round >= 0) { times.Add(ticks); }
                    }
                }
                Console.WriteLine($"top {k,5:N0} {(single ? "wand" : "scan")}: {Rounds * queries.Length / processor.Seconds,8:N0} q/s of processor, p50 {times.Microseconds(0.5):0.0} µs, p99 {times.Microseconds(0.99):0.0} µs");
            }
        }
        return 0;
    }

    /// <summary>Lengths are log-normal, mean 97; a fifth of the words repeat one of the same document.</summary>
    /// <param name="terms">Of each query; 0: two to four.</param>
    private static (string[] Documents, string[] Queries) Draw(int count, int terms)
    {
        var random = new RandomStream(11);
        var cumulated = new double[Words];
        double sum = 0;
        for (var w = 0; w < Words; w++) { cumulated[w] = sum += 1 / Math.Pow(w + 3.7, 1.05); }
        int Word()
        {
            var found = Array.BinarySearch(cumulated, random.NextDouble() * sum);
            return found >= 0 ? found : Math.Min(Words - 1, ~found);
        }
        var documents = new string[count];
        var (text, words) = (new StringBuilder(), new List<int>());
        for (var d = 0; d < count; d++)
        {
            words.Clear();
            var length = (int)Math.Clamp(Math.Exp(4.4 + (0.6 * random.NextNormal())), 8, 1200);
            for (var i = 0; i < length; i++) { words.Add(i > 0 && random.NextDouble() < 0.2 ? words[random.NextInt32(i)] : Word()); }
            documents[d] = text.Clear().AppendJoin(' ', words.Select(static w => $"w{w}")).ToString();
        }
        var queries = new string[Queries];
        for (var q = 0; q < Queries; q++)
        {
            // ranks from 20 to 50,000, evenly by their logarithm
            var length = terms > 0 ? terms : 2 + random.NextInt32(3);
            queries[q] = string.Join(' ', Enumerable.Range(0, length).Select(_ => $"w{(int)(20 * Math.Pow(2_500, random.NextDouble()))}"));
        }
        return (documents, queries);
    }
}
