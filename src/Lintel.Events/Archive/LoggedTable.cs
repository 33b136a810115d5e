using Lintel.Events.Log;
using Lintel.Events.Sources;

namespace Lintel.Events.Archive;

/// <summary>Accepted records of one type, in columns and in the order of their places: between the log, its days in
/// Parquet, and a history.</summary>
internal sealed class LoggedTable(LoggedType type)
{
    internal LoggedType Type { get; } = type;

    internal int RowCount => Places.Count;

    internal GrowingColumn<long> Places { get; } = new();

    /// <summary>When it was accepted, microseconds since 1970 UTC.</summary>
    internal GrowingColumn<long> Known { get; } = new();

    /// <summary>When it happened.</summary>
    internal GrowingColumn<long> Time { get; } = new();

    /// <summary>Empty where a record has none.</summary>
    internal IdBuilder Ids { get; } = new();

    internal IdBuilder Subjects { get; } = new();

    /// <summary>Keys and fields, behind time and known.</summary>
    internal LoggedValues[] Values { get; } =
        [.. type.Columns.Skip(LoggedType.FirstValue).Select(static c => new LoggedValues(c))];

    /// <param name="record">Of this type.</param>
    internal void Add(long place, in LoggedEvent record)
    {
        Places.Add(place);
        Known.Add(record.Known);
        Time.Add((record.Flags & LoggedEvent.TimeFlag) != 0 ? (long)record.Value(0) : record.Known);
        Ids.Add(record.Id);
        Subjects.Add(record.Subject);
        for (var c = 0; c < Values.Length; c++)
        {
            if (!Values[c].Column.IsText) { Values[c].Numbers.Add(record.Value(c + LoggedType.FirstValue)); }
        }
        var texts = record.Texts;
        for (var left = texts.UInt16(); left > 0; left--)
        {
            var column = texts.UInt16() - LoggedType.FirstValue;
            Values[column].Add(RowCount - 1, texts.Bytes());
        }
        foreach (var values in Values) { values.FillTo(RowCount); }
    }
}

/// <summary>One column: numbers as registers hold them, or texts.</summary>
internal sealed class LoggedValues(LoggedColumn column)
{
    /// <summary>Code of a text that is not there.</summary>
    internal const int Missing = -1;

    internal LoggedColumn Column { get; } = column;

    internal GrowingColumn<double> Numbers { get; } = new();

    /// <summary>Index into <see cref="Texts"/> by row.</summary>
    internal GrowingColumn<int> Codes { get; } = new();

    internal CodeDictionary Texts { get; } = new(column.Name);

    internal void Add(int row, ReadOnlySpan<byte> utf8)
    {
        FillTo(row);
        Span<char> chars = utf8.Length <= 1024 ? stackalloc char[1024] : new char[utf8.Length];
        Codes.Add(Texts.Add(chars[..System.Text.Encoding.UTF8.GetChars(utf8, chars)]));
    }

    /// <summary>Rows that brought no text have none.</summary>
    internal void FillTo(int rowCount)
    {
        while (Column.IsText && Codes.Count < rowCount) { Codes.Add(Missing); }
    }
}
