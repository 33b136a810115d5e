using System.Globalization;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;

namespace Lintel.Pipeline.Versions;

/// <summary>What a caller sends to have one event decided, with a record of the data as its example: the page's form and the line to
/// try are made from it.</summary>
/// <param name="Event">The decided event's name.</param>
public sealed record DecisionForm(string Event, IReadOnlyList<FormField> Fields, IReadOnlyList<string> Outcomes)
{
    /// <summary>What a page is filled with, e.g. <c>movie</c>; null: a decision gives an outcome.</summary>
    public string? Items { get; init; }

    /// <summary>What the decided event is about, farthest first: each is sent before the next, with an id that the next names under
    /// <c>about</c>. Empty: the decided event stands alone.</summary>
    public IReadOnlyList<SubjectForm> Subjects { get; init; } = [];

    /// <summary>The form of a design's decided event, with an example to begin with.</summary>
    /// <param name="history">Where the example is taken from: the latest record without a missing value; null: a made-up one.</param>
    public static DecisionForm Of(SystemDesign design, EventHistory? history)
    {
        var decided = design.Decision.Each;
        var table = history?.Tables[decided.Number];
        var row = table is null ? -1 : LatestComplete(table);
        var form = new DecisionForm(decided.Name, FieldsOf(decided, history, row), design.Outcomes) { Items = design.Decision.Ranking?.Of.Name };
        List<SubjectForm> subjects = [];
        for (var at = decided; at.About is { } about; at = about.Event)
        {
            row = row < 0 ? -1 : history!.Tables[at.Number].Subjects![row];
            subjects.Insert(0, new(about.Event.Name, FieldsOf(about.Event, history, row)));
        }
        return form with { Subjects = subjects };
    }

    private static FormField[] FieldsOf(EventDesign design, EventHistory? history, int row)
    {
        List<FormField> fields = [];
        for (var c = 0; c < design.InheritedFrom; c++)
        {
            var column = design.Columns[c];
            if (column.Kind is not (ColumnKind.Key or ColumnKind.Field) || column.KnownAt is not null) { continue; }
            fields.Add(new(
                column.Name,
                column.Kind == ColumnKind.Key ? "key" : column.Type.ToString().ToLowerInvariant(),
                row < 0 ? MadeUp(column) : Example(column, history!, history!.Tables[design.Number].Columns[c][row]))
            {
                Same = SameAs(design, column),
            });
        }
        return [.. fields];
    }

    /// <summary>A key that the subject has too, or that is the subject's id, is not typed twice.</summary>
    private static string? SameAs(EventDesign design, ColumnDesign column) => design.About switch
    {
        { } about when column.Kind != ColumnKind.Key => null,
        { } about when column.Source is { Columns: [var source] } && source == about.Column => FormField.SubjectId,
        { } about when about.Event.FindKey(column.Domain!) is >= 0 and var key && key < about.Event.InheritedFrom => about.Event.Columns[key].Name,
        _ => null,
    };

    private static int LatestComplete(EventTable table)
    {
        for (var row = table.RowCount - 1; row >= 0; row--)
        {
            var at = row;
            if (!table.Columns.Any(column => double.IsNaN(column[at])) && table.Subjects?[row] is not < 0) { return row; }
        }
        return -1;
    }

    private static string Example(ColumnDesign column, EventHistory history, double value) => column switch
    {
        { Domain: { } domain } => double.IsNaN(value) ? "" : history.Dictionaries[domain].Text((int)value),
        { Type: DataType.Bool } => value == 1 ? "true" : "false",
        { Type: DataType.Time } => DateTimeOffset.UnixEpoch.AddMicroseconds(value).ToString("O", CultureInfo.InvariantCulture),
        { Type: DataType.Duration } => (value / 1e6).ToString(CultureInfo.InvariantCulture) + "s",
        _ => double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture),
    };

    private static string MadeUp(ColumnDesign column) => column.Type switch
    {
        DataType.Bool => "false",
        DataType.Number => "50",
        DataType.Time => "2026-01-01T12:00:00Z",
        DataType.Duration => "60s",
        _ => "1",
    };
}

/// <summary>An event that is sent ahead, because the decided one is about it.</summary>
public sealed record SubjectForm(string Event, IReadOnlyList<FormField> Fields);

/// <param name="Type"><c>key</c>, <c>number</c>, <c>bool</c>, <c>text</c>, <c>time</c> or <c>duration</c>.</param>
/// <param name="Example">What the form begins with; empty: not known.</param>
public sealed record FormField(string Name, string Type, string Example)
{
    public const string SubjectId = "id";

    /// <summary>The subject's field that has the same value, or its <see cref="SubjectId"/>; null: a value of its own.</summary>
    public string? Same { get; init; }
}
