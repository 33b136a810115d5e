using Lintel.Design.Diagnostics;

namespace Lintel.Events.Sources;

/// <summary>Codes of the faults of data that stop reading, and how they are raised.</summary>
internal static class DataFaults
{
    /// <summary>A source names no file.</summary>
    internal const string NoFile = "LT0301";

    /// <summary>A file cannot be read as what it is.</summary>
    internal const string Unreadable = "LT0302";

    /// <summary>A file has no such column.</summary>
    internal const string NoColumn = "LT0303";

    /// <summary>A column's type does not fit what the design takes it for.</summary>
    internal const string WrongType = "LT0304";

    /// <summary>More rows are unusable than may be.</summary>
    internal const string TooManyBadRows = "LT0305";

    /// <summary>An expression over a source's columns is refused.</summary>
    internal const string BadExpression = "LT0306";

    /// <summary>A catalogue has no usable row.</summary>
    internal const string EmptyCatalogue = "LT0307";

    internal static DesignException Fault(
        string code, SourceSpan at, string message, string? got = null, string? expected = null, string? fix = null) =>
        new([new Diagnostic(code, Severity.Error, at, message, got, expected, fix)]);
}
