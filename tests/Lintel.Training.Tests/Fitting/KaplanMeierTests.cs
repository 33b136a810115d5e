using Lintel.Training.Fitting;

namespace Lintel.Training.Tests.Fitting;

public sealed class KaplanMeierTests
{
    /// <summary>Weeks in remission under 6-MP (Freireich and others, Blood 21, 1963); + was cut off. The table is that of every textbook.</summary>
    [Theory]
    [InlineData(6, 1)]
    [InlineData(6.5, 0.857)]
    [InlineData(8, 0.807)]
    [InlineData(11, 0.753)]
    [InlineData(14, 0.690)]
    [InlineData(20, 0.627)]
    [InlineData(22.5, 0.538)]
    [InlineData(40, 0.448)]
    public void Worked_example_of_the_textbooks(double before, double expected)
    {
        double[] weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
        HashSet<int> cut = [3, 5, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20];
        // those that were cut off were still there when others relapsed that week: a moment later, since here labels come first
        foreach (var i in cut) { weeks[i] += 0.01; }
        bool[] ended = [.. Enumerable.Range(0, weeks.Length).Select(i => !cut.Contains(i))];
        KaplanMeier.Of(weeks, ended).Before(before).ShouldBe(expected, 0.0006);
    }

    [Fact]
    public void A_label_at_the_same_instant_comes_before_an_end()
    {
        // of four, one got its label at 2, one was ended at 2, two are under way: 1 of 3 ended
        var chance = KaplanMeier.Of([2, 2, 5, 5], [false, true, false, false]);
        chance.Before(2).ShouldBe(1);
        chance.Before(2.1).ShouldBe(2 / 3.0, 1e-12);
    }

    [Fact]
    public void Without_ends_everyone_stays() => KaplanMeier.Of([1, 2, 3], [false, false, false]).Before(10).ShouldBe(1);
}
