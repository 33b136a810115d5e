using System.Globalization;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;

namespace Lintel.Training.Report;

/// <summary>What a caller sends to have one event decided: the form of the page is made from it.</summary>
/// <param name="Event">The decided event's name.</param>
/// <param name="IdName">Member of the request that carries the event's id.</param>
public sealed record DecisionForm(
    string Event, string IdName, IReadOnlyList<FormField> Fields, IReadOnlyList<string> Outcomes)
{
    /// <summary>What a page is filled with, e.g. <c>movie</c>; null: a decision gives an outcome.</summary>
    public string? Items { get; init; }

    /// <summary>The form of a design's decided event, with an example to begin with.</summary>
    /// <param name="history">Where the example is taken from: the latest record without a missing value; null: a made-up one.</param>
    public static DecisionForm Of(SystemDesign design, EventHistory? history)
    {
        var decided = design.Decision.Each;
        var row = history is null ? -1 : LatestComplete(history.Tables[decided.Number]);
        var fields = new List<FormField>();
        for (var c = 0; c < decided.InheritedFrom; c++)
        {
            var column = decided.Columns[c];
            if (column.Kind is not (ColumnKind.Key or ColumnKind.Field) || column.KnownAt is not null) { continue; }
            fields.Add(new(
                column.Name,
                column.Kind == ColumnKind.Key ? "key" : column.Type.ToString().ToLowerInvariant(),
                row < 0 ? MadeUp(column) : Example(column, history!, history!.Tables[decided.Number].Columns[c][row])));
        }
        return new(decided.Name, decided.Id ?? "id", fields, design.Outcomes) { Items = design.Decision.Ranking?.Of.Name };
    }

    private static int LatestComplete(EventTable table)
    {
        for (var row = table.RowCount - 1; row >= 0; row--)
        {
            var at = row;
            if (!table.Columns.Any(column => double.IsNaN(column[at]))) { return row; }
        }
        return -1;
    }

    private static string Example(ColumnDesign column, EventHistory history, double value) => column switch
    {
        { Domain: { } domain } => history.Dictionaries[domain].Text((int)value),
        { Type: DataType.Bool } => value == 1 ? "true" : "false",
        { Type: DataType.Time } => DateTimeOffset.UnixEpoch.AddMicroseconds(value).ToString("O", CultureInfo.InvariantCulture),
        { Type: DataType.Duration } => (value / 1e6).ToString(CultureInfo.InvariantCulture) + "s",
        _ => value.ToString(CultureInfo.InvariantCulture),
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

/// <param name="Type"><c>key</c>, <c>number</c>, <c>bool</c>, <c>text</c>, <c>time</c> or <c>duration</c>.</param>
/// <param name="Example">What the form begins with.</param>
public sealed record FormField(string Name, string Type, string Example);
