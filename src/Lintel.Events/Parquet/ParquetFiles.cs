using Lintel.Native.DuckDb;

namespace Lintel.Events.Parquet;

/// <summary>Writes columns to a Parquet file: one call, one file, the same bytes for the same values.</summary>
public static class ParquetFiles
{
    /// <summary>Writes beside, flushes to disk, and renames into place; an existing file is replaced.</summary>
    /// <param name="columns">At least one, all of the same length.</param>
    /// <exception cref="ArgumentException">No column, or columns of different lengths.</exception>
    public static void Write(string path, params IReadOnlyList<ParquetColumn> columns)
    {
        if (columns.Count == 0) { throw new ArgumentException($"{path}: no column to write", nameof(columns)); }
        var rowCount = columns[0].RowCount;
        if (columns.FirstOrDefault(c => c.RowCount != rowCount) is { } odd)
        {
            throw new ArgumentException(
                $"{path}: column '{odd.Name}' has {odd.RowCount} rows, '{columns[0].Name}' has {rowCount}", nameof(columns));
        }
        using var connection = DuckDbConnection.Open();
        var names = columns.Select(static c => $"{DuckDbConnection.Identifier(c.Name)} {c.SqlType}");
        connection.Execute($"CREATE TABLE rows ({string.Join(", ", names)})");
        using (var appender = new DuckDbAppender(connection, "rows", columns.Select(static c => c.Type).ToArray()))
        {
            for (var from = 0; from < rowCount; from += DuckDbAppender.ChunkRows)
            {
                var count = Math.Min(DuckDbAppender.ChunkRows, rowCount - from);
                for (var c = 0; c < columns.Count; c++) { columns[c].Put(appender, c, from, count); }
                appender.Append(count);
            }
            appender.Complete();
        }
        var temporary = path + ".new";
        connection.Execute($"COPY rows TO {DuckDbConnection.Literal(temporary)} (FORMAT parquet)");
        using (var file = File.OpenHandle(temporary, access: FileAccess.ReadWrite)) { RandomAccess.FlushToDisk(file); }
        File.Move(temporary, path, overwrite: true);
    }
}
