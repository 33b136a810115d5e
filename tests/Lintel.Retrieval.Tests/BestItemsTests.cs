using Lintel.Numerics.Random;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Tests;

public sealed class BestItemsTests
{
    [Fact]
    public void The_best_are_kept_in_whatever_order_they_come()
    {
        var random = new RandomStream(2);
        for (var round = 0; round < 200; round++)
        {
            var offered = Enumerable.Range(0, random.NextInt32(60)).Select(i => new ScoredItem(i, random.NextInt32(9) - 3)).ToArray();
            random.Shuffle<ScoredItem>(offered);
            var k = random.NextInt32(25);
            var items = new ScoredItem[k];
            var kept = new BestItems(items);
            foreach (var (item, score) in offered) { kept.Offer(item, score); }
            items[..kept.Sort()].ShouldBe([.. offered.OrderByDescending(static s => s.Score).ThenBy(static s => s.Item).Take(k)]);
        }
    }

    [Fact]
    public void The_floor_is_the_worst_of_a_full_list()
    {
        var best = new BestItems(new ScoredItem[2]);
        best.Floor.ShouldBe(float.NegativeInfinity);
        best.Offer(3, -0f);
        best.Floor.ShouldBe(float.NegativeInfinity);
        best.Offer(5, float.NegativeInfinity);
        best.Floor.ShouldBe(float.NegativeInfinity);
        best.Offer(4, 0f);
        best.Floor.ShouldBe(0);
        best.Offer(2, 0f);
        best.Offer(9, 0f);
        best.Sort().ShouldBe(2);
        new BestItems([]).Floor.ShouldBe(float.PositiveInfinity);
    }
}
