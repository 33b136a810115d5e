using Lintel.Decisions.Lists;
using Lintel.Design;
using Lintel.Design.Expressions;

namespace Lintel.Pipeline.Live;

/// <summary>Reads the lists that a policy names from a folder, as codes of the dictionaries that the lists' values
/// use.</summary>
internal static class ListFiles
{
    /// <param name="folder">Null: every list is empty.</param>
    internal static NamedLists Read(string? folder, CompiledDesign compiled)
    {
        var lists = NamedLists.Empty;
        if (folder is null) { return lists; }
        foreach (var rule in compiled.Design.Policy.OfType<PolicyRule.When>())
        {
            foreach (var (list, domain) in Lists(rule.Condition))
            {
                var path = Path.Combine(folder, list + ".txt");
                if (!File.Exists(path)) { continue; }
                var dictionary = compiled.Dictionaries[domain];
                lists = lists.With(list, File.ReadLines(path)
                    .Select(static line => line.Trim())
                    .Where(static line => line.Length > 0 && line[0] != '#')
                    .Select(line => dictionary.Add(line)));
            }
        }
        return lists;
    }

    private static IEnumerable<(string List, string Domain)> Lists(Expression expression) => expression switch
    {
        Expression.ListMembership { Value: Expression.Column column } list =>
            column.Event.Columns[column.ColumnIndex].Domain is { } domain ? [(list.List, domain)] : [],
        Expression.Unary u => Lists(u.Operand),
        Expression.Binary b => Lists(b.Left).Concat(Lists(b.Right)),
        Expression.Conditional c => Lists(c.Condition).Concat(Lists(c.Then)).Concat(Lists(c.Else)),
        _ => [],
    };
}
