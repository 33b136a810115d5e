using System.Collections.Immutable;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events.Sources;

namespace Lintel.Events.Catalogues;

/// <summary>A catalogue's rows while its source is read: the scan takes them for records without a clock, whose columns are the key, the
/// fields, and the instants from which and until which the thing can be had.</summary>
internal static class CatalogueRows
{
    internal const int KeyColumn = 2;
    internal const int FirstField = 3;

    private const string From = "from", Until = "until";

    internal static EventRows Open(CatalogueDesign design, CodeDictionaries dictionaries, Dictionary<string, KeyCoder> coders)
    {
        var position = new SourceExpression(design.At, "position", "", [], IsPosition: true);
        var columns = ImmutableArray.CreateBuilder<ColumnDesign>();
        columns.Add(new("time", ColumnKind.Time, DataType.Time, null, position, null, ColumnDesign.DefaultScale, design.At));
        columns.Add(new("known", ColumnKind.Known, DataType.Time, null, position, null, ColumnDesign.DefaultScale, design.At));
        columns.Add(new(design.Name, ColumnKind.Key, DataType.Key, design.Name, design.Key, null, ColumnDesign.DefaultScale, design.At));
        foreach (var field in design.Fields)
        {
            // a list is one text until it is cut into its members
            var domain = field.Type == DataType.List ? $"{design.DomainOf(field.Name)} in one" : field.Domain;
            if (field.Type == DataType.List) { coders[domain!] = new(new CodeDictionary(domain!)); }
            columns.Add(field with { Domain = domain });
        }
        foreach (var (name, source) in new[] { (From, design.From), (Until, design.Until) })
        {
            if (source is null) { continue; }
            columns.Add(new(name, ColumnKind.Field, DataType.Time, null, source, null, ColumnDesign.DefaultScale, design.At));
        }
        return new(
            new()
            {
                Number = -1,
                Name = design.Name,
                At = design.At,
                Source = design.Source,
                Layout = design.Layout,
                Time = position,
                Columns = columns.ToImmutable(),
            }, dictionaries, coders)
        {
            Noun = "catalogue",
        };
    }

    /// <summary>Column of the instant from which a thing can be had; −1: the catalogue says none.</summary>
    internal static int FromColumn(CatalogueDesign design) => design.From is null ? -1 : FirstField + design.Fields.Length;

    internal static int UntilColumn(CatalogueDesign design) =>
        design.Until is null ? -1 : FirstField + design.Fields.Length + (design.From is null ? 0 : 1);
}
