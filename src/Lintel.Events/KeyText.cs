using System.Globalization;

namespace Lintel.Events;

/// <summary>The one text of a key, wherever it comes from: the whole number 596 of a Parquet file, the text <c>596</c> of a CSV file
/// and 596 or "596" in JSON are the same key.</summary>
/// <remarks>Whole numbers without sign, point or leading zero; other numbers in their shortest form that reads back; texts as they are.</remarks>
public static class KeyText
{
    /// <summary>Chars that are enough for any number.</summary>
    public const int MaxNumberLength = 32;

    private const double LargestWhole = 1L << 53;

    /// <param name="buffer">At least <see cref="MaxNumberLength"/> chars.</param>
    public static ReadOnlySpan<char> Of(long value, Span<char> buffer)
    {
        _ = value.TryFormat(buffer, out var length, default, CultureInfo.InvariantCulture);
        return buffer[..length];
    }

    /// <param name="value">Finite.</param> <param name="buffer">At least <see cref="MaxNumberLength"/> chars.</param>
    public static ReadOnlySpan<char> Of(double value, Span<char> buffer)
    {
        if (Math.Abs(value) <= LargestWhole && value == Math.Truncate(value)) { return Of((long)value, buffer); }
        _ = value.TryFormat(buffer, out var length, "R", CultureInfo.InvariantCulture);
        return buffer[..length];
    }

    public static string Of(bool value) => value ? "true" : "false";

    /// <summary>Whether a text is a whole number in its one form; only those share codes with numbers.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (text.Length - start is < 1 or > 18 || (text[start] == '0' && text.Length > 1)) { return false; }
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is < (byte)'0' or > (byte)'9') { return false; }
            value = (value * 10) + (text[i] - '0');
        }
        if (start == 1) { value = -value; }
        return true;
    }
}
