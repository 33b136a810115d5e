using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.State;

/// <summary>Turns an event's records into a feed's interactions.</summary>
internal sealed class FeedRecords
{
    private readonly FeedDesign _feed;
    private readonly ExpressionProgram? _where, _weight;

    public FeedRecords(FeedDesign feed, CodeDictionaries dictionaries, TimeZoneInfo zone)
    {
        _feed = feed;
        _where = feed.Where is null ? null : ExpressionProgram.ForEvent(feed.Where, dictionaries, zone);
        _weight = feed.Weight is null ? null : ExpressionProgram.ForEvent(feed.Weight, dictionaries, zone);
    }

    public FeedDesign Feed => _feed;

    /// <summary>False: the record does not count, names nobody or nothing, or weighs nothing.</summary>
    public bool TryRead(long known, ReadOnlySpan<double> values, out Interaction interaction)
    {
        interaction = default;
        var (entity, item) = (values[_feed.EntityColumn], values[_feed.ItemColumn]);
        if (double.IsNaN(entity) || double.IsNaN(item) || _where?.Holds(values) == false) { return false; }
        var weight = _weight?.Evaluate(values) ?? 1;
        if (!(weight > 0)) { return false; }
        interaction = new((int)entity, (int)item, known, (float)weight);
        return true;
    }
}
