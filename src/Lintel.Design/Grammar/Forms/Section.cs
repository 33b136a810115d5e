using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Forms;

/// <summary>One key of a section: its name, form and meaning.</summary>
/// <param name="Default">What holds when the key is absent, for the reference page; null: nothing.</param>
internal abstract record Key(string Name, string Summary, bool Required, string? Default)
{
    public abstract Form Form { get; }
}

/// <inheritdoc/>
internal sealed record Key<T>(string Name, Form<T> Of, string Summary, bool Required = false, string? Default = null)
    : Key(Name, Summary, Required, Default)
    where T : notnull
{
    public override Form Form => Of;
}

/// <summary>A map with known keys.</summary>
/// <param name="title">What it is called in messages and headings.</param>
internal sealed class Section(string title, string summary, params IEnumerable<Key> keys) : Form<SectionValues>
{
    public string Title { get; } = title;

    public string Summary { get; } = summary;

    public IReadOnlyList<Key> Keys { get; } = [.. keys];

    public override string Expected => "a map of keys: " + string.Join(", ", Keys.Select(static k => k.Name));

    public override IEnumerable<Section> Sections => [this];

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var key in Keys)
        {
            var schema = key.Form.Schema();
            schema["description"] = key.Default is null ? key.Summary : $"{key.Summary} Default: {key.Default}.";
            properties[key.Name] = schema;
            if (key.Required) { required.Add(key.Name); }
        }
        var section = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (required.Count > 0) { section["required"] = required; }
        return section;
    }

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics,
        [MaybeNullWhen(false)] out SectionValues value)
    {
        if (node is not YamlNode.Map map) { return Fail(node, diagnostics, out value); }
        value = new(map.At);
        foreach (var entry in map.Entries)
        {
            if (Keys.FirstOrDefault(k => k.Name == entry.Key.Text) is not { } key)
            {
                diagnostics.Error(FaultCodes.UnknownKey, entry.Key.At, $"{Title} has no key '{entry.Key.Text}'", null,
                    null, Suggestion.Fix(entry.Key.Text, Keys.Select(static k => k.Name)));
                continue;
            }
            value.Add(key, entry.Key.At, entry.Value.At, key.Form.TryRead(entry.Value, diagnostics, out object? read)
                ? read
                : null);
        }
        foreach (var key in Keys.Where(static k => k.Required))
        {
            if (value.Has(key) || map.IsCut) { continue; }
            diagnostics.Error(FaultCodes.MissingKey, map.At, $"{Title} lacks '{key.Name}'", null,
                $"{key.Name}: {key.Form.Expected}",
                $"add it: {key.Summary}");
        }
        return true;
    }
}

/// <summary>What a section of the file said: values by key, each with its place.</summary>
internal sealed class SectionValues(SourceSpan at)
{
    private readonly Dictionary<string, (SourceSpan KeyAt, SourceSpan At, object? Value)> _values = [];

    public SourceSpan At { get; } = at;

    public void Add(Key key, SourceSpan keyAt, SourceSpan valueAt, object? value) =>
        _values.Add(key.Name, (keyAt, valueAt, value));

    /// <summary>Whether the key stands there, with a good value or a faulty one.</summary>
    public bool Has(Key key) => _values.ContainsKey(key.Name);

    /// <summary>The value; false when absent, or faulty (which is reported already).</summary>
    public bool TryGet<T>(Key<T> key, [MaybeNullWhen(false)] out T value) where T : notnull
    {
        if (_values.TryGetValue(key.Name, out var found) && found.Value is T typed)
        {
            value = typed;
            return true;
        }
        value = default;
        return false;
    }

    public T Get<T>(Key<T> key, T absent) where T : notnull => TryGet(key, out var value) ? value : absent;

    public LocatedText? Text(Key<LocatedText> key) => TryGet(key, out var value) ? value : null;

    /// <summary>Place of a key's value; of the section when the key is absent.</summary>
    public SourceSpan AtOf(Key key) => _values.TryGetValue(key.Name, out var found) ? found.At : At;

    public SourceSpan AtOfKey(Key key) => _values.TryGetValue(key.Name, out var found) ? found.KeyAt : At;

    /// <summary>Untyped, for kinds' parameters.</summary>
    public object? Untyped(Key key) => _values.TryGetValue(key.Name, out var found) ? found.Value : null;
}
