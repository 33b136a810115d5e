using Lintel.Design.Kinds;
using Lintel.Events.Catalogues;
using Lintel.Models;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Sources;

/// <summary>A fitted source of candidates: immutable and safe for many threads. What changes with every record (histories, counts)
/// comes with the request.</summary>
public interface ICandidateSource
{
    /// <summary>Offers items, best first; ties in the order of the items' names are the source's to break by what it knows, never by
    /// the code's value alone where the code tells the order of a file.</summary>
    /// <param name="best">[quota], filled from its start; NaN scores never enter.</param>
    /// <returns>How many were filled: fewer when it has no more, 0 when it knows nothing of who asks.</returns>
    int Retrieve(CandidateRequest request, Span<ScoredItem> best);

    /// <summary>Writes the payload; the version folder wraps it in a sealed file.</summary>
    void Write(BinaryWriter writer);
}

/// <summary>What sources of one kind need besides what they were fitted on, and how they are fitted and read.</summary>
public interface ICandidateTrainer
{
    Kind Kind { get; }

    /// <summary>What requests must bring.</summary>
    SourceNeeds Needs { get; }

    /// <summary>Whether it offers what is known already by its nature, such as what was left unfinished.</summary>
    bool OffersKnown => false;

    /// <exception cref="FitException">It cannot be fitted on these.</exception>
    ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context);

    /// <exception cref="InvalidDataException">Cut short, or holds numbers that are not finite.</exception>
    ICandidateSource Read(BinaryReader reader);
}

[Flags]
public enum SourceNeeds
{
    None = 0,
    /// <summary>A feed, and from it what the one who asks had to do with (<see cref="CandidateRequest.History"/>).</summary>
    History = 1,
    /// <summary>A feed, and from it how often each item occurred within a window (<see cref="CandidateRequest.Counts"/>).</summary>
    Counts = 2,
}

/// <summary>What a source is fitted on.</summary>
public sealed class SourceExamples
{
    /// <summary>In the order in which they became known.</summary>
    public required Interaction[] Interactions { get; init; }

    /// <summary>Codes of those who ask: 0 to EntityCount − 1.</summary>
    public required int EntityCount { get; init; }

    public required CatalogueTable Items { get; init; }

    /// <summary>Codes of items: 0 to ItemCount − 1; those beyond the catalogue occur in events only.</summary>
    public required int ItemCount { get; init; }
}

/// <summary>One question to a source. Reused from request to request; nothing in it may be kept.</summary>
public sealed class CandidateRequest
{
    private Interaction[] _history = [];
    private int _historyCount;

    /// <summary>When it is asked, microseconds since 1970 UTC.</summary>
    public long Now { get; set; }

    /// <summary>Code of who asks; −1: nobody known.</summary>
    public int Entity { get; set; } = -1;

    /// <summary>What is known of who asks, oldest first; an item may occur several times.</summary>
    public ReadOnlySpan<Interaction> History => _history.AsSpan(0, _historyCount);

    /// <summary>[items]: how often each occurred within the window and segment asked for; empty when not needed.</summary>
    public ReadOnlyMemory<int> Counts { get; set; }

    /// <summary>[items]: the same over all segments.</summary>
    public ReadOnlyMemory<int> AllCounts { get; set; }

    /// <summary>[items]: 1 where an item may be offered: it can be had now, and it is not known already where the source may not offer
    /// that.</summary>
    public ReadOnlyMemory<byte> Offered { get; set; }

    public bool MayOffer(int item) => (uint)item < (uint)Offered.Length && Offered.Span[item] != 0;

    /// <summary>Makes room and says how much of it is used.</summary>
    public Span<Interaction> SetHistory(int count)
    {
        if (_history.Length < count) { _history = new Interaction[Math.Max(count, 2 * _history.Length)]; }
        _historyCount = count;
        return _history.AsSpan(0, count);
    }
}
