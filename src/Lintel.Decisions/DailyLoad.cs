namespace Lintel.Decisions;

/// <summary>How many cases a day brought, over all days of a period, quiet days included.</summary>
/// <param name="Median">Middle value; of an even number of days the mean of the middle two.</param>
/// <param name="P95">Nearest rank: the count that at least 95 % of the days do not exceed, a day that really was.</param>
public sealed record DailyLoad(double Mean, double Median, double P95, double Max)
{
    /// <param name="counted">The cases that count, [n].</param> <param name="days">Day number of each case, [n].</param>
    public static DailyLoad Of(ReadOnlySpan<bool> counted, ReadOnlySpan<int> days, int firstDay, int dayCount)
    {
        var counts = new double[dayCount];
        for (var i = 0; i < counted.Length; i++)
        {
            if (counted[i]) { counts[days[i] - firstDay]++; }
        }
        Array.Sort(counts);
        var middle = dayCount / 2;
        return new(
            counts.Average(),
            dayCount % 2 == 1 ? counts[middle] : (counts[middle - 1] + counts[middle]) / 2,
            counts[(int)Math.Ceiling(0.95 * dayCount) - 1],
            counts[^1]);
    }

    /// <summary>The load of the decisions that some rules took.</summary>
    public static DailyLoad Of(ReadOnlySpan<int> ruleOf, Func<int, bool> rules, DecidedRows rows)
    {
        var counted = new bool[ruleOf.Length];
        for (var i = 0; i < counted.Length; i++) { counted[i] = rules(ruleOf[i]); }
        return Of(counted, rows.Days, rows.FirstDay, rows.DayCount);
    }
}
