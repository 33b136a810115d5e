using System.Text;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>Records of a file as a request would bring them: one JSON object a line. CSV and Parquet are read by the event's
/// own source columns where the file has them, else by the names that requests use; NDJSON is taken as it stands.</summary>
/// <remarks>A value that cannot be read stays as the text that it is, so that whoever takes the record refuses it by
/// name: nothing becomes missing on the way.</remarks>
public sealed class RequestLines : IDisposable
{
    private const string SubjectPrefix = "about.";

    private readonly DuckDbConnection? _connection;
    private readonly SourceFile? _file;
    private readonly string _path;
    private readonly string _sql = "";

    /// <param name="describesSubjects">A row may say what it is about by columns <c>about.FIELD</c> in the place of an id.</param>
    /// <exception cref="Design.Diagnostics.DesignException">The file cannot be read as what its name says.</exception>
    /// <exception cref="InvalidDataException">It lacks a column that the event needs.</exception>
    public RequestLines(string path, EventDesign type, bool describesSubjects = false)
    {
        _path = path;
        if (IsLines(path)) { return; }
        _connection = DuckDbConnection.Open();
        _file = SourceFile.Open(_connection, path, Path.GetFileName(path), type.At, type.Layout);
        _sql = Select(_file, type, describesSubjects);
        Count = _connection.QueryInt64($"SELECT count(*) FROM {_file.From}");
        _connection.Execute("DROP TABLE IF EXISTS rejected; DROP TABLE IF EXISTS rejected_scan");
    }

    /// <summary>Rows of the file; null: not known before they are read.</summary>
    public long? Count { get; }

    /// <summary>Rows that could not be parted into columns, with their line; known after <see cref="Read"/>.</summary>
    public IReadOnlyList<(long Line, string Reason)> Rejected { get; private set; } = [];

    /// <summary>Every record in the file's order, UTF-8, without a line end.</summary>
    public IEnumerable<byte[]> Read()
    {
        if (_connection is null)
        {
            foreach (var line in File.ReadLines(_path))
            {
                if (!string.IsNullOrWhiteSpace(line)) { yield return Encoding.UTF8.GetBytes(line); }
            }
            yield break;
        }
        using (var rows = _connection.Query($"SELECT {_sql} FROM {_file!.From}"))
        {
            while (rows.NextChunk())
            {
                for (var r = 0; r < rows.Chunk.RowCount; r++) { yield return rows.Chunk.Texts(0)[r].ToArray(); }
            }
        }
        _file.Verify();
        if (_file.IsText) { Rejected = [.. _file.Rejected(_connection).Select(static r => (r.Line, r.Reason))]; }
    }

    public void Dispose() => _connection?.Dispose();

    private static bool IsLines(string path) =>
        path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    private static string Select(SourceFile file, EventDesign type, bool describesSubjects)
    {
        var own = type.Columns.Take(type.InheritedFrom).Where(static c => c.Kind != ColumnKind.Known).ToArray();
        bool Has(string column) => file.Columns.Contains(column, StringComparer.OrdinalIgnoreCase);
        var bySource = type.HasSource && own.All(c => c.Source is { } s && s.Columns.All(Has));
        var parts = new List<(string Name, string Json)>();
        // a row number says which record of its source it is; another file has numbers of its own
        var id = bySource && !file.IsRowNumber(type.Id ?? "") ? type.Id : "id";
        if (id is not null && Has(id)) { Add("id", ValueForm.Key, Name(id)); }
        else if (!describesSubjects && file.IsRowNumber(type.Id ?? "")) { throw Lacks(file, "id"); }
        if (type.About is { } about)
        {
            var column = bySource && !file.IsRowNumber(about.Column) ? about.Column : "about";
            var subject = describesSubjects ? Subject(about.Event) : [];
            if (subject.Count == 0 && !Has(column)) { throw Lacks(file, column); }
            if (Has(column)) { Add("about", ValueForm.Key, Name(column)); }
            if (subject.Count > 0) { AddSubject(subject); }
        }
        foreach (var column in own)
        {
            if (!bySource && !Has(column.Name))
            {
                if (column.Kind == ColumnKind.Time) { continue; }
                throw Lacks(file, column.Name);
            }
            Add(column.Name, FormOf(column.Type), bySource ? column.Source!.Sql : Name(column.Name));
        }
        return $"CAST({Object(parts)} AS VARCHAR)";

        // the columns that say what a row is about, in the event's order
        List<ColumnDesign> Subject(EventDesign subject)
        {
            ColumnDesign[] columns = [.. subject.Columns.Take(subject.InheritedFrom).Where(static c => c.Kind != ColumnKind.Known)];
            var odd = file.Columns.FirstOrDefault(f => f.StartsWith(SubjectPrefix, StringComparison.OrdinalIgnoreCase)
                && !columns.Any(c => string.Equals(SubjectPrefix + c.Name, f, StringComparison.OrdinalIgnoreCase)));
            return odd is null ? [.. columns.Where(c => Has(SubjectPrefix + c.Name))] : throw new InvalidDataException(
                $"{file.Name}: column '{odd}' names nothing of event '{subject.Name}'; expected "
                + $"{string.Join(", ", columns.Select(static c => SubjectPrefix + c.Name))}; rename it");
        }

        // an id that is there counts; a row without one is described
        void AddSubject(List<ColumnDesign> subject)
        {
            var described = Object([.. subject.Select(c => (c.Name, Json(FormOf(c.Type), Name(SubjectPrefix + c.Name))))]);
            if (parts is [.., ("about", var named)]) { parts[^1] = ("about", $"coalesce({named}, {described})"); }
            else { parts.Add(("about", described)); }
        }

        void Add(string name, ValueForm form, string sql) => parts.Add((name, Json(form, sql)));

        string Json(ValueForm form, string sql)
        {
            var text = $"CAST({sql} AS VARCHAR)";
            var read = ValueSql.Read(form, file.IsText ? text : sql, file.IsText ? "VARCHAR" : TypeName(sql));
            return form == ValueForm.Key
                ? $"to_json(CASE WHEN try_cast({sql} AS DOUBLE) = try_cast(try_cast({sql} AS DOUBLE) AS BIGINT) AND {text} LIKE '%.0' THEN CAST(CAST({sql} AS DOUBLE)::BIGINT AS VARCHAR) ELSE nullif({text}, '') END)"
                : read is var (value, _) ? $"coalesce(to_json({value}), to_json({text}))" : $"to_json({text})";
        }

        string TypeName(string sql)
        {
            using var connection = DuckDbConnection.Open();
            using var rows = connection.Query($"SELECT column_type FROM (DESCRIBE SELECT {sql} AS x FROM {file.From})");
            _ = rows.NextChunk();
            return rows.Chunk.Texts(0).Text(0);
        }
    }

    private static string Object(IEnumerable<(string Name, string Json)> parts) =>
        $"json_object({string.Join(", ", parts.Select(static p => $"{DuckDbConnection.Literal(p.Name)}, {p.Json}"))})";

    private static ValueForm FormOf(DataType type) => type switch
    {
        DataType.Number => ValueForm.Number,
        DataType.Bool => ValueForm.Bool,
        DataType.Time => ValueForm.Time,
        DataType.Duration => ValueForm.Duration,
        _ => ValueForm.Key,
    };

    private static string Name(string column) => DuckDbConnection.Identifier(column);

    private static InvalidDataException Lacks(SourceFile file, string column) => new(
        $"{file.Name}: has no column '{column}'; got {string.Join(", ", file.Columns)}; name the columns as the design's source does, or as requests do "
        + "(id, about, time, and the event's keys and fields)");
}
