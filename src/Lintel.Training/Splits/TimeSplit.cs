using Lintel.Design;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Splits;

/// <summary>Consecutive stretches of time. Shares are of the time that is left once the gaps are taken out,
/// and the warm-up before them; where every part is at
/// least a day long, its borders are moved to the nearest midnight of the design's zone, so that figures by day see whole days.</summary>
internal static class TimeSplit
{
    public static SplitPlan Make(SplitDesign.ByTime design, SplitRows rows)
    {
        var periods = design.Train is Stretch.Days ? ByDates(design, rows) : ByShares(design, rows);
        var nextStart = periods[periods.ContainsKey(SplitPart.Validate) ? SplitPart.Validate : SplitPart.Test].From;
        var parts = new SplitPart[rows.Count];
        var usable = new bool[rows.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            foreach (var (part, period) in periods)
            {
                if (rows.Known[i] >= period.From && rows.Known[i] < period.To) { parts[i] = part; }
            }
            usable[i] = parts[i] switch
            {
                SplitPart.Unused => false,
                SplitPart.Train => rows.LabelKnown[i] < nextStart,
                _ => rows.LabelKnown[i] != SplitRows.Never,
            };
        }
        return new(parts, usable, periods, design.Gap, "time");
    }

    private static SortedDictionary<SplitPart, Period> ByShares(SplitDesign.ByTime design, SplitRows rows)
    {
        if (design is not { Train: Stretch.Share train, Test: Stretch.Share test, Validate: null or Stretch.Share })
        {
            throw Mixed(design);
        }
        var validate = (design.Validate as Stretch.Share)?.Part;
        var gap = CalendarDay.Microseconds(design.Gap);
        var warmUp = CalendarDay.Microseconds(design.WarmUp);
        long from = rows.Known.Min() + warmUp, to = rows.Known.Max() + 1;
        var gaps = validate is null ? gap : 2 * gap;
        var shortest = Math.Min(train.Part, Math.Min(validate ?? 1, test.Part));
        var wholeDays = shortest * (to - from - gaps) >= TimeSpan.TicksPerDay / 10;
        if (wholeDays)
        {
            from = CalendarDay.StartOf(CalendarDay.Of(from, rows.Zone), rows.Zone);
            to = CalendarDay.StartOf(CalendarDay.Of(to - 1, rows.Zone) + 1, rows.Zone);
        }
        var rest = to - from - gaps;
        if (rest <= 0)
        {
            throw SplitPlan.Fault(
                "LT0392", design,
                $"the data spans {(to - from + warmUp) / 86.4e9:0.##} days, the gaps and the warm-up alone take {(gaps + warmUp) / 86.4e9:0.##}",
                "shorten the gap or the warm-up, or bring more data");
        }
        var periods = new SortedDictionary<SplitPart, Period>();
        var end = Border(from + (train.Part * rest), wholeDays, rows.Zone);
        periods.Add(SplitPart.Train, new(from, end));
        if (validate is { } share)
        {
            var start = end + gap;
            end = Border(start + (share * rest), wholeDays, rows.Zone);
            periods.Add(SplitPart.Validate, new(start, end));
        }
        var all = train.Part + (validate ?? 0) + test.Part;
        var testStart = end + gap;
        periods.Add(SplitPart.Test, new(
            testStart, all > 1 - 1e-9 ? to : Border(testStart + (test.Part * rest), wholeDays, rows.Zone)));
        return periods;
    }

    private static SortedDictionary<SplitPart, Period> ByDates(SplitDesign.ByTime design, SplitRows rows)
    {
        var periods = new SortedDictionary<SplitPart, Period> { [SplitPart.Train] = Days(design, design.Train, rows.Zone) };
        if (design.Validate is { } validate) { periods.Add(SplitPart.Validate, Days(design, validate, rows.Zone)); }
        periods.Add(SplitPart.Test, Days(design, design.Test, rows.Zone));
        Period? before = null;
        foreach (var (part, period) in periods)
        {
            if (period.To <= period.From || (before is { } b && period.From < b.To))
            {
                throw SplitPlan.Fault(
                    FaultCodes.Split, design,
                    $"the {part.ToString().ToLowerInvariant()} stretch {CalendarDay.Iso(period.From)} to {CalendarDay.Iso(period.To)} "
                    + "is empty or begins before the one in front of it ends", "order the stretches train, validate, test");
            }
            before = period;
        }
        return periods;
    }

    private static Period Days(SplitDesign.ByTime design, Stretch stretch, TimeZoneInfo zone) => stretch is Stretch.Days days
        ? new(CalendarDay.StartOf(days.First, zone), CalendarDay.StartOf(days.Last.AddDays(1), zone))
        : throw Mixed(design);

    private static long Border(double instant, bool wholeDays, TimeZoneInfo zone)
    {
        const long HalfDay = 43_200_000_000;
        return wholeDays
            ? CalendarDay.StartOf(CalendarDay.Of((long)instant + HalfDay, zone), zone)
            : (long)Math.Round(instant);
    }

    private static DesignException Mixed(SplitDesign.ByTime design) => SplitPlan.Fault(
        FaultCodes.Split, design, "shares and dates are mixed", "give every stretch as a share, or every one as dates");
}
