namespace Lintel.Design.Grammar;

/// <summary>Puts things after those they depend on, otherwise keeping their order.</summary>
internal static class DependencyOrder
{
    /// <param name="onCycle">Told of each circle once; its members are left out of the result.</param>
    public static List<T> Sort<T>(IReadOnlyList<T> items, Func<T, IEnumerable<T>> dependencies,
        Action<List<T>> onCycle) where T : class
    {
        var sorted = new List<T>(items.Count);
        var done = new HashSet<T>(ReferenceEqualityComparer.Instance);
        var broken = new HashSet<T>(ReferenceEqualityComparer.Instance);
        // an explicit stack: a chain of features may be as long as the file
        var path = new List<(T Item, IEnumerator<T> Left)>();
        var open = new HashSet<T>(ReferenceEqualityComparer.Instance);
        foreach (var item in items)
        {
            Push(item);
            while (path.Count > 0)
            {
                var (top, left) = path[^1];
                if (left.MoveNext())
                {
                    if (open.Contains(left.Current)) { Report(left.Current); }
                    else { Push(left.Current); }
                    continue;
                }
                path.RemoveAt(path.Count - 1);
                open.Remove(top);
                left.Dispose();
                if (done.Add(top) && !broken.Contains(top)) { sorted.Add(top); }
            }
        }
        return sorted;

        void Push(T next)
        {
            if (done.Contains(next)) { return; }
            open.Add(next);
            path.Add((next, dependencies(next).GetEnumerator()));
        }

        void Report(T entry)
        {
            var circle = path.SkipWhile(p => !ReferenceEquals(p.Item, entry)).Select(static p => p.Item).ToList();
            if (!circle.Exists(broken.Contains)) { onCycle(circle); }
            broken.UnionWith(circle);
        }
    }
}
