namespace Lintel.Training.Metrics;

/// <summary>What rows are resampled by: the key and the day of each, as dense indexes.</summary>
public sealed class Clusters
{
    private Clusters(int[] keyOf, int keyCount, int[] dayOf, int[] days)
    {
        KeyOf = keyOf;
        KeyCount = keyCount;
        DayOf = dayOf;
        Days = days;
    }

    /// <summary>[n], 0 to <see cref="KeyCount"/> − 1.</summary>
    public int[] KeyOf { get; }

    public int KeyCount { get; }

    /// <summary>[n], index into <see cref="Days"/>.</summary>
    public int[] DayOf { get; }

    /// <summary>Day numbers that occur, ascending.</summary>
    public int[] Days { get; }

    /// <param name="entity">The key to resample by; null, or a key that the rows do not have: every row is its own cluster.</param>
    public static Clusters Of(Judged rows, string? entity) =>
        Of(rows.Days, entity is not null && rows.Keys.TryGetValue(entity, out var codes) ? codes : null);

    /// <param name="days">Day number of each row, [n].</param>
    /// <param name="codes">Code of each row's key, [n]; null: every row is its own cluster.</param>
    public static Clusters Of(int[] days, int[]? codes)
    {
        var (dayOf, distinctDays) = Dense(days);
        if (codes is null) { return new([.. Enumerable.Range(0, days.Length)], days.Length, dayOf, distinctDays); }
        var (keyOf, keys) = Dense(codes);
        return new(keyOf, keys.Length, dayOf, distinctDays);
    }

    /// <summary>Values to their place among the distinct ones, ascending.</summary>
    internal static (int[] IndexOf, int[] Distinct) Dense(ReadOnlySpan<int> values)
    {
        var seen = new HashSet<int>();
        foreach (var value in values) { _ = seen.Add(value); }
        int[] distinct = [.. seen.Order()];
        var index = new Dictionary<int, int>(distinct.Length);
        for (var i = 0; i < distinct.Length; i++) { index.Add(distinct[i], i); }
        var indexOf = new int[values.Length];
        for (var i = 0; i < values.Length; i++) { indexOf[i] = index[values[i]]; }
        return (indexOf, distinct);
    }
}
