namespace Lintel.Worlds.Movies;

/// <summary>What one viewer saw before a visit. Used again from visit to visit; not thread-safe.</summary>
internal sealed class Trail(Film[] films)
{
    private readonly int[] _showings = new int[films.Length];
    private readonly bool[] _watched = new bool[films.Length];
    private readonly double[] _genres = new double[FilmCatalogue.Genres.Count];
    private readonly List<int> _touched = [];

    /// <summary>Films watched to their half, and their genres' shares.</summary>
    public int Plays { get; private set; }

    /// <summary>Times that a film was shown within <see cref="Tastes.FatigueDays"/>.</summary>
    public int Showings(int film) => _showings[film];

    /// <summary>Whether the film, or another release of it, was watched to its half.</summary>
    public bool HasWatched(int film) => _watched[films[film].Work];

    /// <summary>Plays of films with a genre; a film counts in equal parts.</summary>
    public double Genre(int genre) => _genres[genre];

    /// <summary>Looks at everything before a moment.</summary>
    public void Look(MovieLedger ledger, int viewer, int second)
    {
        foreach (var film in _touched) { (_showings[film], _watched[film]) = (0, false); }
        _touched.Clear();
        Array.Clear(_genres);
        Plays = 0;
        if (!ledger.VisitsOf.TryGetValue(viewer, out var visits)) { return; }
        foreach (var visit in visits)
        {
            if (ledger.Second[visit] >= second) { break; }
            var isRecent = second - ledger.Second[visit] < Tastes.FatigueDays * 86_400;
            for (var i = visit * ledger.Places; i < (visit + 1) * ledger.Places; i++)
            {
                var film = ledger.Film[i];
                _touched.Add(film);
                if (isRecent) { _showings[film]++; }
                if (!(ledger.Share[i] >= 0.5)) { continue; }
                _watched[films[film].Work] = true;
                _touched.Add(films[film].Work);
                Plays++;
                foreach (var g in films[film].Genres) { _genres[g] += 1.0 / films[film].Genres.Length; }
            }
        }
    }
}
