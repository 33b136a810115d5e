using System.Collections.Immutable;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Design;

/// <summary>One type of record: what happens, and when it becomes known.</summary>
public sealed record EventDesign
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required SourceSpan At { get; init; }

    /// <summary>Files, relative to the data folder, wildcards allowed; empty: records only arrive live.</summary>
    public required string Source { get; init; }

    /// <summary>How text files are laid out; null: they tell themselves.</summary>
    public FileLayout? Layout { get; init; }

    /// <summary>Whether files hold records of this event.</summary>
    public bool HasSource => Source.Length > 0;

    /// <summary>Files hold none: the records are made from another event's. Live they arrive by themselves. Null: not made.</summary>
    public VisitDesign? Visits { get; init; }

    /// <summary>An event with keys of its own is one of many about its subject: a later one replaces no earlier one.</summary>
    public bool IsOneOfMany => About is not null && FindOwnKey() >= 0;

    /// <summary>The records are the system's own decisions: nobody sends them, and no file holds them.</summary>
    public bool IsDecision { get; init; }

    /// <summary>Column or SQL-like column expression of the source that identifies a record; null: its
    /// position.</summary>
    public string? Id { get; init; }

    /// <summary>When this event is about another one: that one, and the source column that names its id.</summary>
    public SubjectDesign? About { get; init; }

    /// <summary>How source rows become values; files only.</summary>
    public required SourceExpression Time { get; init; }

    /// <summary>When a record of a file becomes known; null: at its time.</summary>
    public SourceExpression? Known { get; init; }

    /// <summary>Rows of the source that count; null: all.</summary>
    public SourceExpression? Where { get; init; }

    /// <summary>Layout of a record's values: time, known, own keys, own fields, then everything of the subject
    /// (named <c>payment.amount</c>; a subject's key that is not declared anew also answers to its bare
    /// name).</summary>
    public required ImmutableArray<ColumnDesign> Columns { get; init; }

    /// <summary>Columns of the subject's record start here; equals the number of columns without a subject.</summary>
    public int InheritedFrom => About is null ? Columns.Length : Columns.Length - About.Event.Columns.Length;

    /// <summary>Index of the column that a name means here: its own name; the bare name of the nearest subject's key;
    /// or the name of a farther subject's column, <c>payment.amount</c> for <c>verdict.payment.amount</c>. −1:
    /// none.</summary>
    public int Find(string name)
    {
        for (var c = 0; c < Columns.Length; c++)
        {
            if (Columns[c].Name == name) { return c; }
        }
        for (var c = InheritedFrom; c < Columns.Length; c++)
        {
            if (Columns[c].Kind == ColumnKind.Key && Columns[c].Domain == name) { return c; }
        }
        for (var c = InheritedFrom; c < Columns.Length && name.Contains('.'); c++)
        {
            if (Columns[c].Name.EndsWith($".{name}", StringComparison.Ordinal)) { return c; }
        }
        return -1;
    }

    /// <summary>Index of the column that holds an entity's key; −1: none.</summary>
    public int FindKey(string entity)
    {
        for (var c = 0; c < Columns.Length; c++)
        {
            if (Columns[c].Kind == ColumnKind.Key && Columns[c].Domain == entity) { return c; }
        }
        return -1;
    }

    private int FindOwnKey()
    {
        for (var c = 0; c < InheritedFrom; c++)
        {
            if (Columns[c].Kind == ColumnKind.Key) { return c; }
        }
        return -1;
    }

    /// <summary>Whether this event is about another one, directly or through its subject.</summary>
    public bool IsAbout(EventDesign other)
    {
        for (var subject = About?.Event; subject is not null; subject = subject.About?.Event)
        {
            if (subject == other) { return true; }
        }
        return false;
    }

    public override string ToString() => Name;

    // events refer to each other; identity is the number
    public bool Equals(EventDesign? other) => other is not null && other.Number == Number && other.Name == Name;

    public override int GetHashCode() => Number;
}

/// <param name="Event">The event this one is about.</param>
/// <param name="Column">Column of this event's source that holds the subject's id.</param>
public sealed record SubjectDesign(EventDesign Event, string Column);

public enum ColumnKind
{
    Time,
    Known,
    Key,
    Field,
}

/// <summary>One value of a record.</summary>
/// <param name="Domain">Dictionary of its codes: the entity for keys, <see cref="TextDomain"/> for texts, else
/// null.</param>
/// <param name="Source">Where files hold it; null for inherited columns (they come from the subject's record).</param>
/// <param name="KnownAt">A field that becomes known later than its record: the source column of that instant.</param>
/// <param name="Scale">Unit in which exact sums hold the field.</param>
public sealed record ColumnDesign(
    string Name,
    ColumnKind Kind,
    DataType Type,
    string? Domain,
    SourceExpression? Source,
    SourceExpression? KnownAt,
    double Scale,
    SourceSpan At)
{
    /// <summary>The dictionary that all text fields share.</summary>
    public const string TextDomain = "text";

    public const double DefaultScale = 1e-6;
}

/// <summary>An expression over the columns of a source file: its text, as DuckDB SQL with every name quoted and every
/// duration an INTERVAL, so that files are read, renamed and computed in one scan; and the columns it reads.</summary>
/// <param name="Text">As the design says it.</param> <param name="Sql">What DuckDB evaluates.</param>
/// <param name="IsPosition">The source has no clock: the row order is the time.</param>
public sealed record SourceExpression(
    SourceSpan At, string Text, string Sql, ImmutableArray<string> Columns, bool IsPosition = false)
{
    /// <summary>The column that every source has without writing it: the row's position in it, from 0, over all of its files in the order
    /// of their names. Rows that do not count (<c>where:</c>) have one; rows that could not be parted into columns have none.</summary>
    public const string RowNumber = "source_row";
}
