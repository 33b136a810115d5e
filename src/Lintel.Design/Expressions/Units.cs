using System.Globalization;

namespace Lintel.Design.Expressions;

/// <summary>Units of durations and rates, the same in expressions and in the rest of the design file.</summary>
public static class Units
{
    public const long MicrosecondsPerSecond = 1_000_000;

    public const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;

    /// <summary>Longest duration: 10,000 years.</summary>
    public const double LongestMicroseconds = 3_652_425d * MicrosecondsPerDay;

    /// <summary>Units of a duration, longest first, with their microseconds.</summary>
    internal static readonly (string Unit, long Microseconds)[] Durations =
    [
        ("w", 7 * MicrosecondsPerDay),
        ("d", MicrosecondsPerDay),
        ("h", 3_600 * MicrosecondsPerSecond),
        ("m", 60 * MicrosecondsPerSecond),
        ("s", MicrosecondsPerSecond),
        ("ms", 1_000),
        ("us", 1),
    ];

    /// <summary>Words after the stroke of a rate: <c>100/day</c>, <c>2000/s</c>.</summary>
    internal static readonly (string Unit, long Microseconds)[] Periods =
    [
        .. Durations[..5],
        ("week", 7 * MicrosecondsPerDay),
        ("day", MicrosecondsPerDay),
        ("hour", 3_600 * MicrosecondsPerSecond),
        ("minute", 60 * MicrosecondsPerSecond),
        ("second", MicrosecondsPerSecond),
    ];

    internal static long? Find((string Unit, long Microseconds)[] units, ReadOnlySpan<char> word)
    {
        foreach (var (unit, microseconds) in units)
        {
            if (word.SequenceEqual(unit)) { return microseconds; }
        }
        return null;
    }

    /// <summary>A duration in the largest unit that divides it: <c>7d</c>, <c>90m</c>.</summary>
    public static string Print(long microseconds)
    {
        foreach (var (unit, size) in Durations.AsSpan(1))
        {
            if (microseconds % size == 0 && microseconds != 0)
            {
                return (microseconds / size).ToString(CultureInfo.InvariantCulture) + unit;
            }
        }
        return "0s";
    }

    /// <summary>Reads <c>10ms</c>, <c>1.5h</c>, <c>7d</c>.</summary>
    public static bool TryDuration(ReadOnlySpan<char> text, out long microseconds)
    {
        microseconds = 0;
        var split = text.Length;
        while (split > 0 && char.IsAsciiLetter(text[split - 1])) { split--; }
        return Find(Durations, text[split..]) is { } unit && TryNumber(text[..split], out var count)
            && TryScale(count, unit, out microseconds);
    }

    internal static bool TryScale(double count, long unit, out long microseconds)
    {
        var exact = Math.Round(count * unit);
        microseconds = exact <= LongestMicroseconds ? (long)exact : 0;
        return exact <= LongestMicroseconds;
    }

    /// <summary>A plain number without sign: digits, a point, an exponent.</summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        return text.Length > 0 && char.IsAsciiDigit(text[0])
            && double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }
}
