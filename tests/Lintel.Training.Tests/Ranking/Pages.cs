using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events.Catalogues;
using Lintel.Numerics.Random;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

/// <summary>Judged pages for tests, and ranking metrics by the name that a design writes.</summary>
internal static class Pages
{
    public static readonly string[] EveryMetric =
    [
        "ndcg@10", "ndcg@3", "recall@10", "precision@10", "hit-rate@10", "map@10", "mrr", "mrr@5", "serendipity@10", "novelty@10",
        "diversity@10", "calibration@10", "coverage@10", "gini@10",
    ];

    /// <summary>One decision's list beside what was right, each with gain 1 unless told.</summary>
    public static JudgedPages One(int[] list, params (int Item, float Gain)[] relevant) => Of([list], [relevant]);

    public static JudgedPages Of(int[][] lists, (int Item, float Gain)[][] relevant, ItemFacts? items = null, int[][]? histories = null) => new()
    {
        Lists = lists,
        Relevant = relevant,
        Days = new int[lists.Length],
        Keys = new Dictionary<string, int[]> { ["user"] = [.. Enumerable.Range(0, lists.Length)] },
        Items = items ?? Facts(100),
        Histories = histories,
    };

    /// <summary>Items 0 … n − 1, all available, the lower code the more popular; item i has the genres of its bits, 0
    /// to 4.</summary>
    public static ItemFacts Facts(int count, int users = 50) => new()
    {
        Table = Genres(count),
        TagField = 0,
        Popularity = [.. Enumerable.Range(0, count).Select(i => 3 * (count - i))],
        UsersInTrain = [.. Enumerable.Range(0, count).Select(i => Math.Max(0, users - i))],
        TrainUserCount = users,
        Available = [.. Enumerable.Repeat(true, count)],
    };

    /// <summary>Lists that know something of what is right, over several users and days.</summary>
    public static JudgedPages Random(int count, ulong seed, double skill = 0.5, int items = 60, int users = 40, int days = 6)
    {
        var random = new RandomStream(seed);
        var lists = new int[count][];
        var relevant = new (int Item, float Gain)[count][];
        var histories = new int[count][];
        for (var d = 0; d < count; d++)
        {
            int[] order = [.. Enumerable.Range(0, items)];
            random.Shuffle<int>(order);
            relevant[d] = [.. order.Take(random.NextInt32(6)).Select(i => (i, 1f + random.NextInt32(3)))];
            int[] right = [.. relevant[d].Select(static r => r.Item).Where(_ => random.NextDouble() < skill)];
            random.Shuffle<int>(order);
            lists[d] = [.. right.Concat(order.Except(right)).Take(12)];
            random.Shuffle<int>(lists[d]);
            histories[d] = [.. order.Take(random.NextInt32(8))];
        }
        return new()
        {
            Lists = lists,
            Relevant = relevant,
            Days = [.. Enumerable.Range(0, count).Select(_ => 100 + random.NextInt32(days))],
            Keys = new Dictionary<string, int[]> { ["user"] = [.. Enumerable.Range(0, count).Select(_ => random.NextInt32(users))] },
            Items = Facts(items, users),
            Histories = histories,
        };
    }

    /// <summary><c>mrr</c>, <c>ndcg@10</c>, <c>recall@1%</c>.</summary>
    public static MetricDesign Metric(string name)
    {
        var parts = name.Split('@');
        var share = name.EndsWith('%');
        double? at = parts.Length == 1 ? null : double.Parse(parts[1].TrimEnd('%')) / (share ? 100 : 1);
        return new(name, default, parts[0], null, at, share);
    }

    public static double Evaluate(string metric, JudgedPages pages)
    {
        var ones = new double[pages.Count];
        ones.AsSpan().Fill(1);
        return RankingMetricKinds.Prepare(Metric(metric), pages).Evaluate(ones);
    }

    private static CatalogueTable Genres(int count)
    {
        var starts = new int[count + 1];
        var members = new List<int>();
        for (var i = 0; i < count; i++)
        {
            for (var bit = 0; bit < 5; bit++)
            {
                if ((i >> bit & 1) == 1) { members.Add(bit); }
            }
            starts[i + 1] = members.Count;
        }
        var design = new CatalogueDesign
        {
            Name = "movie",
            At = default,
            Source = "",
            Fields = [new ColumnDesign("genres", ColumnKind.Field, DataType.List, "movie.genres", null, null, 1, default)],
        };
        return new(
            design, [[.. Enumerable.Repeat(0.0, count)]], [starts], [[.. members]], new long[count],
            [.. Enumerable.Repeat(long.MaxValue, count)]);
    }
}
