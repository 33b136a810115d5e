using System.Globalization;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Training.Splits;

namespace Lintel.Training.Tests.Splits;

public sealed class SplitPlanTests
{
    private const long Day = 86_400_000_000;
    private static readonly long Start = At("2018-04-01");

    [Fact]
    public void Shares_are_of_the_rest_and_the_gap_stands_before_validate_and_test()
    {
        // 134 days less two gaps of 7: 120 days; 60 / 15 / 25 % are 72, 18 and 30
        var rows = Daily(134, delayDays: 7);
        var plan = SplitPlan.Make(ByShares(0.6, 0.15, 0.25, 7), rows);
        plan.Periods[SplitPart.Train].ShouldBe(new Period(Start, Start + (72 * Day)));
        plan.Periods[SplitPart.Validate].ShouldBe(new Period(Start + (79 * Day), Start + (97 * Day)));
        plan.Periods[SplitPart.Test].ShouldBe(new Period(Start + (104 * Day), Start + (134 * Day)));
        plan.Times.TrainFrom.ShouldBe("2018-04-01T00:00:00Z");
        plan.Times.ValidateFrom.ShouldBe("2018-06-19T00:00:00Z");
        plan.Times.TestTo.ShouldBe("2018-08-13T00:00:00Z");
        plan.Times.Gap.ShouldBe("7d");
        plan.Times.Kind.ShouldBe("time");
    }

    [Fact]
    public void Rows_of_gaps_are_unused_and_every_row_has_one_part()
    {
        var rows = Daily(134, delayDays: 7);
        var plan = SplitPlan.Make(ByShares(0.6, 0.15, 0.25, 7), rows);
        plan.AllRows(SplitPart.Unused).Length.ShouldBe(14);
        plan.Parts[72..79].ShouldAllBe(static p => p == SplitPart.Unused);
        plan.Parts[97..104].ShouldAllBe(static p => p == SplitPart.Unused);
    }

    [Theory]
    [InlineData(7, 72)]
    [InlineData(8, 72)]                // the label of day 71 becomes known one microsecond before validate begins on day 79
    [InlineData(9, 71)]
    [InlineData(10, 70)]
    public void A_train_label_counts_only_if_known_before_the_next_part_starts(int delayDays, int usable)
    {
        // the delay counts from the decision's midnight, less one microsecond
        var rows = Daily(134, delayDays, early: 1);
        SplitPlan.Make(ByShares(0.6, 0.15, 0.25, 7), rows).Rows(SplitPart.Train).Length.ShouldBe(usable);
        var late = Daily(134, delayDays + 1);          // a label known at the very instant when validate begins is too late
        SplitPlan.Make(ByShares(0.6, 0.15, 0.25, 7), late).Rows(SplitPart.Train).Length.ShouldBe(Math.Min(72, 78 - delayDays));
    }

    [Fact]
    public void A_test_label_counts_whenever_the_data_holds_it()
    {
        var rows = Daily(134, delayDays: 200);
        rows.LabelKnown[133] = SplitRows.Never;
        Array.Fill(rows.LabelKnown, Start, 0, 72);
        var plan = SplitPlan.Make(ByShares(0.6, 0.15, 0.25, 7), rows);
        plan.Rows(SplitPart.Test).Length.ShouldBe(29);
        plan.AllRows(SplitPart.Test).Length.ShouldBe(30);
    }

    [Fact]
    public void Dates_part_whole_days_of_the_zone_and_the_days_before_warm_up()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east");
        var rows = Daily(30, delayDays: 1, zone: zone);
        var design = new SplitDesign.ByTime(
            default, null, new Stretch.Days(new(2018, 4, 8), new(2018, 4, 14)), null, new Stretch.Days(new(2018, 4, 22), new(2018, 4, 28)),
            TimeSpan.FromDays(7));
        var plan = SplitPlan.Make(design, rows);
        plan.HasValidate.ShouldBeFalse();
        plan.Times.TrainFrom.ShouldBe("2018-04-07T22:00:00Z");
        plan.Times.ValidateFrom.ShouldBeNull();
        plan.AllRows(SplitPart.Train).Length.ShouldBe(7);
        plan.AllRows(SplitPart.Test).Length.ShouldBe(7);
        plan.Parts[6].ShouldBe(SplitPart.Unused);
    }

    [Fact]
    public void Borders_fall_on_midnights_of_the_zone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(-5), "west", "west");
        var rows = Daily(101, delayDays: 1, zone: zone);
        var plan = SplitPlan.Make(ByShares(0.333, 0.333, 0.334, 3), rows);
        foreach (var (_, period) in plan.Periods)
        {
            ((period.From - (5 * Day / 24)) % Day).ShouldBe(0);
            ((period.To - (5 * Day / 24)) % Day).ShouldBe(0);
        }
    }

    [Fact]
    public void Warm_up_stands_before_train_and_shares_are_of_the_rest()
    {
        var rows = Daily(114, delayDays: 1);
        var plan = SplitPlan.Make(ByShares(0.6, 0.15, 0.25, 7) with { WarmUp = TimeSpan.FromDays(30) }, rows);
        plan.Parts[29].ShouldBe(SplitPart.Unused);
        plan.Parts[30].ShouldBe(SplitPart.Train);
        plan.AllRows(SplitPart.Train).Length.ShouldBe(42);
        plan.AllRows(SplitPart.Test)[^1].ShouldBe(113);
        Faulty(ByShares(0.6, 0.15, 0.25, 7) with { WarmUp = TimeSpan.FromDays(110) }, rows).ShouldContain("the warm-up");
    }

    [Fact]
    public void Short_data_is_parted_to_the_microsecond()
    {
        var rows = new SplitRows { Known = [.. Enumerable.Range(0, 100).Select(static i => (long)i)], LabelKnown = new long[100], Zone = TimeZoneInfo.Utc };
        var plan = SplitPlan.Make(ByShares(0.6, 0.2, 0.2, 0), rows);
        plan.Rows(SplitPart.Train).Length.ShouldBe(60);
        plan.Rows(SplitPart.Validate).Length.ShouldBe(20);
        plan.Rows(SplitPart.Test).Length.ShouldBe(20);
    }

    [Fact]
    public void Faults_say_what_and_where()
    {
        Faulty(ByShares(0.6, 0.2, 0.2, 80), Daily(100, 1)).ShouldContain("LT0392");
        Faulty(ByShares(0.6, 0.2, 0.2, 3), Daily(100, delayDays: 90)).ShouldContain("no label of them is known in time");
        Faulty(ByShares(0.6, 0.2, 0.2, 0), new SplitRows { Known = [], LabelKnown = [], Zone = TimeZoneInfo.Utc }).ShouldContain("LT0390");
        var dates = new SplitDesign.ByTime(
            new("f.yaml", 12, 3), null, new Stretch.Days(new(2020, 1, 1), new(2020, 1, 7)), null, new Stretch.Days(new(2020, 1, 8), new(2020, 1, 9)), default);
        Faulty(dates, Daily(30, 1)).ShouldStartWith("f.yaml:12:3: error LT0391: the train part (2020-01-01T00:00:00Z to 2020-01-08T00:00:00Z) holds no decision; the data runs from 2018-04-01");
        Faulty(dates with { Test = new Stretch.Days(new(2020, 1, 7), new(2020, 1, 9)) }, Daily(30, 1)).ShouldContain("LT0118");
        Faulty(dates with { Test = new Stretch.Share(0.2) }, Daily(30, 1)).ShouldContain("LT0118");
        Faulty(new SplitDesign.ByKey(default, null, "user", 5, null, null, null), Daily(30, 1)).ShouldContain("no key 'user'");
    }

    [Fact]
    public void Keys_dealt_into_folds_never_stand_on_both_sides_and_each_is_tested_once()
    {
        var rows = WithUsers(400, 37);
        var design = new SplitDesign.ByKey(default, "protocol", "user", 5, null, null, null);
        SplitPlan.Repetitions(design).ShouldBe(5);
        var tested = new int[rows.Count];
        for (var fold = 0; fold < 5; fold++)
        {
            var plan = SplitPlan.Make(design, rows, fold);
            var train = plan.Rows(SplitPart.Train).Select(r => rows.Keys["user"][r]).ToHashSet();
            foreach (var row in plan.Rows(SplitPart.Test))
            {
                train.ShouldNotContain(rows.Keys["user"][row]);
                tested[row]++;
            }
        }
        tested.ShouldAllBe(static t => t == 1);
    }

    [Fact]
    public void Leave_last_tests_on_each_keys_last_and_validates_on_the_one_before()
    {
        var rows = new SplitRows
        {
            Known = [5, 4, 3, 2, 1, 9, 8],
            LabelKnown = new long[7],
            Zone = TimeZoneInfo.Utc,
            Keys = new Dictionary<string, int[]> { ["user"] = [0, 0, 0, 0, 1, 2, 2] },
        };
        var plan = SplitPlan.Make(new SplitDesign.ByKey(default, "protocol", "user", null, "last", null, null), rows);
        plan.Parts.ShouldBe([SplitPart.Test, SplitPart.Validate, SplitPart.Train, SplitPart.Train, SplitPart.Train, SplitPart.Train, SplitPart.Train]);
    }

    [Fact]
    public void Random_within_each_key_keeps_the_share_and_changes_with_the_seed()
    {
        var rows = WithUsers(400, 10);
        var design = new SplitDesign.ByKey(default, "protocol", "user", null, null, 0.75, 5);
        SplitPlan.Repetitions(design).ShouldBe(5);
        var first = SplitPlan.Make(design, rows, 0);
        first.Rows(SplitPart.Train).Length.ShouldBe(300);
        first.Rows(SplitPart.Test).Select(r => rows.Keys["user"][r]).Distinct().Count().ShouldBe(10);
        SplitPlan.Make(design, rows, 0).Parts.ShouldBe(first.Parts);
        SplitPlan.Make(design, rows, 1).Parts.ShouldNotBe(first.Parts);
    }

    [Fact]
    public void Files_are_matched_by_name()
    {
        var rows = new SplitRows
        {
            Known = [1, 2, 3, 4],
            LabelKnown = new long[4],
            Zone = TimeZoneInfo.Utc,
            Files = [0, 1, 2, 3],
            FileNames = ["data/a.base.csv", "data/a.test.csv", "data/a.dev.csv", "data/readme.csv"],
        };
        SplitPlan.Make(new SplitDesign.ByFile(default, "protocol", "*.base.csv", "a.dev.csv", "a.test.csv"), rows)
            .Parts.ShouldBe([SplitPart.Train, SplitPart.Test, SplitPart.Validate, SplitPart.Unused]);
    }

    [Fact]
    public void Random_rows_follow_their_seed()
    {
        var rows = Daily(1000, 1);
        var design = new SplitDesign.AtRandom(default, "protocol", 0.6, 0.2, 0.2, 7);
        var plan = SplitPlan.Make(design, rows);
        plan.Rows(SplitPart.Train).Length.ShouldBe(600);
        plan.Rows(SplitPart.Test).Length.ShouldBe(200);
        SplitPlan.Make(design, rows).Parts.ShouldBe(plan.Parts);
        SplitPlan.Make(design with { Seed = 8 }, rows).Parts.ShouldNotBe(plan.Parts);
    }

    [Fact]
    public void Days_count_from_1970_in_the_zone_before_and_after()
    {
        CalendarDay.Of(0, TimeZoneInfo.Utc).ShouldBe(0);
        CalendarDay.Of(-1, TimeZoneInfo.Utc).ShouldBe(-1);
        CalendarDay.Of(Day, TimeZoneInfo.Utc).ShouldBe(1);
        var west = TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(-5), "west", "west");
        CalendarDay.Of(0, west).ShouldBe(-1);
        CalendarDay.StartOf(0, west).ShouldBe(5 * Day / 24);
        CalendarDay.Of(CalendarDay.StartOf(17000, west), west).ShouldBe(17000);
        CalendarDay.Of(CalendarDay.StartOf(17000, west) - 1, west).ShouldBe(16999);
    }

    internal static long At(string day) =>
        (DateTime.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).Ticks - DateTime.UnixEpoch.Ticks) / 10;

    private static SplitDesign.ByTime ByShares(double train, double validate, double test, int gapDays) => new(
        default, null, new Stretch.Share(train), new Stretch.Share(validate), new Stretch.Share(test), TimeSpan.FromDays(gapDays));

    /// <summary>One decision a day at noon.</summary>
    private static SplitRows Daily(int days, int delayDays, TimeZoneInfo? zone = null, long early = 0)
    {
        long[] known = [.. Enumerable.Range(0, days).Select(static d => Start + (d * Day) + (Day / 2))];
        return new()
        {
            Known = known,
            LabelKnown = [.. known.Select(k => k - (Day / 2) + (delayDays * Day) - early)],
            Zone = zone ?? TimeZoneInfo.Utc,
        };
    }

    private static SplitRows WithUsers(int count, int users) => new()
    {
        Known = [.. Enumerable.Range(0, count).Select(static i => (long)i)],
        LabelKnown = new long[count],
        Zone = TimeZoneInfo.Utc,
        Keys = new Dictionary<string, int[]> { ["user"] = [.. Enumerable.Range(0, count).Select(i => i % users)] },
    };

    private static string Faulty(SplitDesign design, SplitRows rows) =>
        Should.Throw<DesignException>(() => SplitPlan.Make(design, rows)).Diagnostics[0].ToString();
}
