using System.Globalization;
using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Numerics.Text;

namespace Lintel.Decisions.Pages;

/// <summary>Which items of a catalogue are one thing by a field, found once for all requests: items of one group are
/// equal, and some groups are alike.</summary>
internal sealed class DuplicateGroups
{
    private readonly int[] _groupOf;
    private readonly TextPairs? _alike;

    private DuplicateGroups(int[] groupOf, TextPairs? alike) => (_groupOf, _alike) = (groupOf, alike);

    /// <summary>The group of an item; −1: its value is missing, or the catalogue has no row of it.</summary>
    public int Of(int item) => (uint)item < (uint)_groupOf.Length ? _groupOf[item] : -1;

    /// <summary>Groups whose texts are alike.</summary>
    public ReadOnlySpan<int> AlikeTo(int group) => _alike is { } pairs ? pairs.Of(group) : [];

    public static DuplicateGroups Of(StepArguments arguments, ColumnCodes codes)
    {
        var (items, field) = (arguments.Items, codes.Column.Field);
        var isText = codes.Column.Type == DataType.Text;
        if (!isText && arguments.Has("similarity"))
        {
            arguments.ThrowFault("'near' compares texts", $"a {codes.Column.Type.ToString().ToLowerInvariant()}",
                "a text of the catalogue");
        }
        var texts = isText ? arguments.Texts[items.Design.Fields[field].Domain ?? ColumnDesign.TextDomain] : null;
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var groupOf = new int[items.Count];
        for (var item = 0; item < groupOf.Length; item++)
        {
            var value = items.Value(field, item);
            if (double.IsNaN(value))
            {
                groupOf[item] = -1;
                continue;
            }
            var name = texts is not null ? TitleText.Normalise(texts.Text((int)value))
                : codes.IsList ? ListName(items.List(field, item))
                : value.ToString("R", CultureInfo.InvariantCulture);
            groupOf[item] = groups.TryGetValue(name, out var group) ? group : groups[name] = groups.Count;
        }
        var near = arguments.Number("similarity");
        return new(groupOf, double.IsNaN(near) ? null : TextPairs.Find([.. groups.Keys], near));
    }

    // lists are equal as sets
    private static string ListName(ReadOnlySpan<int> members)
    {
        var sorted = members.ToArray();
        Array.Sort(sorted);
        return string.Join(',', sorted.Distinct());
    }
}
