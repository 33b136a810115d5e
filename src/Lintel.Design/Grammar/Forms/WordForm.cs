using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Forms;

/// <summary>A text whose place does not matter later: a parameter of a kind.</summary>
internal sealed class WordForm : Form<string>
{
    private static readonly TextForm Text = new();

    public override string Expected => Text.Expected;

    public override JsonObject Schema() => Text.Schema();

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out string value)
    {
        value = Text.TryRead(node, diagnostics, out LocatedText? text) ? text.Text : null;
        return value is not null;
    }
}
