namespace Lintel.Decisions.Tests;

public sealed class DailyLoadTests
{
    [Fact]
    public void Quiet_days_count_and_percentiles_are_days_that_were()
    {
        // ten days: 9, 8, … 1 cases on the first nine, none on the last
        int[] days = [.. Enumerable.Range(0, 9).SelectMany(static d => Enumerable.Repeat(50 + d, 9 - d))];
        var counted = new bool[days.Length];
        counted.AsSpan().Fill(true);
        DailyLoad.Of(counted, days, 50, 10).ShouldBe(new DailyLoad(4.5, 4.5, 9, 9));
    }

    [Fact]
    public void Only_what_counts_is_counted()
    {
        var rows = new DecidedRows
        {
            Count = 5,
            Read = static (_, _) => { },
            Labels = new float[5],
            Days = [1, 1, 2, 2, 3],
            FirstDay = 1,
            DayCount = 3,
        };
        DailyLoad.Of([0, 1, 1, 1, 2], static rule => rule == 1, rows).ShouldBe(new DailyLoad(1, 1, 2, 2));
    }

    [Fact]
    public void Of_twenty_days_the_95th_percentile_is_the_second_highest()
    {
        int[] days = [.. Enumerable.Range(0, 20).SelectMany(static d => Enumerable.Repeat(d, d))];
        var counted = new bool[days.Length];
        counted.AsSpan().Fill(true);
        DailyLoad.Of(counted, days, 0, 20).P95.ShouldBe(18);
    }
}
