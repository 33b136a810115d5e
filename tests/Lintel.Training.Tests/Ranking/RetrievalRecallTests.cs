using Lintel.Retrieval.Sources;
using Lintel.Training.Ranking;

namespace Lintel.Training.Tests.Ranking;

public sealed class RetrievalRecallTests
{
    [Fact]
    public void Sources_and_their_union_by_hand()
    {
        var recall = new RetrievalRecall(["a", "b"], [2, 1]);
        recall.Add([10, 11, 12], Candidates((10, 1, 2), (11, 2, 0), (20, 0, 1)));
        recall.Add([], Candidates((10, 1, 0)));                       // nothing was right: takes no part
        recall.Add([30], Candidates((30, 0, 2), (31, 1, 1)));
        recall.Decisions.ShouldBe(2);
        var (a, b, union) = (recall.Results()[0], recall.Results()[1], recall.Results()[2]);

        a.At.Select(static d => (d.K, d.Recall, d.HitRate, d.Candidates)).ShouldBe([(1, (1 / 3.0) / 2, 0.5, 1), (2, (2 / 3.0) / 2, 0.5, 1.5)]);
        b.At.Select(static d => (d.K, d.Recall, d.HitRate, d.Candidates)).ShouldBe([(1, 0, 0, 1), (2, ((1 / 3.0) + 1) / 2, 1, 2)]);
        union.At.Select(static d => (d.K, d.Recall, d.HitRate, d.Candidates))
            .ShouldBe([(1, (1 / 3.0) / 2, 0.5, 1.5), (2, ((2 / 3.0) + 1) / 2, 1, 2.5)]);
        a.OnlyHere!.Value.ShouldBe((1 / 3.0) / 2, 1e-12);              // 11
        b.OnlyHere!.Value.ShouldBe(1 / 2.0, 1e-12);                    // 30
        union.OnlyHere.ShouldBeNull();
        (a.Offered, b.Offered, union.Offered).ShouldBe((1.5, 2, 2.5));
    }

    [Fact]
    public void Nothing_added_is_zero_and_another_number_of_sources_is_refused()
    {
        var recall = new RetrievalRecall(["a"]);
        recall.Results().ShouldAllBe(static r => r.At.All(d => d.Recall == 0));
        Should.Throw<ArgumentException>(() => recall.Add([1], new CandidateSet(2))).Message.ShouldBe("the candidates come from 2 sources, expected 1");
    }

    private static CandidateSet Candidates(params (int Item, int A, int B)[] offers)
    {
        var set = new CandidateSet(2);
        foreach (var (item, a, b) in offers)
        {
            var candidate = set.Add(item);
            set.SetRank(candidate, 0, a);
            set.SetRank(candidate, 1, b);
        }
        return set;
    }
}
