using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Forms;

/// <summary>A list of values of one form.</summary>
internal sealed class ListForm<T>(Form<T> item, int atLeast = 1) : Form<ImmutableArray<T>> where T : notnull
{
    public override string Expected => $"a list; each is {item.Expected}";

    public override IEnumerable<Section> Sections => item.Sections;

    public override JsonObject Schema() =>
        new() { ["type"] = "array", ["items"] = item.Schema(), ["minItems"] = atLeast };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, out ImmutableArray<T> value)
    {
        value = [];
        if (node is not YamlNode.List list) { return Fail(node, diagnostics, out value); }
        if (list.Items.Count < atLeast)
        {
            if (!list.IsCut)
            {
                diagnostics.Error(FaultCodes.WrongForm, node.At, "the list is empty", "[]",
                    $"at least {atLeast}: {item.Expected}");
            }
            return false;
        }
        var items = ImmutableArray.CreateBuilder<T>(list.Items.Count);
        var whole = true;
        foreach (var entry in list.Items)
        {
            if (item.TryRead(entry, diagnostics, out T? read)) { items.Add(read); }
            else { whole = false; }
        }
        value = items.ToImmutable();
        return whole;
    }
}

/// <summary>A map from names that the design chooses to values of one form, in the order of the file.</summary>
/// <param name="singular">What one entry is: "a feature".</param>
/// <param name="keyPattern">Regular expression of the names, for the schema; null: names of expressions.</param>
internal sealed class NamedForm<T>(string singular, Form<T> item, string? keyPattern = null) : Form<NamedEntries<T>>
    where T : notnull
{
    public override string Expected => $"a map; each entry is {singular}: {item.Expected}";

    public override IEnumerable<Section> Sections => item.Sections;

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["patternProperties"] = new JsonObject { [keyPattern ?? NameForm.Pattern] = item.Schema() },
        ["additionalProperties"] = false,
        ["minProperties"] = 1,
    };

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics,
        [MaybeNullWhen(false)] out NamedEntries<T> value)
    {
        if (node is not YamlNode.Map map) { return Fail(node, diagnostics, out value); }
        var entries = ImmutableArray.CreateBuilder<Named<T>>(map.Entries.Count);
        var faulty = ImmutableArray.CreateBuilder<LocatedText>();
        foreach (var entry in map.Entries)
        {
            if (keyPattern is null && !NameForm.Check(entry.Key.Located, diagnostics)) { continue; }
            if (item.TryRead(entry.Value, diagnostics, out T? read))
            {
                entries.Add(new(entry.Key.Located, read, entry.Key.At));
            }
            else { faulty.Add(entry.Key.Located); }
        }
        value = new(entries.ToImmutable(), faulty.ToImmutable());
        return true;
    }
}
