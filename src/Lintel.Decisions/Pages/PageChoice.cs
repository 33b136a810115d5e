namespace Lintel.Decisions.Pages;

/// <summary>Fills a page's places one by one from a pool of the best candidates: what re-ranking steps share.</summary>
internal ref struct PageChoice
{
    /// <summary>The pool holds this many times the page.</summary>
    public const int Depth = 3;

    private const int Taken = -1;

    private readonly Span<int> _order;
    private readonly int _places;
    private int _chosen;

    /// <param name="places">Of the page.</param>
    public PageChoice(Page page, int places)
    {
        _order = page.Order[..(int)Math.Min(page.Count, (long)Depth * places)];
        Pool = page.Scratch.First(_order.Length);
        _order.CopyTo(Pool);
        _places = Math.Min(places, _order.Length);
    }

    /// <summary>Candidates that compete, best first; those chosen are not there any more.</summary>
    public Span<int> Pool { get; }

    /// <summary>Whether a place is to be filled yet.</summary>
    public readonly bool IsOpen => _chosen < _places;

    /// <summary>How many were chosen.</summary>
    public readonly int Count => _chosen;

    public readonly bool IsTaken(int index) => Pool[index] == Taken;

    /// <summary>1 for the first of the pool, evenly less for each that follows.</summary>
    public readonly double Relevance(int index) => 1 - ((double)index / Pool.Length);

    /// <summary>Puts one of the pool at the next place.</summary>
    /// <returns>The candidate.</returns>
    public int Take(int index)
    {
        var candidate = Pool[index];
        Pool[index] = Taken;
        return _order[_chosen++] = candidate;
    }

    /// <summary>Those that were not chosen follow in their order.</summary>
    public readonly void Finish()
    {
        var place = _chosen;
        foreach (var candidate in Pool)
        {
            if (candidate != Taken) { _order[place++] = candidate; }
        }
    }
}
