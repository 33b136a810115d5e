using System.Collections.Immutable;
using Lintel.Design.Diagnostics;

namespace Lintel.Design;

/// <summary>What is known of each thing of an entity: the movies that can be recommended, or the users who ask. A row a key; no
/// clock, except for when a thing can be had.</summary>
public sealed record CatalogueDesign
{
    /// <summary>The entity: its keys' dictionary, and the name in expressions (<c>movie.year</c>).</summary>
    public required string Name { get; init; }

    public required SourceSpan At { get; init; }

    /// <summary>Files, relative to the data folder, wildcards allowed; empty: the keys that events name, without fields.</summary>
    public required string Source { get; init; }

    /// <summary>How text files are laid out; null: they tell themselves.</summary>
    public FileLayout? Layout { get; init; }

    /// <summary>Where a row's key stands; null without a source.</summary>
    public SourceExpression? Key { get; init; }

    /// <summary>From when on a thing can be a candidate; null: always (without a source: from its first event on).</summary>
    public SourceExpression? From { get; init; }

    /// <summary>From when on it cannot any more; null: never.</summary>
    public SourceExpression? Until { get; init; }

    /// <summary>In the file's order. A list is a code into <see cref="Lintel.Design.Expressions.DataType.List"/>'s table.</summary>
    public required ImmutableArray<ColumnDesign> Fields { get; init; }

    /// <summary>Dictionary of a field's texts, or of its lists' members: the entity and the field, <c>movie.genres</c>.</summary>
    public string DomainOf(string field) => $"{Name}.{field}";

    /// <summary>Index of a field; −1: none.</summary>
    public int Find(string field)
    {
        for (var f = 0; f < Fields.Length; f++)
        {
            if (Fields[f].Name == field) { return f; }
        }
        return -1;
    }

    // designs refer to it from several places; identity is the entity
    public bool Equals(CatalogueDesign? other) => other is not null && other.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
