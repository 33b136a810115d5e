namespace Lintel.Retrieval.Sources;

/// <summary>The union of what several sources offered to one request, each item once, with who offered it at which rank. Reused from
/// request to request.</summary>
public sealed class CandidateSet
{
    private int[] _ranks = [];

    /// <param name="sourceCount">1 or more.</param>
    public CandidateSet(int sourceCount) => SourceCount = sourceCount;

    public int SourceCount { get; }

    public int Count { get; private set; }

    /// <summary>[Count]; in the order of first offer.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    private int[] _items = [];

    /// <summary>Rank from 1 that a source gave; 0: it did not offer the candidate.</summary>
    public int Rank(int candidate, int source) => _ranks[(candidate * SourceCount) + source];

    public ReadOnlySpan<int> Ranks(int candidate) => _ranks.AsSpan(candidate * SourceCount, SourceCount);

    public void Clear() => Count = 0;

    /// <summary>Adds a candidate that is not there yet.</summary>
    /// <returns>Its index.</returns>
    public int Add(int item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(64, 2 * Count));
            Array.Resize(ref _ranks, _items.Length * SourceCount);
        }
        _items[Count] = item;
        _ranks.AsSpan(Count * SourceCount, SourceCount).Clear();
        return Count++;
    }

    public void SetRank(int candidate, int source, int rank) => _ranks[(candidate * SourceCount) + source] = rank;
}
