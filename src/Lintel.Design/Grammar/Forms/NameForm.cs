using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions.Syntax;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar.Forms;

/// <summary>A name that expressions can use.</summary>
internal sealed class NameForm(string noun) : Form<LocatedText>
{
    public const string Pattern = "^[A-Za-z_][A-Za-z0-9_]*$";

    public override string Expected => noun;

    public override JsonObject Schema() => Schemas.Pattern(Pattern, noun);

    public override bool TryRead(YamlNode node, DiagnosticBag diagnostics, [MaybeNullWhen(false)] out LocatedText value)
    {
        if (node is not YamlNode.Scalar { Text.Length: > 0 } scalar) { return Fail(node, diagnostics, out value); }
        value = scalar.Located;
        return Check(value, diagnostics);
    }

    /// <summary>Letters, digits and underscores, not starting with a digit, and no word of the language.</summary>
    public static bool Check(LocatedText name, DiagnosticBag diagnostics)
    {
        var text = name.Text;
        if (ExpressionParser.Reserved.Contains(text))
        {
            diagnostics.Error(FaultCodes.BadName, name.At, $"'{text}' is a word of the language and cannot be a name",
                null, null, "rename it");
            return false;
        }
        if (text.Length is > 0 and <= 100 && (char.IsAsciiLetter(text[0]) || text[0] == '_')
            && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')) { return true; }
        diagnostics.Error(FaultCodes.BadName, name.At, "this cannot be a name",
            $"'{(text.Length > 60 ? text[..60] + "…" : text)}'", "letters, digits and underscores, at most 100");
        return false;
    }
}
