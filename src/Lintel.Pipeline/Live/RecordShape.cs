using System.Text;
using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Pipeline.Live;

/// <summary>How one event type reads from JSON: a property for each own column, and <c>event</c>, <c>id</c>,
/// <c>about</c>. Immutable.</summary>
internal sealed class RecordShape
{
    internal RecordShape(EventDesign design, bool decided)
    {
        Event = design;
        IsDecided = decided;
        Name = Encoding.UTF8.GetBytes(design.Name);
        Columns = [.. design.Columns.Take(design.InheritedFrom)];
        Names = [.. Columns.Select(static c => Encoding.UTF8.GetBytes(c.Name))];
        if (Columns.FirstOrDefault(static c => c.Name is "event" or "id" or "about") is { } reserved)
        {
            throw new InvalidDataException(
                $"{reserved.At}: '{reserved.Name}' of event '{design.Name}' has a name that requests use for the record itself "
                + "(event, id, about); rename it with 'from' to serve this design.");
        }
    }

    internal EventDesign Event { get; }

    internal bool IsDecided { get; }

    internal byte[] Name { get; }

    /// <summary>Own columns.</summary>
    internal ColumnDesign[] Columns { get; }

    /// <summary>Property names of <see cref="Columns"/>, UTF-8.</summary>
    internal byte[][] Names { get; }

    /// <summary>A record without an id could not be answered for, or not be named by those about it.</summary>
    internal bool NeedsId => IsDecided || Event.Id is not null;

    internal bool NeedsSubject => Event.About is not null;

    /// <summary>Whether a request must give the column: its time may be left out, when it became known is ours to
    /// say.</summary>
    internal bool Needs(int column) => Columns[column].Kind is ColumnKind.Key or ColumnKind.Field;

    internal string Expected
    {
        get
        {
            var names = Columns.Where(static c => c.Kind is ColumnKind.Key or ColumnKind.Field)
                .Select(static c => c.Name);
            string[] id = NeedsId ? ["id"] : [];
            string[] about = NeedsSubject ? ["about"] : [];
            return string.Join(", ", [.. id, .. about, .. names, "time (optional)"]);
        }
    }

    internal static string Describe(DataType type) => type switch
    {
        DataType.Number => "a finite number",
        DataType.Bool => "true or false",
        DataType.Time => "an ISO 8601 time, or microseconds since 1970 UTC",
        DataType.Duration => "a duration in microseconds",
        DataType.Key => "a text or a whole number",
        _ => "a text",
    };
}

/// <summary>Every event type of a design as requests give it. Immutable.</summary>
internal sealed class RecordShapes
{
    internal RecordShapes(SystemDesign design)
    {
        All = [.. design.Events.Where(static e => !e.IsDecision).Select(e => new RecordShape(e, e.Number == design.Decision.Each.Number))];
        Decided = All[design.Decision.Each.Number];
    }

    internal RecordShape[] All { get; }

    internal RecordShape Decided { get; }

    internal RecordShape? Find(string name) => Array.Find(All, s => s.Event.Name == name);

    internal string Names => string.Join(", ", All.Select(static s => s.Event.Name));
}
