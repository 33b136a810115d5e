using System.Globalization;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Native;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>The select list of one file's scan: what every event of the source reads, each value once.</summary>
/// <param name="firstRow">Number of the file's first row among those of its source.</param>
internal sealed class ScanColumns(DuckDbConnection connection, SourceFile file, long firstRow)
{
    private const int SampleRows = 1000;

    private readonly List<string> _select = [];
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _typed = new(StringComparer.OrdinalIgnoreCase);
    private bool _isNumbered;

    internal string Sql => $"SELECT {string.Join(", ", _select.Select(static (s, i) => $"{s} AS c{i}"))} FROM {Inner}";

    // an expression reads typed columns; a plain column is read as the source wrote it
    private string Inner => _typed.Count == 0
        ? Rows
        : $"(SELECT *, {string.Join(", ", _typed.Select(t =>
            $"{Cast(t.Key, t.Value)} AS {DuckDbConnection.Identifier(TypedName(t.Key))}"))} FROM {Rows})";

    private string Rows => _isNumbered ? file.Numbered(firstRow) : file.From;

    /// <summary>Adds a value; equal ones share a column.</summary>
    /// <exception cref="DesignException">A column is not there, the expression is refused, or its type does not fit.</exception>
    internal ScanValue Add(SourceExpression source, ValueForm form)
    {
        foreach (var column in source.Columns) { Require(column, source.At); }
        _isNumbered |= source.Columns.Any(file.IsRowNumber);
        var isPlain = source.Columns.Length == 1 && !file.IsRowNumber(source.Columns[0]) && IsIdentifier(source.Sql, source.Columns[0]);
        var sql = source.Sql;
        var checks = new List<(int, string)>();
        if (file.IsText && !isPlain)
        {
            foreach (var column in source.Columns)
            {
                if (file.IsRowNumber(column) || TypeByMajority(column) is not { } type) { continue; }
                _typed[column] = type;
                var name = DuckDbConnection.Identifier(TypedName(column));
                var raw = DuckDbConnection.Identifier(column);
                sql = sql.Replace(raw, name, StringComparison.OrdinalIgnoreCase);
                checks.Add((Select($"CASE WHEN {raw} IS NOT NULL AND {name} IS NULL THEN {raw} END"), column));
            }
        }
        var typeName = file.IsText && isPlain ? "VARCHAR" : TypeOf(sql, source.At);
        if (ValueSql.Read(form, sql, typeName) is not var (value, fallible))
        {
            throw DataFaults.Fault(
                DataFaults.WrongType, source.At, $"{file.Name}: '{source.Text}' cannot be read as {ValueSql.Name(form)}",
                typeName, ValueSql.Name(form), "declare the field with the type that the file has, or compute it after 'from'");
        }
        var fault = fallible
            ? Select($"CASE WHEN ({sql}) IS NOT NULL AND ({value}) IS NULL THEN CAST({sql} AS VARCHAR) END")
            : -1;
        return new(Select(value), fault, form, source.Text, [.. checks]);
    }

    private int Select(string sql)
    {
        if (!_indexOf.TryGetValue(sql, out var index))
        {
            index = _select.Count;
            _select.Add(sql);
            _indexOf.Add(sql, index);
        }
        return index;
    }

    private void Require(string column, SourceSpan at)
    {
        if (file.Has(column)) { return; }
        var nearest = file.Columns.MinBy(c => Distance(c, column));
        throw DataFaults.Fault(
            DataFaults.NoColumn, at, $"{file.Name} has no column '{column}'", string.Join(", ", file.Columns), column,
            nearest is null ? null : $"did you mean '{nearest}'? A field is renamed with `field: number from {nearest}`");
    }

    private string TypeOf(string sql, SourceSpan at)
    {
        try
        {
            using var rows = connection.Query($"SELECT column_type FROM (DESCRIBE SELECT {sql} AS x FROM {Inner})");
            _ = rows.NextChunk();
            return rows.Chunk.Texts(0).Text(0);
        }
        catch (NativeException e)
        {
            file.Verify();      // a damaged file is not the expression's fault
            throw DataFaults.Fault(
                DataFaults.BadExpression, at, $"{file.Name}: the expression cannot be computed", SourceFile.FirstLine(e.Message),
                null, "check the types of the columns it reads");
        }
    }

    // a text file has no types: what most of the first values are is what the column is
    private string? TypeByMajority(string column)
    {
        var name = DuckDbConnection.Identifier(column);
        using var rows = connection.Query(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT count(x), count(TRY_CAST(x AS DOUBLE)), count(TRY_CAST(x AS TIMESTAMPTZ)), count(TRY_CAST(x AS BOOLEAN))
            FROM (SELECT {name} AS x FROM {file.From} LIMIT {SampleRows})
            """));
        _ = rows.NextChunk();
        connection.Execute("DROP TABLE IF EXISTS rejected; DROP TABLE IF EXISTS rejected_scan");
        long At(int i) => rows.Chunk.Values<long>(i)[0];
        var half = At(0) / 2.0;
        return At(1) > half ? "DOUBLE" : At(2) > half ? "TIMESTAMP" : At(3) > half ? "BOOLEAN" : null;
    }

    private static string Cast(string column, string type)
    {
        var name = DuckDbConnection.Identifier(column);
        // through the zoned type, because a plain TIMESTAMP drops the offset
        return type == "TIMESTAMP" ? $"CAST(TRY_CAST({name} AS TIMESTAMPTZ) AS TIMESTAMP)" : $"TRY_CAST({name} AS {type})";
    }

    private static string TypedName(string column) => $"{column} (typed)";

    private static bool IsIdentifier(string sql, string column) =>
        sql.Trim().Equals(DuckDbConnection.Identifier(column), StringComparison.OrdinalIgnoreCase)
        || sql.Trim().Equals(column, StringComparison.OrdinalIgnoreCase);

    /// <summary>Levenshtein's edit distance, letters' case apart.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + same));
            }
        }
        return row[^1];
    }
}

/// <summary>Where a value stands in the scan.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Fault">Column that holds the source's text where it cannot be read; −1: always readable.</param>
/// <param name="Text">As the design says it.</param>
/// <param name="Checks">The same for the columns that an expression reads.</param>
internal sealed record ScanValue(int Column, int Fault, ValueForm Form, string Text, (int Column, string Name)[] Checks);
