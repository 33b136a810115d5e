using Lintel.Training.Splits;

namespace Lintel.Training.Tests.Splits;

public sealed class NegativeSamplingTests
{
    private static readonly float[] Labels = [.. Enumerable.Range(0, 10_000).Select(static i => i % 50 == 0 ? 1f : 0f)];
    private static readonly int[] Rows = [.. Enumerable.Range(0, 10_000)];

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    [InlineData(0.013)]
    public void Keeps_every_positive_and_exactly_the_share_of_negatives(double keep)
    {
        var (kept, entry) = NegativeSampling.Draw("known", Rows, Labels, keep, 7);
        kept.ShouldBeInOrder();
        kept.ShouldBeUnique();
        kept.Count(static r => Labels[r] > 0).ShouldBe(200);
        kept.Length.ShouldBe(200 + (int)Math.Round(keep * 9_800));
        entry.Rows.ShouldBe(kept.Length);
        entry.RowsBefore.ShouldBe(10_000);
        entry.Positives.ShouldBe(200);
    }

    [Fact]
    public void Offset_turns_the_sampled_odds_back_into_the_natural_ones()
    {
        var (kept, entry) = NegativeSampling.Draw("known", Rows, Labels, 0.1, 7);
        var sampledRate = 200.0 / kept.Length;
        var natural = Math.Log(sampledRate / (1 - sampledRate)) + entry.Offset;
        natural.ShouldBe(Math.Log(0.02 / 0.98), 1e-12);
    }

    [Fact]
    public void Same_seed_same_rows_and_another_seed_others()
    {
        var first = NegativeSampling.Draw("known", Rows, Labels, 0.1, 7).Rows;
        NegativeSampling.Draw("known", Rows, Labels, 0.1, 7).Rows.ShouldBe(first);
        NegativeSampling.Draw("known", Rows, Labels, 0.1, 8).Rows.ShouldNotBe(first);
    }

    [Fact]
    public void All_kept_needs_no_correction() =>
        NegativeSampling.Draw("known", Rows, Labels, 1, 7).Entry.Offset.ShouldBe(0);

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Impossible_shares_are_refused(double keep) =>
        Should.Throw<ArgumentOutOfRangeException>(() => NegativeSampling.Draw("known", Rows, Labels, keep, 7)).Message.ShouldContain("model 'known'");
}
