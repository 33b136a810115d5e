namespace Lintel.Events;

/// <summary>What reading the sources found: rows taken, and rows left out by reason with the first examples.</summary>
public sealed record SourceReport(IReadOnlyList<SourceFinding> Findings, IReadOnlyList<SourceCount> Counts);

/// <param name="Rows">Rows of the files.</param> <param name="Taken">Rows that became records.</param>
public sealed record SourceCount(string Event, string Source, long Rows, long Taken);

/// <param name="Reason">e.g. <c>not a number</c>, <c>nan</c>, <c>missing id</c>, <c>duplicate id</c>, <c>too few columns</c>.</param>
/// <param name="Dropped">False: the value became missing, the row was kept.</param>
public sealed record SourceFinding(
    string Event, string File, string Reason, string? Column, long Count, bool Dropped,
    IReadOnlyList<SourceExample> Examples);

/// <param name="Line">Line of the file (row of a Parquet file), from 1.</param>
public sealed record SourceExample(string File, long Line, string? Column, string Value);
