using Lintel.Retrieval.Sources;

namespace Lintel.Retrieval.Neighbours;

/// <summary>Interactions one user after another, each user's in the order in which they became known.
/// Immutable.</summary>
internal sealed class Sequences
{
    private readonly int[] _starts;
    private readonly Interaction[] _interactions;
    private readonly int[] _occurrenceStarts, _occurrences;

    private Sequences(int[] starts, Interaction[] interactions, int[] places, int[] occurrenceStarts, int[] occurrences)
    {
        (_starts, _interactions, Places) = (starts, interactions, places);
        (_occurrenceStarts, _occurrences) = (occurrenceStarts, occurrences);
    }

    /// <summary>Place of the item of each position.</summary>
    internal int[] Places { get; }

    internal int Count => _interactions.Length;

    internal int UserCount => _starts.Length - 1;

    internal Interaction this[int position] => _interactions[position];

    /// <summary>Positions of a user: from, to (excluded).</summary>
    internal (int From, int To) Of(int user) => (_starts[user], _starts[user + 1]);

    /// <summary>Positions at which the item of a place occurs, ascending.</summary>
    internal ReadOnlySpan<int> Occurrences(int place) =>
        _occurrences.AsSpan(_occurrenceStarts[place].._occurrenceStarts[place + 1]);

    /// <summary>Every interaction.</summary>
    internal static Sequences All(SourceExamples examples, ItemPlaces places) =>
        Of(examples, examples.Interactions, places);

    /// <summary>Each item of a user once, at its latest interaction.</summary>
    internal static Sequences Latest(SourceExamples examples, ItemPlaces places)
    {
        var all = All(examples, places);
        var seenBy = new int[places.Count];
        var kept = new List<Interaction>(all.Count);
        for (var user = 0; user < all.UserCount; user++)
        {
            var (from, to) = all.Of(user);
            for (var position = to - 1; position >= from; position--)
            {
                if (seenBy[all.Places[position]] == user + 1) { continue; }
                seenBy[all.Places[position]] = user + 1;
                kept.Add(all[position]);
            }
        }
        kept.Reverse();
        return Of(examples, [.. kept], places);
    }

    private static Sequences Of(SourceExamples examples, Interaction[] interactions, ItemPlaces places)
    {
        var (starts, order) = Group(interactions, examples.EntityCount, static i => i.Entity);
        Interaction[] sorted = [.. order.Select(i => interactions[i])];
        int[] placed = [.. sorted.Select(i => places.Of(i.Item))];
        var (occurrenceStarts, occurrences) = Group(placed, places.Count, static place => place);
        return new(starts, sorted, placed, occurrenceStarts, occurrences);
    }

    /// <summary>Indices by a key, those of one key as they come; where each key's start, [keys + 1].</summary>
    private static (int[] Starts, int[] Order) Group<T>(T[] values, int keyCount, Func<T, int> key)
    {
        var starts = new int[keyCount + 1];
        foreach (var value in values) { starts[key(value) + 1]++; }
        for (var k = 0; k < keyCount; k++) { starts[k + 1] += starts[k]; }
        var next = starts.AsSpan(0, keyCount).ToArray();
        var order = new int[values.Length];
        for (var i = 0; i < values.Length; i++) { order[next[key(values[i])]++] = i; }
        return (starts, order);
    }
}
