using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Events;
using Lintel.Features;
using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.State;

/// <summary>What candidate sources read that goes with the log: histories and counts, each once for the feeds that are equal. Fed and read
/// by whoever feeds and reads the feature engine, in the same steps. Not thread-safe.</summary>
public sealed class RetrievalState
{
    private readonly List<(FeedRecords Records, UserHistories Histories)> _feeds = [];
    private readonly List<(int Feed, int SegmentColumn, WindowCounts Counts)> _windows = [];
    private readonly (int Feed, int Window)[] _ofSource;
    private readonly List<(int Feed, int Window, Interaction Interaction, double Segment)> _pending = [];
    private readonly InstantOrder _order;
    private long _last = long.MinValue;

    /// <param name="dictionaries">Texts that the feeds' conditions name get their codes now.</param>
    public RetrievalState(SystemDesign design, CodeDictionaries dictionaries, InstantOrder order)
    {
        _order = order;
        var names = new List<string>();
        var windowNames = new List<string>();
        _ofSource = [.. design.Decision.Ranking!.Candidates.Select(candidate =>
        {
            if (candidate.Feed is not { } feed) { return (-1, -1); }
            var name = NameOf(feed);
            var f = names.IndexOf(name);
            if (f < 0)
            {
                f = names.Count;
                names.Add(name);
                _feeds.Add((new(feed, dictionaries, design.TimeZone), new()));
            }
            if (!Needs(candidate.Kind).HasFlag(SourceNeeds.Counts)) { return (f, -1); }
            var windowName = $"{name} over {feed.Over?.Ticks} by {feed.Segment}";
            var w = windowNames.IndexOf(windowName);
            if (w < 0)
            {
                w = windowNames.Count;
                windowNames.Add(windowName);
                _windows.Add((f, feed.Segment?.Event ?? -1, new(feed.Over?.Ticks / TimeSpan.TicksPerMicrosecond)));
            }
            return (f, w);
        })];
    }

    /// <summary>Takes one record, in log order; those that no feed reads are passed over.</summary>
    public void Accept(in EventRecord record)
    {
        Advance(record.Known);
        for (var f = 0; f < _feeds.Count; f++)
        {
            var records = _feeds[f].Records;
            if (records.Feed.Event.Number != record.Type || !records.TryRead(record.Known, record.Values, out var interaction))
            {
                continue;
            }
            Take(f, -1, interaction, double.NaN);
            for (var w = 0; w < _windows.Count; w++)
            {
                var (of, segment, _) = _windows[w];
                if (of == f) { Take(f, w, interaction, segment < 0 ? double.NaN : record.Values[segment]); }
            }
        }
    }

    /// <summary>Lets time pass: what was known before an instant can be read then, and what has left a window cannot.</summary>
    public void Advance(long known)
    {
        if (known <= _last) { return; }
        EndInstant();
        _last = known;
        foreach (var (_, _, counts) in _windows) { counts.Advance(known); }
    }

    /// <summary>What a source's feed tells of an entity; empty without a feed.</summary>
    internal ReadOnlySpan<Interaction> History(int source, int entity) =>
        _ofSource[source].Feed is >= 0 and var feed ? _feeds[feed].Histories.Of(entity) : [];

    /// <summary>Number of a source's feed: sources with the same one leave out the same items; −1: it has none.</summary>
    internal int FeedOf(int source) => _ofSource[source].Feed;

    /// <summary>A source's counts; null: it needs none.</summary>
    internal WindowCounts? Counts(int source) => _ofSource[source].Window is >= 0 and var window ? _windows[window].Counts : null;

    public void Write(BinaryWriter writer)
    {
        writer.Write(_last);
        foreach (var (_, histories) in _feeds) { histories.Write(writer); }
        foreach (var (_, _, counts) in _windows) { counts.Write(writer); }
        writer.Write(_pending.Count);
        foreach (var (feed, window, i, segment) in _pending)
        {
            writer.Write(feed);
            writer.Write(window);
            writer.Write(i.Entity);
            writer.Write(i.Item);
            writer.Write(i.Known);
            writer.Write(i.Weight);
            writer.Write(segment);
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote into a state that is empty.</summary>
    public void Read(BinaryReader reader)
    {
        _last = reader.ReadInt64();
        foreach (var (_, histories) in _feeds) { histories.Read(reader); }
        foreach (var (_, _, counts) in _windows) { counts.Read(reader); }
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            _pending.Add((reader.ReadInt32(), reader.ReadInt32(),
                new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadSingle()), reader.ReadDouble()));
        }
        // a state that replay saved goes on by place when it serves: its last instant is over then
        if (_order == InstantOrder.ByPlace) { EndInstant(); }
    }

    private void EndInstant()
    {
        foreach (var (feed, window, interaction, segment) in _pending) { Enter(feed, window, interaction, segment); }
        _pending.Clear();
    }

    /// <param name="window">−1: it goes into the histories.</param>
    private void Take(int feed, int window, in Interaction interaction, double segment)
    {
        if (_order == InstantOrder.Together) { _pending.Add((feed, window, interaction, segment)); }
        else { Enter(feed, window, interaction, segment); }
    }

    private void Enter(int feed, int window, in Interaction interaction, double segment)
    {
        if (window < 0) { _feeds[feed].Histories.Enter(interaction); }
        else { _windows[window].Counts.Enter(interaction.Known, interaction.Item, segment); }
    }

    private static SourceNeeds Needs(string kind) => CandidateKinds.Find(kind).Needs;

    private static string NameOf(FeedDesign feed) =>
        $"{feed.Event.Name} of {feed.EntityColumn} and {feed.ItemColumn} where {Print(feed.Where)} weighs {Print(feed.Weight)}";

    private static string Print(Expression? expression) => expression is null ? "" : ExpressionPrinter.Print(expression);
}
