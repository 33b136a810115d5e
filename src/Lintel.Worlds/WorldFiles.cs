namespace Lintel.Worlds;

/// <summary>How worlds lay out their files: a folder for each kind of event, in it a file for each week.</summary>
internal static class WorldFiles
{
    public const int FileDays = 7;

    /// <summary>Makes empty folders; what they held is gone.</summary>
    public static void Clear(string folder, IEnumerable<string> parts)
    {
        foreach (var part in parts)
        {
            var path = Path.Combine(folder, part);
            if (Directory.Exists(path)) { Directory.Delete(path, recursive: true); }
            Directory.CreateDirectory(path);
        }
    }

    /// <summary>Runs of days that share a file, in order, with the file's name; the last takes what comes behind the calendar.</summary>
    public static IEnumerable<(int From, int To, string Name)> Weeks(WorldOptions options)
    {
        for (var day = 0; day < options.Days; day += FileDays)
        {
            yield return (day, day + FileDays < options.Days ? day + FileDays : int.MaxValue, $"{options.FirstDay.AddDays(day):yyyy-MM-dd}.parquet");
        }
    }

    /// <summary>Values of rows <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static T[] Column<T>(int from, int to, Func<int, T> value)
    {
        var values = new T[to - from];
        for (var i = from; i < to; i++) { values[i - from] = value(i); }
        return values;
    }

    /// <summary>Microseconds since 1970 UTC of a second since the first midnight.</summary>
    public static long Instant(WorldOptions options, long second) =>
        (new DateTimeOffset(options.FirstDay, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds() + second) * 1_000_000L;
}
