using System.Collections.Immutable;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>A Parquet file: its columns have types, its rows are numbered from 1.</summary>
internal sealed class ParquetSource : SourceFile
{
    internal ParquetSource(DuckDbConnection connection, string path, string name)
        : base(path, name)
    {
        From = $"read_parquet({DuckDbConnection.Literal(path)})";
        using var rows = connection.Query($"SELECT * FROM {From} LIMIT 0");
        Columns = [.. rows.Columns.Select(static c => c.Name)];
    }

    internal override ImmutableArray<string> Columns { get; }

    internal override bool IsText => false;

    internal override string From { get; }

    internal override IReadOnlyList<RejectedRow> Rejected(DuckDbConnection connection) => [];

    internal override IReadOnlyList<long> LinesOf(IReadOnlyList<long> rows, IReadOnlyList<RejectedRow> rejected) =>
        [.. rows.Select(static r => r + 1)];
}
