using Lintel.Models;
using Lintel.Retrieval.Nearest;
using Lintel.Retrieval.Neighbours;
using Lintel.Retrieval.Sources;
using Lintel.Retrieval.Tests.Towers;

namespace Lintel.Retrieval.Tests.Neighbours;

public sealed class NeighbourSourceTests
{
    private const int A = 7, B = 2, C = 5, D = 3;

    private static readonly long Minute = TimeSpan.TicksPerMinute / TimeSpan.TicksPerMicrosecond;

    private static ScoredItem[] Offers(ICandidateTrainer trainer, object settings, string[] users, params int[] history)
    {
        var examples = Sequence(users);
        var source = trainer.Fit(settings, examples, new(1, 2, null, CancellationToken.None));
        var request = Asked(examples, history);
        var best = new ScoredItem[10];
        return best[..source.Retrieve(request, best)];
    }

    /// <summary>A row for each user: letters a minute apart, a blank is a pause of two days.</summary>
    private static SourceExamples Sequence(string[] users)
    {
        var interactions = new List<Interaction>();
        for (var user = 0; user < users.Length; user++)
        {
            var known = 0L;
            foreach (var letter in users[user])
            {
                known += letter == ' ' ? 2 * 24 * 60 * Minute : Minute;
                if (letter != ' ')
                {
                    interactions.Add(new(user, letter switch { 'a' => A, 'b' => B, 'c' => C, _ => D }, known, 1));
                }
            }
        }
        var items = Groves.Grow(1, 10, 1).Examples.Items;
        return new()
        {
            Interactions = [.. interactions.OrderBy(static i => i.Known)],
            EntityCount = users.Length,
            Items = items,
            ItemCount = 10,
        };
    }

    private static CandidateRequest Asked(SourceExamples examples, int[] history)
    {
        var request = new CandidateRequest { Entity = 0, Now = long.MaxValue / 2 };
        var told = request.SetHistory(history.Length);
        for (var i = 0; i < told.Length; i++) { told[i] = new(0, history[i], i, 1); }
        var offered = new byte[examples.ItemCount];
        Array.Fill(offered, (byte)1);
        foreach (var item in history) { offered[item] = 0; }
        request.Offered = offered;
        return request;
    }

    [Fact]
    public void Cosine_is_the_share_of_common_users()
    {
        var settings = new ItemToItemParameters { By = "cosine", Shrink = 0 };
        // a: 3 users, b: 2, c: 1; a and b share 2, a and c 1
        var offers = Offers(new ItemToItemTrainer(), settings, ["ab", "abc", "ad"], A);
        offers.Select(static o => o.Item).ShouldBe([B, .. offers[1..].Select(static o => o.Item)]);
        offers.Single(static o => o.Item == B).Score.ShouldBe((float)(2 / Math.Sqrt(6)), 1e-6f);
        offers.Single(static o => o.Item == C).Score.ShouldBe((float)(1 / Math.Sqrt(3)), 1e-6f);
        Offers(new ItemToItemTrainer(), settings with { Shrink = 2 }, ["ab", "abc", "ad"], A)[0].Score
            .ShouldBe((float)(2 / (Math.Sqrt(6) + 2)), 1e-6f);
    }

    [Fact]
    public void Bm25_trusts_users_with_few_items_more()
    {
        // b and c are as often with a; b's user had nothing else, c's many things
        string[] users = ["ab", "acd", "bc", "c", "b", "dddc", "dddb"];
        Offers(new ItemToItemTrainer(), new ItemToItemParameters(), users, A)[0].Item.ShouldBe(B);
    }

    [Fact]
    public void Covisitation_counts_neighbours_within_reach_and_time_in_both_directions()
    {
        var settings = new ItemToItemParameters { By = "co-visitation", Shrink = 0, Reach = 2 };
        var offers = Offers(new ItemToItemTrainer(), settings, ["bac d"], A);
        offers.Select(static o => o.Item).Order().ShouldBe([B, C]);
        offers.ShouldAllBe(static o => Math.Abs(o.Score - 1) < 1e-6);
        Offers(new ItemToItemTrainer(), settings with { Within = TimeSpan.FromDays(3) }, ["bac d"], A)
            .Single(static o => o.Item == D).Score.ShouldBe(0.5f, 1e-6f);
        var near = settings with { Reach = 1, Within = TimeSpan.FromDays(3) };
        Offers(new ItemToItemTrainer(), near, ["bac d"], A).Length.ShouldBe(2);
    }

    [Fact]
    public void Markov_looks_forward_only_and_smooths_by_popularity()
    {
        var settings = new MarkovParameters { Steps = 1, Smoothing = 0 };
        string[] users = ["ab", "ab", "ac", "da"];
        var plain = Offers(new MarkovTrainer(), settings, users, A);
        plain.Select(static o => o.Item).ShouldBe([B, C]);
        plain[0].Score.ShouldBe(2 / 3f, 1e-6f);
        // (2 + 4 · 2/8) / (3 + 4), where b is 2 of 8
        Offers(new MarkovTrainer(), settings with { Smoothing = 4 }, users, A)[0].Score.ShouldBe(3 / 7f, 1e-6f);
        var two = Offers(new MarkovTrainer(), settings with { Steps = 2 }, ["abc"], A);
        two.Select(static o => o.Score).ShouldBe([2 / 3f, 1 / 3f], 1e-6);
    }

    [Fact]
    public void Later_items_count_more_and_only_the_latest_count()
    {
        string[] users = ["ab", "ab", "cd", "cd"];
        var settings = new MarkovParameters { Steps = 1, Smoothing = 0, Decay = 0.5 };
        Offers(new MarkovTrainer(), settings, users, A, C)
            .Select(static o => (o.Item, o.Score)).ShouldBe([(D, 1f), (B, 0.5f)]);
        Offers(new MarkovTrainer(), settings, users, A, C, A)
            .Select(static o => (o.Item, o.Score)).ShouldBe([(B, 1f), (D, 0.5f)]);
        Offers(new MarkovTrainer(), settings with { Recent = 1 }, users, A, C).Single().Item.ShouldBe(D);
    }

    [Fact]
    public void Ties_stand_by_popularity()
    {
        var settings = new MarkovParameters { Steps = 1, Smoothing = 0 };
        Offers(new MarkovTrainer(), settings, ["ab", "ac", "c", "d"], A).Select(static o => o.Item).ShouldBe([C, B]);
        Offers(new MarkovTrainer(), settings, ["ab", "ac", "b", "d"], A).Select(static o => o.Item).ShouldBe([B, C]);
    }

    [Fact]
    public void Only_the_best_neighbours_are_kept()
    {
        string[] users = ["ab", "ab", "ab", "ac", "ac", "ad"];
        var settings = new MarkovParameters { Steps = 1, Neighbours = 2 };
        Offers(new MarkovTrainer(), settings, users, A).Select(static o => o.Item).ShouldBe([B, C]);
    }

    [Fact]
    public void Nothing_to_learn_from_is_said()
    {
        var fault = Should.Throw<FitException>(() => Offers(new MarkovTrainer(), new MarkovParameters(), [""], A));
        fault.Message.ShouldContain("'from'");
    }
}
