using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Forms;

/// <summary>The form of a value in the design file, described once: the binder reads by it, the JSON Schema and the
/// reference page are made from it.</summary>
internal abstract class Form
{
    /// <summary>What stands here, with an example: for messages and the reference page.</summary>
    public abstract string Expected { get; }

    public abstract JsonObject Schema();

    /// <summary>Sections that stand inside it, for the reference page.</summary>
    public virtual IEnumerable<Section> Sections => [];

    /// <summary>Reads a node; false after a reported fault.</summary>
    public abstract bool TryRead(YamlNode node, DiagnosticBag diagnostics, [NotNullWhen(true)] out object? value);
}

/// <typeparam name="T">What a value of this form is to the program.</typeparam>
internal abstract class Form<T> : Form where T : notnull
{
    public abstract bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out T value);

    public sealed override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [NotNullWhen(true)] out object? value)
    {
        var done = TryRead(node, diagnostics, out T? typed);
        value = done ? typed : null;
        return done;
    }

    protected bool Fail(YamlNode node, DiagnosticBag diagnostics, out T? value, string? fix = null)
    {
        var empty = node is YamlNode.Scalar { Core: CoreType.Null };
        diagnostics.Error(FaultCodes.WrongForm, node.At, empty
            ? "a value is missing here"
            : "the value has another form",
            node.Description, Expected, fix);
        value = default;
        return false;
    }
}

/// <summary>A value with the name that the design gives it.</summary>
internal sealed record Named<T>(LocatedText Name, T Value, SourceSpan At);

/// <summary>Named values in the order of the file.</summary>
/// <param name="Faulty">Names whose values have a fault that is reported: their readers must not be faulted
/// too.</param>
internal sealed record NamedEntries<T>(ImmutableArray<Named<T>> Entries, ImmutableArray<LocatedText> Faulty)
{
    public static readonly NamedEntries<T> None = new([], []);
}
