using Lintel.Design;

namespace Lintel.Events.Sources;

/// <summary>One event's rows while its source is read, in the order of the source.</summary>
internal sealed class EventRows
{
    internal EventRows(EventDesign design, CodeDictionaries dictionaries, Dictionary<string, KeyCoder> coders)
    {
        Event = design;
        Faults = new(design);
        var own = design.InheritedFrom;
        Columns = new GrowingColumn<double>[own];
        Coders = new KeyCoder?[own];
        KnownAt = new GrowingColumn<long>?[own];
        for (var c = 0; c < own; c++)
        {
            Columns[c] = new();
            if (design.Columns[c].KnownAt is not null) { KnownAt[c] = new(); }
            if (design.Columns[c].Domain is not { } domain) { continue; }
            if (!coders.TryGetValue(domain, out var coder)) { coders.Add(domain, coder = new(dictionaries[domain])); }
            Coders[c] = coder;
        }
    }

    internal EventDesign Event { get; }

    /// <summary>What messages call it.</summary>
    internal string Noun { get; init; } = "event";

    internal FaultLedger Faults { get; }

    /// <summary>Rows of the source so far, unusable ones included (those that could not be parted into columns are not).</summary>
    internal long SourceRows { get; set; }

    /// <summary>Row of the source that each record came from.</summary>
    internal GrowingColumn<long> Origins { get; } = new();

    internal GrowingColumn<long> Time { get; } = new();

    /// <summary>Empty when records are known at their time.</summary>
    internal GrowingColumn<long> Known { get; } = new();

    internal IdBuilder Ids { get; } = new();

    internal IdBuilder SubjectIds { get; } = new();

    /// <summary>Own columns; those of time and known stay empty.</summary>
    internal GrowingColumn<double>[] Columns { get; }

    internal KeyCoder?[] Coders { get; }

    /// <summary>For fields that become known later than their record: when; <see cref="long.MaxValue"/>: never.</summary>
    internal GrowingColumn<long>?[] KnownAt { get; }

    /// <summary>First row that the log brought; those before are of files.</summary>
    internal int FirstLogged => Time.Count - Places.Count;

    /// <summary>Places of the rows that the log brought.</summary>
    internal GrowingColumn<long> Places { get; } = new();

    /// <summary>Records have ids: the design's, or those that live ones were given.</summary>
    internal bool HasIds => Event.Id is not null || (Places.Count > 0 && Ids.Count > 0);

    /// <summary>The rows that follow are the log's: their known instant is their own, and where one of them has an id, all
    /// rows have.</summary>
    internal void BeginLog()
    {
        if (Event.Known is not null || Known.Count > 0) { return; }
        foreach (var time in Time.Values) { Known.Add(time); }
    }

    /// <summary>Adds everything of a record of the log but its columns.</summary>
    /// <param name="id">Empty without one.</param>
    internal void AddLogged(long place, long time, long known, string id, string subject)
    {
        if (Event.Id is null && id.Length > 0)
        {
            // rows without an id of their own are named by their position
            for (var row = Ids.Count; row < Origins.Count; row++) { Ids.Add(Origins.Values[row]); }
        }
        Origins.Add(SourceRows++);
        Places.Add(place);
        Time.Add(time);
        Known.Add(known);
        if (Event.Id is not null || id.Length > 0 || Ids.Count > 0) { Ids.Add(System.Text.Encoding.UTF8.GetBytes(id)); }
        if (Event.About is not null) { SubjectIds.Add(System.Text.Encoding.UTF8.GetBytes(subject)); }
    }
}
