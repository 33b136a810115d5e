namespace Lintel.Worlds.Queries;

/// <summary>Everything that happened, in columns: searches in the order of time, and of each its page from the top. A search's and an
/// impression's number is its place.</summary>
internal sealed class SearchLedger
{
    /// <summary>Not clicked, not bought.</summary>
    public const int None = -1;

    // search → first impression; one more than there are searches
    private readonly List<int> _first = [0];

    public int Searches => Query.Count;

    public int Impressions => Document.Count;

    /// <summary>By search.</summary>
    public List<int> Query { get; } = [];

    /// <summary>Seconds since the first midnight.</summary>
    public List<int> Second { get; } = [];

    public List<int> Session { get; } = [];

    public List<int> User { get; } = [];

    public List<SearchEnd> End { get; } = [];

    /// <summary>Whether the page was drawn from the pool.</summary>
    public List<bool> IsExplored { get; } = [];

    /// <summary>By impression.</summary>
    public List<int> Document { get; } = [];

    public List<double> Propensity { get; } = [];

    /// <summary>Seconds from the search to the click; <see cref="None"/>: it was not clicked.</summary>
    public List<int> Click { get; } = [];

    /// <summary>Seconds from the click to the purchase; <see cref="None"/>: nothing was bought.</summary>
    public List<int> Purchase { get; } = [];

    public int First(int search) => _first[search];

    public int PageLength(int search) => _first[search + 1] - _first[search];

    /// <summary>Closes a search's page.</summary>
    public void Close() => _first.Add(Document.Count);

    /// <summary>First search of a day or of the next that has one.</summary>
    public int FirstOf(int day)
    {
        var at = Second.BinarySearch(Math.Min(day, int.MaxValue / 86_400) * 86_400);
        at = at < 0 ? ~at : at;
        while (at > 0 && Second[at - 1] >= day * 86_400L) { at--; }
        return at;
    }
}

/// <summary>How a search ended.</summary>
internal enum SearchEnd : byte
{
    Satisfied,
    /// <summary>The same is searched for by other words.</summary>
    Reformulated,
    Abandoned,
}
