using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Events.Log;

/// <summary>How the events behind a layout record were written: the types of the design that wrote them, with their own
/// columns. A log outlives designs: another one finds the same columns by name.</summary>
public sealed record LoggedLayout(ImmutableArray<LoggedType> Types)
{
    public static LoggedLayout Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var types = ImmutableArray.CreateBuilder<LoggedType>();
        for (var t = reader.UInt16(); t > 0; t--)
        {
            var name = reader.Text();
            var columns = new LoggedColumn[reader.UInt16()];
            for (var c = 0; c < columns.Length; c++) { columns[c] = new(reader.Text(), (DataType)reader.Byte()); }
            types.Add(new(name, [.. columns]));
        }
        return new(types.ToImmutable());
    }
}

/// <summary>One type of event as it was written.</summary>
/// <param name="Columns">Own ones; the first two are time and known.</param>
public sealed record LoggedType(string Name, ImmutableArray<LoggedColumn> Columns)
{
    /// <summary>Columns before the keys and fields: time and known.</summary>
    public const int FirstValue = 2;

    /// <summary>Where each column stands in an event of another design; −1: it is gone, or of another type.</summary>
    public int[] ColumnsIn(EventDesign design) => [.. Columns.Select(written =>
    {
        for (var c = 0; c < design.InheritedFrom; c++)
        {
            if (design.Columns[c].Name == written.Name && written.Holds(design.Columns[c].Type)) { return c; }
        }
        return -1;
    })];
}

public readonly record struct LoggedColumn(string Name, DataType Type)
{
    /// <summary>Keys and texts are both written as texts.</summary>
    public bool IsText => Type is DataType.Key or DataType.Text;

    /// <summary>Whether what was written reads as a type: a text as a key as well.</summary>
    public bool Holds(DataType type) => Type == type || (IsText && type is DataType.Key or DataType.Text);
}
