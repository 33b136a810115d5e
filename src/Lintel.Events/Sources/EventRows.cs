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
}
