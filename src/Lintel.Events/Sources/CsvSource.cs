using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>A CSV file, plain or gzip: a header line, then records. The separator is the one of <c>, ; tab |</c> that stands most
/// often in the header; quotes are doubled inside quotes; blank lines are no records.</summary>
internal sealed class CsvSource : SourceFile
{
    private readonly char _separator;
    private readonly Task _whole;

    internal CsvSource(string path, string name)
        : base(path, name)
    {
        string header;
        using (var reader = new StreamReader(Open(), Encoding.UTF8)) { header = reader.ReadLine() ?? ""; }
        if (header.Length == 0) { throw new InvalidDataException("there is no header line"); }
        _separator = ",;\t|".MaxBy(c => header.Count(h => h == c));
        Columns = [.. Split(header, _separator)];
        if (Columns.GroupBy(static c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static g => g.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"the header names column '{twice.Key}' twice");
        }
        // DuckDB takes a gzip that was cut short for one that ends there, without a word
        _whole = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Task.Run(() => GzipEnd.Verify(path)) : Task.CompletedTask;
        var columns = Columns.Select(static c => $"{DuckDbConnection.Literal(c)}: 'VARCHAR'");
        From = $"read_csv({DuckDbConnection.Literal(path)}, auto_detect=false, header=true, "
            + $"delim={DuckDbConnection.Literal(_separator.ToString())}, quote='\"', escape='\"', "
            + $"columns={{{string.Join(", ", columns)}}}, store_rejects=true, rejects_table='rejected', rejects_scan='rejected_scan')";
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
        return CsvLines.Locate(stream, rows, rejected.Select(static r => r.Line).ToHashSet());
    }

    private static string Reason(string errorType) => errorType switch
    {
        "MISSING COLUMNS" => "too few columns",
        "TOO MANY COLUMNS" => "too many columns",
        _ => errorType.ToLowerInvariant(),
    };

    private static List<string> Split(string header, char separator)
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
            else if (header[i] == separator && !quoted)
            {
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
