using System.Globalization;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.Tests.Towers;

namespace Lintel.Retrieval.Tests.Sources;

/// <summary>The 100,000 ratings of MovieLens, which are no part of the repository.</summary>
internal static class SharedRatings
{
    private const int Users = 943, Items = 1_682;

    /// <summary>Null: not there.</summary>
    public static string? Path
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var path = System.IO.Path.Combine(folder.FullName, "shared", "data", "recs", "ml-100k", "u.data");
                if (File.Exists(path)) { return path; }
            }
            return null;
        }
    }

    /// <summary>Three quarters of each user's ratings at random, and the rest.</summary>
    public static (SourceExamples Train, int[][] Test) Split(ulong seed)
    {
        var rows = File.ReadLines(Path!).Select(static line => line.Split('\t'))
            .Select(static cells => Array.ConvertAll(cells, static c => long.Parse(c, CultureInfo.InvariantCulture)));
        var train = new List<Interaction>();
        var test = new int[Users][];
        foreach (var user in rows.GroupBy(static r => (int)r[0] - 1))
        {
            Interaction[] all = [.. user.Select(r => new Interaction(user.Key, (int)r[1] - 1, r[3] * 1_000_000, 1))];
            new RandomStream(seed, (ulong)user.Key).Shuffle<Interaction>(all);
            var kept = (int)Math.Round(0.75 * all.Length);
            train.AddRange(all[..kept]);
            test[user.Key] = [.. all[kept..].Select(static i => i.Item)];
        }
        return (new()
        {
            Interactions = [.. train.OrderBy(static i => i.Known)],
            EntityCount = Users,
            Items = Groves.Grow(1, Items, 1, content: false).Examples.Items,
            ItemCount = Items,
        }, test);
    }

    /// <summary>Mean nDCG@10 of what a source offers to each user beside their history, binary relevance.</summary>
    public static double Ndcg(ICandidateSource source, SourceExamples train, int[][] test)
    {
        var histories = train.Interactions.ToLookup(static i => i.Entity);
        var best = new ScoredItem[10];
        var sum = 0.0;
        for (var user = 0; user < test.Length; user++)
        {
            var (gain, ideal) = (0.0, 0.0);
            var count = source.Retrieve(Ask([.. histories[user]]), best);
            for (var i = 0; i < best.Length; i++)
            {
                gain += i < count && test[user].Contains(best[i].Item) ? 1 / Math.Log2(i + 2) : 0;
                ideal += i < test[user].Length ? 1 / Math.Log2(i + 2) : 0;
            }
            sum += gain / ideal;
        }
        return sum / test.Length;
    }

    private static CandidateRequest Ask(Interaction[] history)
    {
        var request = new CandidateRequest { Entity = history[0].Entity, Now = long.MaxValue / 2 };
        history.CopyTo(request.SetHistory(history.Length));
        var offered = new byte[Items];
        Array.Fill(offered, (byte)1);
        foreach (var interaction in history) { offered[interaction.Item] = 0; }
        request.Offered = offered;
        return request;
    }
}
