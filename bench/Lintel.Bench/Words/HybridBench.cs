using System.Diagnostics;
using Lintel.Numerics.Random;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Fusion;
using Lintel.Retrieval.Latent;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;
using Lintel.Training.Tests.Ranking.Search;

namespace Lintel.Bench.Words;

/// <summary>BM25 beside latent semantic analysis and both together, on the five shared collections; the weight of the sum is chosen on the four
/// others.</summary>
internal static class HybridBench
{
    private const int Depth = 1_000, Flips = 20_000;

    private static readonly double[] Weights = [.. Enumerable.Range(0, 13).Select(static i => i / 20.0)];

    public static int Run(string[] arguments)
    {
        var options = Options(arguments);
        int[] dimensions = arguments.Any(static a => a.StartsWith("dimensions=", StringComparison.Ordinal)) ? [options.Dimensions] : [100, 200, 300];
        // by collection, then by setting: dimensions and weight
        var values = new List<Values[]>();
        foreach (var name in SearchCollection.Names)
        {
            if (SearchCollection.Read(name) is not { } collection)
            {
                Console.Error.WriteLine("words hybrid: the shared search data is not there");
                return 2;
            }
            values.Add([.. dimensions.SelectMany(d => Measure(collection, options with { Dimensions = d }))]);
        }
        Console.WriteLine("\nnDCG@10; difference from BM25 with the p of a paired sign-flip test (two-sided); dimensions and weight are chosen by the other four");
        Console.WriteLine("collection     bm25  vectors                      rrf                      sum  dimensions, weight");
        var (all, below) = (new double[4], 0);
        for (var c = 0; c < values.Count; c++)
        {
            var own = values[c][Chosen(values, c)];
            double[][] shown = [own.Words, own.Vectors, own.Ranks, own.Sum];
            for (var i = 0; i < shown.Length; i++) { all[i] += shown[i].Average() / values.Count; }
            below += PairedP(own.Words, own.Sum) < 0.05 && shown[3].Average() < shown[0].Average() ? 1 : 0;
            Console.WriteLine($"{SearchCollection.Names[c],-10} {shown[0].Average(),8:0.0000} {shown[1].Average(),8:0.0000} {Beside(own.Ranks, own.Words)} {Beside(own.Sum, own.Words)}  {own.Dimensions}, {own.Weight:0.00}");
        }
        Console.WriteLine($"{"mean",-10} {all[0],8:0.0000} {all[1],8:0.0000} {all[2],8:0.0000} {all[2] - all[0],7:+0.0000;-0.0000}         {all[3],8:0.0000} {all[3] - all[0],7:+0.0000;-0.0000}");
        Console.WriteLine($"significantly below BM25: {below} of {values.Count}");
        if (arguments.Contains("weights"))
        {
            for (var s = 0; s < values[0].Length; s++)
            {
                Console.WriteLine($"{values[0][s].Dimensions} {values[0][s].Weight:0.00} {string.Join(' ', values.Select(v => $"{v[s].Sum.Average():0.0000}"))}  "
                    + $"{values.Average(v => v[s].Sum.Average()):0.0000}  {values.Average(v => v[s].Gain):0.00}");
            }
        }
        return all[3] > all[0] && below == 0 ? 0 : 1;
    }

    /// <summary>The setting with the largest mean gain over the other collections, each gain in units of its standard error: a
    /// collection of thirty queries does not outweigh one of eight hundred.</summary>
    private static int Chosen(List<Values[]> values, int leftOut) => Enumerable.Range(0, values[0].Length)
        .MaxBy(s => values.Where((_, other) => other != leftOut).Average(v => v[s].Gain));

    /// <summary>nDCG@10 of each query: of words, of vectors, of both by ranks, and of the sum of both scores.</summary>
    private sealed record Values(int Dimensions, double Weight, double[] Words, double[] Vectors, double[] Ranks, double[] Sum)
    {
        /// <summary>Of the sum over the words, in standard errors.</summary>
        public double Gain { get; } = InErrors([.. Sum.Zip(Words, static (s, w) => s - w)]);

        private static double InErrors(double[] differences)
        {
            var mean = differences.Average();
            var squares = differences.Sum(d => (d - mean) * (d - mean));
            return squares > 0 ? mean / Math.Sqrt(squares / (differences.Length - 1) / differences.Length) : 0;
        }
    }

    private static IEnumerable<Values> Measure(SearchCollection collection, LatentOptions options)
    {
        var index = collection.Build(TextAnalyser.Of(collection.Chain));
        var started = Stopwatch.GetTimestamp();
        var space = LatentTrainer.Fit(index, options, seed: 1);
        var documents = space.Embed(index, collection.Documents.Count);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"{collection.Name,-10} {space.TermCount,7:N0} terms, {space.Dimensions} dimensions, {seconds:0.00} s");
        var words = collection.Lists(index, Depth);
        var vectors = Nearest(collection, index, space, documents);
        var (fusion, best) = (new ListFusion(), new ScoredItem[10]);
        int[][] Fuse(Action<int> add) => [.. Enumerable.Range(0, words.Length).Select(q =>
        {
            add(q);
            return best.AsSpan(0, fusion.Take(best)).ToArray().Select(static s => s.Item).ToArray();
        })];
        var (ofWords, ofVectors) = (collection.NdcgByQuery(SearchCollection.Items(words)), collection.NdcgByQuery(SearchCollection.Items(vectors)));
        var ranks = collection.NdcgByQuery(Fuse(q =>
        {
            fusion.AddRanks(words[q]);
            fusion.AddRanks(vectors[q]);
        }));
        return [.. Weights.Select(w => new Values(space.Dimensions, w, ofWords, ofVectors, ranks, collection.NdcgByQuery(Fuse(q =>
        {
            fusion.AddScores(words[q], 1 - w, floor: 0);
            fusion.AddScores(vectors[q], w, floor: 0);
        }))))];
    }

    private static ScoredItem[][] Nearest(SearchCollection collection, WordIndex index, LatentSpace space, FactorTable documents)
    {
        var (scan, query, vector, best) = (new ExactScan(documents), new WordQuery(), new float[space.Dimensions], new ScoredItem[Depth]);
        return [.. collection.Queries.Select(text =>
        {
            query.Read(text, index.Analyser);
            return space.Embed(query, vector) ? best.AsSpan(0, scan.Search(vector, [], best)).ToArray() : [];
        })];
    }

    private static string Beside(double[] values, double[] words) =>
        $"{values.Average(),8:0.0000} {values.Average() - words.Average(),7:+0.0000;-0.0000} p {PairedP(words, values):0.000}";

    /// <summary>How often random signs of the differences give a mean as far from 0. Source: Smucker, Allan and Carterette, A Comparison of
    /// Statistical Significance Tests for Information Retrieval Evaluation, CIKM 2007.</summary>
    private static double PairedP(double[] one, double[] other)
    {
        var random = new RandomStream(1);
        double[] differences = [.. one.Zip(other, static (a, b) => b - a)];
        var observed = Math.Abs(differences.Sum());
        var asFar = 0;
        for (var flip = 0; flip < Flips; flip++)
        {
            double sum = 0;
            ulong signs = 0;
            for (var q = 0; q < differences.Length; q++)
            {
                if (q % 64 == 0) { signs = random.NextUInt64(); }
                sum += (signs & 1) == 0 ? differences[q] : -differences[q];
                signs >>= 1;
            }
            asFar += Math.Abs(sum) >= observed - 1e-12 ? 1 : 0;
        }
        return (asFar + 1.0) / (Flips + 1);
    }

    /// <summary>Defaults, or those named: <c>dimensions=300 passes=2</c>.</summary>
    private static LatentOptions Options(string[] arguments)
    {
        var options = new LatentOptions { Threads = Environment.ProcessorCount };
        foreach (var pair in arguments.Where(static a => a.Contains('=', StringComparison.Ordinal)).Select(static a => a.Split('=')))
        {
            var value = int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture);
            options = pair[0] switch
            {
                "dimensions" => options with { Dimensions = value },
                "passes" => options with { Passes = value },
                "least" => options with { LeastDocuments = value },
                "threads" => options with { Threads = value },
                _ => throw new ArgumentException($"words hybrid: no setting '{pair[0]}'"),
            };
        }
        return options;
    }
}
