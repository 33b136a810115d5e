using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Lintel.Design;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>A CSV file, plain or gzip: a header line, then records. Unless the layout says otherwise, the separator is the one of
/// <c>, ; tab |</c> that stands most often in the first line; quotes are doubled inside quotes; blank lines are no records.</summary>
internal sealed class CsvSource : SourceFile
{
    private const string Whole = "line";

    private readonly FileLayout _layout;
    private readonly Task _whole;

    internal CsvSource(string path, string name, FileLayout layout)
        : base(path, name)
    {
        _layout = layout;
        string first;
        using (var reader = new StreamReader(Open(), layout.IsLatin1 ? Encoding.Latin1 : Encoding.UTF8)) { first = reader.ReadLine() ?? ""; }
        if (first.Length == 0) { throw new InvalidDataException(layout.Columns.IsEmpty ? "there is no header line" : "the first line is blank"); }
        var separator = layout.Separator ?? ",;\t|".MaxBy(c => first.Count(h => h == c)).ToString();
        Columns = layout.Columns.IsEmpty ? [.. Split(first, separator)] : layout.Columns;
        if (Columns.GroupBy(static c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static g => g.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"the header names column '{twice.Key}' twice");
        }
        // DuckDB takes a gzip that was cut short for one that ends there, without a word
        _whole = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Task.Run(() => GzipEnd.Verify(path)) : Task.CompletedTask;
        // lines that are to be unfolded are read whole: no byte of a text is 0x01
        From = layout.Unfolds
            ? Unfolded(Scan("\x01", [Whole]), separator)
            : Scan(separator, Columns);
    }

    internal override ImmutableArray<string> Columns { get; }

    internal override bool IsText => true;

    internal override string From { get; }

    internal override void Verify() => _whole.GetAwaiter().GetResult();

    internal override IReadOnlyList<RejectedRow> Rejected(DuckDbConnection connection)
    {
        var rejected = new List<RejectedRow>();
        using (var rows = connection.Query(
            "SELECT CAST(line AS BIGINT), min_by(CAST(error_type AS VARCHAR), column_idx), min_by(column_name, column_idx), "
            + "coalesce(first(csv_line), '') FROM rejected GROUP BY line ORDER BY line"))
        {
            while (rows.NextChunk())
            {
                var chunk = rows.Chunk;
                for (var r = 0; r < chunk.RowCount; r++)
                {
                    rejected.Add(new(
                        chunk.Values<long>(0)[r], Reason(chunk.Texts(1).Text(r)),
                        chunk.Validity(2)[r] ? chunk.Texts(2).Text(r) : null, chunk.Texts(3).Text(r).TrimEnd('\n', '\r')));
                }
            }
        }
        connection.Execute("DROP TABLE rejected; DROP TABLE rejected_scan");
        return rejected;
    }

    internal override IReadOnlyList<long> LinesOf(IReadOnlyList<long> rows, IReadOnlyList<RejectedRow> rejected)
    {
        using var stream = Open();
        return _layout.Unfolds
            ? CsvLines.Unfolded(stream, rows, _layout.Separator!, Columns.Length)
            : CsvLines.Locate(stream, rows, rejected.Select(static r => r.Line).ToHashSet(), _layout.Columns.IsEmpty);
    }

    private string Scan(string separator, IEnumerable<string> columns) =>
        $"read_csv({DuckDbConnection.Literal(Path)}, auto_detect=false, header={(_layout.Columns.IsEmpty ? "true" : "false")}, "
        + $"delim={DuckDbConnection.Literal(separator)}, quote='\"', escape='\"', "
        + (_layout.IsLatin1 ? "encoding='latin-1', " : "")
        + $"columns={{{string.Join(", ", columns.Select(static c => $"{DuckDbConnection.Literal(c)}: 'VARCHAR'"))}}}, "
        + "store_rejects=true, rejects_table='rejected', rejects_scan='rejected_scan')";

    private string Unfolded(string scan, string separator)
    {
        var words = $"string_split(rtrim({Whole}), {DuckDbConnection.Literal(separator)})";
        var last = Columns.Length - 1;
        var single = Columns.Take(last).Select((c, i) => $"{words}[{i + 1}] AS {DuckDbConnection.Identifier(c)}");
        return $"(SELECT {string.Join(", ", single)}, unnest({words}[{last + 1}:]) AS {DuckDbConnection.Identifier(Columns[last])} FROM {scan})";
    }

    private static string Reason(string errorType) => errorType switch
    {
        "MISSING COLUMNS" => "too few columns",
        "TOO MANY COLUMNS" => "too many columns",
        _ => errorType.ToLowerInvariant(),
    };

    private static List<string> Split(string header, string separator)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] == '"')
            {
                if (quoted && i + 1 < header.Length && header[i + 1] == '"') { _ = name.Append(header[i++]); }
                else { quoted = !quoted; }
            }
            else if (!quoted && string.CompareOrdinal(header, i, separator, 0, separator.Length) == 0)
            {
                i += separator.Length - 1;
                names.Add(name.ToString().Trim());
                _ = name.Clear();
            }
            else { _ = name.Append(header[i]); }
        }
        names.Add(name.ToString().Trim());
        return names;
    }

    private Stream Open()
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
