using Lintel.Design.Diagnostics;
using Lintel.Design.Grammar.Forms;
using Lintel.Design.Kinds;
using Lintel.Design.Yaml;

namespace Lintel.Design.Grammar;

/// <summary>Finds the kind that an entry names: it decides which keys the entry has.</summary>
internal static class KindReader
{
    /// <param name="what">e.g. <c>a model</c>.</param> <param name="kindOf">e.g. <c>model kind</c>.</param>
    /// <returns>Null: there is a fault, and it is told.</returns>
    public static T? Find<T>(
        YamlNode node, string what, string kindOf, IReadOnlyList<T> known, Func<T, Kind> kind, Form form, DiagnosticBag diagnostics)
        where T : class
    {
        var names = string.Join(" | ", known.Select(k => kind(k).Name));
        if (node is not YamlNode.Map map)
        {
            diagnostics.Error(FaultCodes.WrongForm, node.At, $"this is not {what}", node.Description, form.Expected);
            return null;
        }
        var entry = map.Entries.FirstOrDefault(static e => e.Key.Text == "kind");
        if (entry is null)
        {
            if (!map.IsCut)
            {
                diagnostics.Error(FaultCodes.MissingKey, map.At, $"{what} lacks 'kind'", null, names,
                    $"add it: the kind decides which keys {what} has");
            }
            return null;
        }
        if (entry.Value is YamlNode.Scalar word && known.FirstOrDefault(k => kind(k).Name == word.Text) is { } found)
        {
            return found;
        }
        var text = (entry.Value as YamlNode.Scalar)?.Text ?? "";
        diagnostics.Error(FaultCodes.UnknownKind, entry.Value.At, $"there is no {kindOf} '{text}'", null, names,
            Suggestion.Nearest(text, known.Select(k => kind(k).Name)) is { } near ? $"did you mean '{near}'?" : null);
        return null;
    }
}
