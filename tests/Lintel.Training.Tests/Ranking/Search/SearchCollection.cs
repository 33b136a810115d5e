using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Words;
using Lintel.Training.Ranking;
using Lintel.Training.Ranking.Metrics;

namespace Lintel.Training.Tests.Ranking.Search;

/// <summary>A collection of the shared search data: documents, queries, and which documents answer which query.</summary>
internal sealed class SearchCollection
{
    private SearchCollection(string name) => Name = name;

    public static IReadOnlyList<string> Names { get; } = ["cranfield", "med", "cacm", "lisa", "scifact"];

    public string Name { get; }

    /// <summary>By code.</summary>
    public List<(string Title, string Body)> Documents { get; } = [];

    /// <summary>Those that are judged.</summary>
    public List<string> Queries { get; } = [];

    /// <summary>By query: documents of a grade above 0; those that were never judged count as wrong.</summary>
    public List<(int Item, float Gain)[]> Relevant { get; } = [];

    /// <returns>Null when the data is not there.</returns>
    public static SearchCollection? Read(string name)
    {
        if (Find(name) is not { } folder) { return null; }
        var collection = new SearchCollection(name);
        var codes = new Dictionary<string, int>();
        using (var corpus = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, "corpus.jsonl.gz")), CompressionMode.Decompress)))
        {
            while (corpus.ReadLine() is { } line)
            {
                using var document = JsonDocument.Parse(line);
                codes.Add(Text(document, "_id"), codes.Count);
                collection.Documents.Add((Text(document, "title"), Text(document, "text")));
            }
        }
        var judged = name == "scifact" ? Path.Combine("qrels", "train.tsv") : "qrels.tsv";
        var grades = File.ReadLines(Path.Combine(folder, judged)).Skip(1).Select(static line => line.Split('\t'))
            .Select(row => (Query: row[0], Item: codes[row[1]], Gain: float.Parse(row[2], CultureInfo.InvariantCulture)))
            .Where(static row => row.Gain > 0).ToLookup(static row => row.Query, static row => (row.Item, row.Gain));
        foreach (var line in File.ReadLines(Path.Combine(folder, "queries.jsonl")))
        {
            using var query = JsonDocument.Parse(line);
            if (!grades.Contains(Text(query, "_id"))) { continue; }
            collection.Queries.Add(Text(query, "text"));
            collection.Relevant.Add([.. grades[Text(query, "_id")]]);
        }
        return collection;
    }

    /// <summary>Steps of the analysis. Published figures of scifact go by Lucene's stop words; queries of the others say "I am interested in",
    /// which the long list knows.</summary>
    public string[] Chain => ["fold", Name == "scifact" ? "stop english" : "stop english long", "porter"];

    /// <summary>BM25 as the reference has it: k1 1.2 and b 0.75, for scifact Anserini's 0.9 and 0.4.</summary>
    /// <param name="title">Weight of a title as a field of its own; 0: title and text are one field.</param>
    public WordIndex Build(TextAnalyser analyser, double title = 0)
    {
        var (k1, b) = Name == "scifact" ? (0.9, 0.4) : (1.2, 0.75);
        WordField[] fields = title > 0 ? [new("title", title, b), new("body", 1, b)] : [new("text", 1, b)];
        var builder = new WordIndexBuilder(new(fields, k1), analyser);
        for (var d = 0; d < Documents.Count; d++)
        {
            var (head, body) = Documents[d];
            if (title > 0) { builder.Add(d, head, body); }
            else { builder.Add(d, $"{head} {body}"); }
        }
        return builder.Build();
    }

    /// <summary>The best documents of each query.</summary>
    public ScoredItem[][] Lists(WordIndex index, int depth)
    {
        var (query, scratch, best) = (new WordQuery(), new WordScratch(), new ScoredItem[depth]);
        return [.. Queries.Select(text =>
        {
            query.Read(text, index.Analyser);
            return best[..index.Search(query, [], best, scratch)];
        })];
    }

    public static int[][] Items(ScoredItem[][] lists) => [.. lists.Select(static l => l.Select(static s => s.Item).ToArray())];

    /// <summary>The same with gains that nDCG, which takes 2^g − 1, adds as they are.</summary>
    public SearchCollection Linear()
    {
        var linear = new SearchCollection(Name);
        linear.Documents.AddRange(Documents);
        linear.Queries.AddRange(Queries);
        linear.Relevant.AddRange(Relevant.Select(static r => r.Select(static i => (i.Item, (float)Math.Log2(1 + i.Gain))).ToArray()));
        return linear;
    }

    /// <summary>Judges a list for each query by the metrics that systems are judged by.</summary>
    public double Judge(string metric, int depth, int[][] lists)
    {
        var weights = new double[lists.Length];
        Array.Fill(weights, 1);
        IRankingMetric judge = metric switch
        {
            "ndcg" => new Ndcg(),
            "map" => new MeanAveragePrecision(),
            "recall" => new PageRecall(),
            _ => throw new ArgumentException($"words: no metric '{metric}'"),
        };
        return judge.Prepare(Pages(lists), depth).Evaluate(weights);
    }

    /// <summary>nDCG@10 of each query.</summary>
    public double[] NdcgByQuery(int[][] lists)
    {
        var prepared = new Ndcg().Prepare(Pages(lists), 10);
        var (values, weights) = (new double[lists.Length], new double[lists.Length]);
        for (var q = 0; q < values.Length; q++)
        {
            weights[q] = 1;
            values[q] = prepared.Evaluate(weights);
            weights[q] = 0;
        }
        return values;
    }

    /// <summary>Looks for the shared data beside a folder above this program.</summary>
    private static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "search", name);
            if (Directory.Exists(path)) { return path; }
        }
        return null;
    }

    private JudgedPages Pages(int[][] lists) => new()
    {
        Lists = lists,
        Relevant = [.. Relevant],
        Days = new int[lists.Length],
        Items = new()
        {
            Popularity = new int[Documents.Count],
            UsersInTrain = new int[Documents.Count],
            TrainUserCount = 0,
            Available = [.. Documents.Select(static _ => true)],
        },
    };

    private static string Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "";
}
