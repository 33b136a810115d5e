using Lintel.Pipeline.Versions;

namespace Lintel.Training.Tests.Report;

/// <summary>A version of a ranking as training would leave it; the figures are made up.</summary>
internal static class SampleRanking
{
    public static VersionManifest Make() => SampleManifest.Make() with
    {
        System = "movies",
        Outcomes = [],
        Thresholds = [],
        Curves = [],
        Kinds = null,
        Rows = new(403, 0, 573) { TrainPositives = 6_135, TestPositives = 573 },
        Metrics = new()
        {
            ["ndcg@10"] = new(0.238, null, [0.193, 0.291], new() { ["popular"] = 0.197 }),
            ["recall@10"] = new(0.119, null, [0.094, 0.150], []),
        },
        Retrieval =
        [
            new("taste", [new(10, 0.044, 0.23, 7), new(100, 0.25, 0.47, 68), new(500, 0.348, 0.53, 136)], 136, 0.0778),
            new("hot <week>", [new(10, 0.125, 0.59, 10), new(100, 0.4, 0.8, 100), new(500, 0.4, 0.8, 100)], 100, 0.0726),
            new("union", [new(10, 0.214, 0.66, 17), new(100, 0.616, 0.87, 160), new(500, 0.651, 0.9, 248)], 248, null),
        ],
        Gains =
        [
            new("ndcg@10", "popular", 0.197, [0.15, 0.24], 0.041, [0.02, 0.06]),
            new("ndcg@10", "ranker", 0.24, [0.19, 0.29], -0.002, [-0.003, -0.001]),
            new("ndcg@10", "hot <week>", 0.233, [0.19, 0.28], 0.005, [-0.01, 0.02]),
            new("recall@10", "popular", 0.085, [0.07, 0.1], 0.034, [0.01, 0.05]),
        ],
        Steps =
        [
            new(0, "diversify by movie.genres (mmr 0.3)", 0, 0, "ndcg@10", new(0.238, 0.2423, 0.0043, [0.001, 0.007])),
            new(1, "at least 1 of fresh", 0, 0.125, "ndcg@10", new(0.238, 0.238, 0, null)),
            new(2, "take 10", 237.9, 0, "ndcg@10", null),
        ],
    };
}
