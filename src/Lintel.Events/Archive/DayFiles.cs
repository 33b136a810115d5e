using System.Globalization;
using Lintel.Design.Expressions;
using Lintel.Events.Log;
using Lintel.Events.Parquet;
using Lintel.Events.Sources;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Archive;

/// <summary>One day of one type in Parquet: <c>EVENT/yyyy-MM-dd-FIRSTPLACE.parquet</c>, the day in UTC by known, the place
/// of its first record with twenty digits. Columns: those of the event under their own names, keys and texts as texts;
/// <c>id</c>, <c>about</c> (the subject's id), and <c>@place</c>.</summary>
internal sealed record DayFile(string Path, long FirstPlace)
{
    internal const string PlaceColumn = "@place";
    internal const string IdColumnName = "id";
    internal const string SubjectColumn = "about";
}

/// <summary>Writes and reads days.</summary>
internal static class DayFiles
{
    private const long Day = 86_400_000_000;

    /// <summary>Days of a folder whose first place lies before one, in the order of places.</summary>
    internal static IReadOnlyList<DayFile> Of(string folder, long before) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories)
            .Select(static path => new DayFile(path, PlaceOf(path)))
            .Where(f => f.FirstPlace < before)
            .OrderBy(static f => f.FirstPlace)];

    /// <summary>Name of the file of a day, in UTC, that begins with a place.</summary>
    internal static string NameOf(long known, long place) => string.Create(
        CultureInfo.InvariantCulture, $"{DateTimeOffset.UnixEpoch.AddTicks(known * 10):yyyy-MM-dd}-{place:D20}.parquet");

    /// <summary>Runs of rows that were known on one day; known rises.</summary>
    internal static IEnumerable<(int From, int To)> Days(GrowingColumn<long> known)
    {
        for (var from = 0; from < known.Count;)
        {
            var day = DayOf(known.Values[from]);
            var to = from + 1;
            while (to < known.Count && DayOf(known.Values[to]) == day) { to++; }
            yield return (from, to);
            from = to;
        }
    }

    internal static void Write(string folder, LoggedTable table)
    {
        foreach (var (from, to) in Days(table.Known))
        {
            var path = Path.Combine(
                folder, table.Type.Name, NameOf(table.Known.Values[from], table.Places.Values[from]));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            ParquetFiles.Write(path, [.. Columns(table, from, to)]);
        }
    }

    /// <param name="to">Records at this place and behind it are left out.</param>
    /// <param name="tableOf">Where records of a type go.</param>
    internal static void Read(DuckDbConnection connection, DayFile file, long to, Func<LoggedType, LoggedTable> tableOf)
    {
        var name = Path.GetFileName(Path.GetDirectoryName(file.Path)!);
        using var rows = connection.Query(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT * FROM read_parquet({DuckDbConnection.Literal(file.Path)}) WHERE \"{DayFile.PlaceColumn}\" < {to}"));
        string[] own = [DayFile.PlaceColumn, DayFile.IdColumnName, DayFile.SubjectColumn];
        var columns = rows.Columns.Index().Where(c => !own.Contains(c.Item.Name)).ToArray();
        var table = tableOf(new(name, [.. columns.Select(static c => new LoggedColumn(c.Item.Name, TypeOf(c.Item.Type)))]));
        int At(string column) => rows.Columns.Select(static c => c.Name).ToList().IndexOf(column);
        var (place, id, subject) = (At(own[0]), At(own[1]), At(own[2]));
        while (rows.NextChunk())
        {
            var chunk = rows.Chunk;
            Append(chunk.Values<long>(place), table.Places);
            Append(chunk.Values<long>(columns[0].Index), table.Time);
            Append(chunk.Values<long>(columns[1].Index), table.Known);
            Append(chunk, id, table.Ids);
            Append(chunk, subject, table.Subjects);
            for (var c = 0; c < table.Values.Length; c++)
            {
                Append(chunk, columns[c + LoggedType.FirstValue].Index, table.Values[c], table.RowCount);
            }
        }
    }

    private static IEnumerable<ParquetColumn> Columns(LoggedTable table, int from, int to)
    {
        var columns = table.Type.Columns;
        int[] rows = [.. Enumerable.Range(from, to - from)];
        yield return new ParquetColumn.Instant(columns[0].Name, table.Time.Pick(rows));
        yield return new ParquetColumn.Instant(columns[1].Name, table.Known.Pick(rows));
        yield return new ParquetColumn.Text(DayFile.IdColumnName, Texts(table.Ids.Pick(rows), rows.Length));
        yield return new ParquetColumn.Text(DayFile.SubjectColumn, Texts(table.Subjects.Pick(rows), rows.Length));
        foreach (var values in table.Values)
        {
            yield return values.Column.IsText
                ? new ParquetColumn.Text(values.Column.Name, Array.ConvertAll(
                    values.Codes.Pick(rows), code => code < 0 ? null : values.Texts.Text(code)))
                : new ParquetColumn.Register(values.Column.Name, values.Numbers.Pick(rows), values.Column.Type);
        }
        yield return new ParquetColumn.Whole(DayFile.PlaceColumn, table.Places.Pick(rows));
    }

    private static string?[] Texts(IdColumn ids, int count) =>
        [.. Enumerable.Range(0, count).Select(row => ids[row] is { Length: > 0 } text ? text : null)];

    private static void Append(ReadOnlySpan<long> values, GrowingColumn<long> into)
    {
        foreach (var value in values) { into.Add(value); }
    }

    private static void Append(in DuckDbChunk chunk, int column, IdBuilder into)
    {
        var texts = chunk.Texts(column);
        var there = chunk.Validity(column);
        for (var row = 0; row < chunk.RowCount; row++) { into.Add(there[row] ? texts[row] : []); }
    }

    private static void Append(in DuckDbChunk chunk, int column, LoggedValues into, int rowCount)
    {
        var there = chunk.Validity(column);
        var from = rowCount - chunk.RowCount;
        if (into.Column.IsText)
        {
            var texts = chunk.Texts(column);
            for (var row = 0; row < chunk.RowCount; row++)
            {
                if (there[row]) { into.Add(from + row, texts[row]); }
            }
            into.FillTo(rowCount);
            return;
        }
        for (var row = 0; row < chunk.RowCount; row++)
        {
            into.Numbers.Add(!there[row] ? double.NaN : into.Column.Type switch
            {
                DataType.Bool => chunk.Values<byte>(column)[row] != 0 ? 1 : 0,
                DataType.Number => chunk.Values<double>(column)[row],
                _ => chunk.Values<long>(column)[row],
            });
        }
    }

    private static DataType TypeOf(DuckDbType type) => type switch
    {
        DuckDbType.Varchar => DataType.Text,
        DuckDbType.Boolean => DataType.Bool,
        DuckDbType.Timestamp => DataType.Time,
        DuckDbType.BigInt => DataType.Duration,
        _ => DataType.Number,
    };

    private static long DayOf(long known) => (long)Math.Floor((double)known / Day);

    private static long PlaceOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return long.TryParse(name[(name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : throw new InvalidDataException($"{path}: not a day of the log (yyyy-MM-dd-PLACE.parquet); move it away.");
    }
}
