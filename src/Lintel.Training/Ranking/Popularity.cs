using Lintel.Events;
using Lintel.Events.Catalogues;
using Lintel.Numerics.Random;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;

namespace Lintel.Training.Ranking;

/// <summary>Trivial competitors of a ranking: the items that most had to do with in train, and random ones; both leave out what cannot
/// be had and, unless a source may offer it, what is known already.</summary>
internal sealed class Popularity
{
    private readonly CatalogueTable _items;
    private readonly int _askedColumn;
    private readonly int[] _byCount;
    private readonly Dictionary<int, List<(long Known, int Item)>> _known = [];

    private Popularity(CatalogueTable items, int askedColumn, int[] counts, int entities)
    {
        (_items, _askedColumn, Counts, Entities) = (items, askedColumn, counts, entities);
        _byCount = [.. Enumerable.Range(0, counts.Length).OrderByDescending(i => counts[i]).ThenBy(static i => RandomStream.Mix((ulong)i))];
    }

    /// <summary>Who had to do with each item in train, [items].</summary>
    public int[] Counts { get; }

    /// <summary>Who had to do with anything in train.</summary>
    public int Entities { get; }

    /// <param name="stage">What may be known.</param>
    public static Popularity Read(Preparation prepared, RankingStage stage, long trainedUntil)
    {
        var ranking = prepared.Design.Decision.Ranking!;
        var items = prepared.Compiled.Catalogues.First(c => c.Design.Name == ranking.Of.Name);
        var feed = ranking.Candidates.Select(static c => c.Feed).FirstOrDefault(static f => f is not null);
        if (feed is null) { return new(items, -1, new int[items.Count], 0); }
        var rows = stage.Hidden is { } hidden ? (Func<int, bool>)(row => hidden.Contains((feed.Event.Number, row))) : null;
        var interactions = FeedReader.Read(prepared.History, feed with { Where = null }, long.MaxValue, rows);
        var counts = new int[items.Count];
        foreach (var group in interactions.Where(i => i.Known < trainedUntil).GroupBy(static i => (i.Entity, i.Item)))
        {
            if (group.Key.Item < counts.Length) { counts[group.Key.Item]++; }
        }
        var entities = interactions.Where(i => i.Known < trainedUntil).Select(static i => i.Entity).Distinct().Count();
        var popularity = new Popularity(items, feed.AskedColumn, counts, entities);
        // where a source may offer what is known, what is known may be right
        foreach (var i in ranking.Candidates.Any(static c => c.OffersKnown) ? [] : interactions)
        {
            if (!popularity._known.TryGetValue(i.Entity, out var known)) { popularity._known.Add(i.Entity, known = []); }
            known.Add((i.Known, i.Item));
        }
        return popularity;
    }

    public int[] Best(in EventRecord record, int count) => Fill(_byCount, record, count);

    public int[] Random(in EventRecord record, int count, ulong draw)
    {
        var order = (int[])_byCount.Clone();
        new RandomStream(draw, stream: 0x9A2D).Shuffle<int>(order);
        return Fill(order, record, count);
    }

    private int[] Fill(int[] order, in EventRecord record, int count)
    {
        var known = Known(record);
        var list = new List<int>(count);
        foreach (var item in order)
        {
            if (list.Count == count) { break; }
            if (_items.IsThere(item, record.Known) && !known.Contains(item)) { list.Add(item); }
        }
        return [.. list];
    }

    private HashSet<int> Known(in EventRecord record)
    {
        var entity = _askedColumn < 0 ? double.NaN : record.Values[_askedColumn];
        if (double.IsNaN(entity) || !_known.TryGetValue((int)entity, out var interactions)) { return []; }
        var now = record.Known;
        return [.. interactions.TakeWhile(i => i.Known < now).Select(static i => i.Item)];
    }
}
