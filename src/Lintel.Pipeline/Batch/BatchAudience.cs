using Lintel.Design;
using Lintel.Events;
using Lintel.Numerics.Random;

namespace Lintel.Pipeline.Batch;

/// <summary>For whom pages are made: every key of the entity that asks, in the order of a hash, so that parts and shards are even
/// whatever the order in which keys came.</summary>
internal sealed class BatchAudience
{
    private readonly int[] _codes;

    private BatchAudience(string entity, int column, int[] codes) => (Entity, Column, _codes) = (entity, column, codes);

    /// <summary>The entity that asks.</summary>
    public string Entity { get; }

    /// <summary>Column of the decided event with its key.</summary>
    public int Column { get; }

    public int Count => _codes.Length;

    /// <summary>Codes of one part's keys.</summary>
    public ReadOnlySpan<int> Of(int part) => _codes.AsSpan(BatchRun.RowsOf(part, Count));

    /// <exception cref="InvalidDataException">It is not said who asks, or nobody is known.</exception>
    public static BatchAudience Of(SystemDesign design, CodeDictionaries dictionaries)
    {
        var (entity, column) = WhoAsks(design);
        var keys = dictionaries[entity];
        int[] codes = [.. Enumerable.Range(0, keys.Count)
            .Select(code => (Code: code, Text: keys.Text(code)))
            .OrderBy(static k => HashOf(k.Text)).ThenBy(static k => k.Text, StringComparer.Ordinal)
            .Select(static k => k.Code)];
        return codes.Length > 0 ? new(entity, column, codes)
            : throw new InvalidDataException(
                $"{design.Decision.At}: no {entity} is known: no record and no catalogue names one; there is nobody to make pages for.");
    }

    /// <summary>The entity whose interactions sources learn from, and the decided event's column with its key.</summary>
    internal static (string Entity, int Column) WhoAsks(SystemDesign design)
    {
        var columns = design.Decision.Each.Columns;
        (string Entity, int Column)[] asking = [.. design.Decision.Ranking!.Candidates
            .Select(static c => c.Feed).OfType<FeedDesign>().Select(static f => (f.Entity, f.AskedColumn)).Distinct()];
        if (asking.Length == 0)
        {
            asking = [.. columns.Index().Where(static c => c.Item.Kind == ColumnKind.Key).Select(static c => (c.Item.Domain!, c.Index))];
        }
        return asking is [var one] ? one : throw new InvalidDataException(
            $"{design.Decision.At}: a batch makes a page for every key of one entity; "
            + (asking.Length == 0 ? $"'{design.Decision.Each.Name}' has no key. Give it one"
                : $"candidates are found for {string.Join(" and ", asking.Select(static a => a.Entity))}. Let all sources learn of one")
            + ", or serve online.");
    }

    private static ulong HashOf(string key)
    {
        var hash = 14695981039346656037UL;                             // FNV-1a, 64 bits
        foreach (var c in key) { hash = (hash ^ c) * 1099511628211UL; }
        return RandomStream.Mix(hash);
    }
}
