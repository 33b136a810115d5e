using Lintel.Retrieval.Fusion;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Tests.Fusion;

public sealed class ListFusionTests
{
    private static readonly ScoredItem[] Words = [new(4, 8), new(2, 6), new(9, 2)], Vectors = [new(9, 0.5f), new(4, 0f), new(7, -0.5f)];

    [Fact]
    public void Ranks_add_up()
    {
        var (fusion, best) = (new ListFusion(), new ScoredItem[10]);
        fusion.AddRanks(Words);
        fusion.AddRanks(Vectors, weight: 2);
        fusion.Take(best).ShouldBe(4);
        best[..4].ShouldBe([new(9, (float)((1 / 63.0) + (2 / 61.0))), new(4, (float)((1 / 61.0) + (2 / 62.0))), new(7, (float)(2 / 63.0)), new(2, (float)(1 / 62.0))]);
        fusion.Take(best).ShouldBe(0);
    }

    [Fact]
    public void Scores_add_up_between_the_least_possible_and_the_best()
    {
        var (fusion, best) = (new ListFusion(), new ScoredItem[2]);
        fusion.AddScores(Words, 0.75, floor: 0);
        fusion.AddScores(Vectors, 0.25, floor: -1);
        // 4: 0.75 + 0.25 · 1 / 1.5; 2: 0.75 · 0.75; 9: 0.75 · 0.25 + 0.25
        fusion.Take(best).ShouldBe(2);
        best.ShouldBe([new(4, (float)(0.75 + (0.25 / 1.5))), new(2, 0.5625f)]);
        fusion.AddScores([new(1, -1)], 1, floor: -1);
        fusion.AddScores([], 1, floor: 0);
        fusion.Take(best).ShouldBe(0);
    }

    [Fact]
    public void Ties_keep_the_lower_item()
    {
        var (fusion, best) = (new ListFusion(), new ScoredItem[1]);
        fusion.AddRanks([new(5, 1)]);
        fusion.AddRanks([new(3, 1)]);
        fusion.Take(best);
        best[0].Item.ShouldBe(3);
    }

    [Fact]
    public void Fusion_allocates_nothing()
    {
        var (fusion, best) = (new ListFusion(), new ScoredItem[10]);
        void Fuse()
        {
            fusion.AddRanks(Words);
            fusion.AddScores(Vectors, 1, -1);
            fusion.Take(best);
        }
        for (var i = 0; i < 50; i++) { Fuse(); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { Fuse(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
