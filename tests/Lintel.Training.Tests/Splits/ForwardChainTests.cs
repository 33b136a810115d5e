using Lintel.Numerics.Random;
using Lintel.Training.Splits;

namespace Lintel.Training.Tests.Splits;

public sealed class ForwardChainTests
{
    private const long Day = 86_400_000_000;

    [Fact]
    public void Folds_never_fit_on_what_was_not_known_when_their_block_began()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var (rows, known, labelKnown) = Random(seed, days: 60, longestDelay: 9);
            var gap = new RandomStream(seed, 5).NextInt32(8);
            var chain = ForwardChain.Make(rows, known, labelKnown, 5, TimeSpan.FromDays(gap));
            chain.GapKept.ShouldBeTrue();
            foreach (var fold in chain.Folds)
            {
                var begins = fold.Score.Min(r => known[r]);
                foreach (var row in fold.Fit)
                {
                    labelKnown[row].ShouldBeLessThan(begins);
                    known[row].ShouldBeLessThanOrEqualTo(begins - (gap * Day));
                    known[row].ShouldBeLessThan(begins);
                }
            }
        }
    }

    [Fact]
    public void Every_row_is_scored_at_most_once_and_all_but_the_first_block_are()
    {
        var (rows, known, labelKnown) = Random(1, days: 60, longestDelay: 2);
        var chain = ForwardChain.Make(rows, known, labelKnown, 6, TimeSpan.FromDays(2));
        var scored = chain.Folds.SelectMany(static f => f.Score).ToArray();
        scored.ShouldBeUnique();
        chain.Folds.Count.ShouldBe(5);
        chain.ScoredCount.ShouldBeInRange(rows.Length * 5 / 6, (rows.Length * 5 / 6) + 2);
        scored.ShouldBe(scored.OrderBy(r => known[r]).ThenBy(static r => r));
    }

    [Fact]
    public void A_train_part_shorter_than_the_gap_chains_without_it_and_says_so()
    {
        var (rows, known, labelKnown) = Random(2, days: 7, longestDelay: 7);
        var chain = ForwardChain.Make(rows, known, labelKnown, 5, TimeSpan.FromDays(7));
        chain.GapKept.ShouldBeFalse();
        chain.Folds.Count.ShouldBe(4);
        foreach (var fold in chain.Folds) { fold.Fit.Max(r => known[r]).ShouldBeLessThan(fold.Score.Min(r => known[r])); }
    }

    [Fact]
    public void Rows_of_one_instant_stay_in_one_block()
    {
        long[] known = [.. Enumerable.Range(0, 100).Select(static i => (long)(i / 30))];
        var chain = ForwardChain.Make([.. Enumerable.Range(0, 100)], known, known, 10, TimeSpan.Zero);
        foreach (var fold in chain.Folds)
        {
            fold.Fit.Select(r => known[r]).Intersect(fold.Score.Select(r => known[r])).ShouldBeEmpty();
        }
        chain.Folds.Count.ShouldBe(3);
    }

    [Fact]
    public void One_instant_gives_no_fold() =>
        ForwardChain.Make([0, 1, 2], new long[3], new long[3], 3, TimeSpan.Zero).Folds.ShouldBeEmpty();

    private static (int[] Rows, long[] Known, long[] LabelKnown) Random(ulong seed, int days, int longestDelay)
    {
        var random = new RandomStream(seed);
        const int Count = 300;
        var known = new long[Count];
        var labelKnown = new long[Count];
        for (var i = 0; i < Count; i++)
        {
            known[i] = (long)(random.NextDouble() * days * Day);
            labelKnown[i] = known[i] + (long)(random.NextDouble() * longestDelay * Day);
        }
        return ([.. Enumerable.Range(0, Count)], known, labelKnown);
    }
}
