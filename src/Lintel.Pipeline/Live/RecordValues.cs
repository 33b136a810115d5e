using System.Text.Json;
using System.Text.Unicode;
using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Pipeline.Live;

/// <summary>Reads one JSON value into a record's column, or says why not.</summary>
internal static class RecordValues
{
    /// <summary>Longest text of a key or field, in UTF-8 bytes.</summary>
    internal const int MaxTextBytes = 1024;

    /// <summary>Largest whole number that a double register holds exactly: 2⁵³.</summary>
    private const double LargestExact = 9007199254740992;

    /// <summary>Largest magnitude of a number in units of its field's scale: 2⁶³, so that 2⁶⁴ of them still add up
    /// exactly.</summary>
    private const double LargestUnits = 9223372036854775808;

    /// <summary>Reads the value at the reader into the column.</summary>
    /// <returns>Null, or what was expected instead.</returns>
    internal static string? Read(ref Utf8JsonReader reader, ColumnDesign column, int index, IncomingRecord record)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return column.Kind == ColumnKind.Time ? "a time, or the property left out" : null;
        }
        switch (column.Type)
        {
            case DataType.Number:
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var number)
                    || !double.IsFinite(number))
                {
                    return RecordShape.Describe(column.Type);
                }
                if (Math.Abs(number) >= LargestUnits * column.Scale)
                {
                    return $"a number below {LargestUnits * column.Scale:G3} (2^63 units of the field's scale {column.Scale:G})";
                }
                record.Values[index] = number;
                return null;
            case DataType.Bool:
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                {
                    return RecordShape.Describe(column.Type);
                }
                record.Values[index] = reader.TokenType == JsonTokenType.True ? 1 : 0;
                return null;
            case DataType.Time:
                return ReadTime(ref reader, out record.Values[index]);
            case DataType.Duration:
                return ReadMicroseconds(ref reader, out record.Values[index])
                    ? null : RecordShape.Describe(column.Type);
            default:
                Span<byte> text = stackalloc byte[MaxTextBytes];
                var fault = ReadText(ref reader, text, MaxTextBytes, column.Type == DataType.Key, out var length);
                if (fault is null) { record.AddText(index, text[..length]); }
                return fault;
        }
    }

    /// <summary>Reads a text, or a whole number as the digits that it is written with.</summary>
    /// <returns>Null, or what was expected instead.</returns>
    internal static string? ReadText(ref Utf8JsonReader reader, scoped Span<byte> text, int maxBytes, bool isKey,
        out int length)
    {
        length = 0;
        if (reader.TokenType == JsonTokenType.Number && isKey)
        {
            if (!reader.TryGetInt64(out var whole) || !whole.TryFormat(text, out length))
            {
                return "a text or a whole number";
            }
            return null;
        }
        if (reader.TokenType != JsonTokenType.String) { return isKey ? "a text or a whole number" : "a text"; }
        // an escape is never shorter than what it stands for
        if (reader.ValueSpan.Length > (reader.ValueIsEscaped ? 6 * maxBytes : maxBytes))
        {
            return $"at most {maxBytes} bytes";
        }
        if (reader.ValueIsEscaped)
        {
            if (reader.ValueSpan.Length > text.Length) { return $"at most {maxBytes} bytes, or fewer escapes"; }
            try { length = reader.CopyString(text); }
            catch (InvalidOperationException) { return "text of valid Unicode (no lone surrogate)"; }
        }
        else
        {
            reader.ValueSpan.CopyTo(text);
            length = reader.ValueSpan.Length;
        }
        if (!Utf8.IsValid(text[..length])) { return "text of valid UTF-8"; }
        return length == 0 && isKey ? "a text that is not empty" : null;
    }

    private static string? ReadTime(ref Utf8JsonReader reader, out double microseconds)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var time))
        {
            // a time without an offset is meant in UTC, wherever the server stands
            if (time.Kind == DateTimeKind.Local) { time = time.ToUniversalTime(); }
            microseconds = Math.Floor((time.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMicrosecond);
            return null;
        }
        return ReadMicroseconds(ref reader, out microseconds) ? null : RecordShape.Describe(DataType.Time);
    }

    private static bool ReadMicroseconds(ref Utf8JsonReader reader, out double value)
    {
        value = double.NaN;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var whole)
            || Math.Abs((double)whole) > LargestExact)
        {
            return false;
        }
        value = whole;
        return true;
    }
}
