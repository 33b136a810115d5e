using Lintel.Numerics.Random;

namespace Lintel.Worlds;

/// <summary>When people come in the course of a day: nights are quiet, evenings are not.</summary>
internal static class DayTraffic
{
    private static readonly double[] Hours = [2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 6, 6, 7, 7, 6, 6, 6, 7, 8, 9, 10, 10, 8, 5];

    private static readonly double HoursSum = Hours.Sum();

    /// <summary>A second of the day, none of the last minute.</summary>
    public static int DrawSecond(RandomStream random)
    {
        var (u, hour) = (random.NextDouble() * HoursSum, 0);
        while (hour < 23 && u >= Hours[hour]) { u -= Hours[hour++]; }
        return Math.Min(86_339, (hour * 3_600) + random.NextInt32(3_600));
    }

    /// <summary>Share of a day's visits that came before an hour.</summary>
    public static double Passed(int hour) => Hours.AsSpan(0, hour).ToArray().Sum() / HoursSum;
}
