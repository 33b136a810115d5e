using System.Collections.Immutable;
using System.Globalization;
using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Native;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>One file of a source: its columns, and how DuckDB scans it.</summary>
internal abstract class SourceFile(string path, string name)
{
    /// <summary>Where it stands.</summary>
    internal string Path { get; } = path;

    /// <summary>As reports name it: relative to the data folder.</summary>
    internal string Name { get; } = name;

    internal abstract ImmutableArray<string> Columns { get; }

    /// <summary>Every column is a text whose type is tried value by value.</summary>
    internal abstract bool IsText { get; }

    /// <summary>The table function that scans it.</summary>
    internal abstract string From { get; }

    /// <summary>Whether it has a column of this name, letters' case apart; every file has the row number.</summary>
    internal bool Has(string column) => column == SourceExpression.RowNumber || Columns.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>The column is the row number, and no column of the file's own that has its name.</summary>
    internal bool IsRowNumber(string column) =>
        column == SourceExpression.RowNumber && !Columns.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary><see cref="From"/> with the row number as a column.</summary>
    /// <param name="first">Number of the first row.</param>
    internal string Numbered(long first) => string.Create(CultureInfo.InvariantCulture,
        $"(SELECT *, row_number() OVER () + {first - 1} AS {DuckDbConnection.Identifier(SourceExpression.RowNumber)} FROM {From})");

    /// <summary>Rows that could not be parted into columns; after the scan, which they are missing from.</summary>
    internal abstract IReadOnlyList<RejectedRow> Rejected(DuckDbConnection connection);

    /// <summary>Lines (from 1) of rows of the scan, given in rising order.</summary>
    internal abstract IReadOnlyList<long> LinesOf(IReadOnlyList<long> rows, IReadOnlyList<RejectedRow> rejected);

    /// <summary>Waits for checks that run beside the scan.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal virtual void Verify() { }

    /// <exception cref="DesignException">It cannot be read as what its name says.</exception>
    internal static SourceFile Open(DuckDbConnection connection, string path, string name, SourceSpan at, FileLayout? layout)
    {
        try
        {
            return path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)
                ? new ParquetSource(connection, path, name)
                : new CsvSource(path, name, layout ?? new());
        }
        catch (Exception e) when (e is NativeException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw Unreadable(name, at, e);
        }
    }

    internal static DesignException Unreadable(string name, SourceSpan at, Exception e) =>
        DataFaults.Fault(
            DataFaults.Unreadable, at, $"{name} cannot be read", FirstLine(e.Message),
            name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? "a Parquet file" : "CSV with a header line, or with 'columns' in the design, plain or gzip",
            "restore the file, or correct 'source'");

    internal static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}

/// <param name="Line">From 1.</param> <param name="Reason">e.g. <c>too few columns</c>.</param> <param name="Text">The line as it stands.</param>
internal sealed record RejectedRow(long Line, string Reason, string? Column, string Text);
