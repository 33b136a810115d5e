namespace Lintel.Worlds.Movies;

/// <summary>What pages were worth beside the best ones, over many visits and by slice. Not thread-safe.</summary>
/// <remarks>A slice of visits (users without a watched film, the others) sums whole pages. A slice of the catalogue
/// (new films, the tenth that is played most, the rest) sums what its films add to the given pages and to the best
/// ones: where the best pages earn much more from a slice than the given ones, it is shown too little.</remarks>
public sealed class PageRegret(MoviesTruth truth)
{
    private readonly SortedDictionary<string, (int Visits, double Value, double Best)> _slices = new(StringComparer.Ordinal);

    /// <summary>Adds a visit's page, from the top.</summary>
    public void Add(int visit, ReadOnlySpan<int> page)
    {
        var best = truth.BestPage(visit, page.Length);
        var (value, most) = (truth.ValueOfPage(visit, page), truth.ValueOfPage(visit, best));
        Sum("all", value, most);
        Sum(truth.IsColdUser(visit) ? "visits of cold users" : "visits of known users", value, most);
        AddFilms(visit, "cold films", page, best, film => truth.IsColdItem(visit, film));
        AddFilms(visit, "head films", page, best, truth.IsHead);
        AddFilms(visit, "tail films", page, best, film => !truth.IsHead(film));
    }

    /// <summary>By slice, alphabetically; means over its visits.</summary>
    public IReadOnlyList<RegretSlice> Results() =>
        [.. _slices.Select(static s => new RegretSlice(s.Key, s.Value.Visits, s.Value.Value / s.Value.Visits, s.Value.Best / s.Value.Visits))];

    private void AddFilms(int visit, string name, ReadOnlySpan<int> page, int[] best, Func<int, bool> holds) =>
        Sum(name, Part(visit, page, holds), Part(visit, best, holds));

    /// <summary>What some of a page's films are worth where they stand.</summary>
    private double Part(int visit, ReadOnlySpan<int> page, Func<int, bool> holds)
    {
        double value = 0, before = 0;
        for (var i = 0; i < page.Length; i++)
        {
            // each film's own share: what the page is worth with it less what it is worth up to it
            var with = truth.ValueOfPage(visit, page[..(i + 1)]);
            value += holds(page[i]) ? with - before : 0;
            before = with;
        }
        return value;
    }

    private void Sum(string slice, double value, double best)
    {
        var (visits, sum, most) = _slices.GetValueOrDefault(slice);
        _slices[slice] = (visits + 1, sum + value, most + best);
    }
}

/// <param name="Value">Films of a page expected to be played and liked.</param> <param name="Best">The same of the best
/// page.</param>
public sealed record RegretSlice(string Slice, int Visits, double Value, double Best)
{
    public double Regret => Best - Value;
}
