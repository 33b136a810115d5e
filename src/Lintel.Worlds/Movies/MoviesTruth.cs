namespace Lintel.Worlds.Movies;

/// <summary>What only a judge may know of a movies world: how likely each user would have liked each film at each
/// visit, and so the best page and what any page is worth. Films, users and visits are told by the ids of the events.
/// Not thread-safe.</summary>
/// <remarks>Nothing is read but the options: the world is drawn again from its seed. The value of a page is the
/// expected number of films that are played and liked, given what the user had been shown and had watched before the
/// visit: Σ over places of p^−½ · P(play) · P(like). A film whose work stands higher on the page, and one that could
/// not be shown, is worth nothing. As places count less the lower they stand, the best page has the most likely films
/// in order.</remarks>
public sealed class MoviesTruth
{
    private readonly MoviesOptions _options;
    private readonly Film[] _films;
    private readonly Viewer[] _viewers;
    private readonly MovieLedger _ledger;
    private readonly Tastes _tastes;
    private readonly Trail _trail;
    private readonly double[] _values;
    private readonly int[] _plays;
    private readonly int _headPlays;
    private int _looked = -1;

    internal MoviesTruth(MoviesOptions options, Film[] films, Viewer[] viewers, MovieLedger ledger)
    {
        (_options, _films, _viewers, _ledger) = (options, films, viewers, ledger);
        _tastes = new(options, films, viewers);
        _trail = new(films);
        _values = new double[films.Length];
        _plays = new int[films.Length];
        for (var i = 0; i < ledger.Film.Count; i++) { _plays[ledger.Film[i]] += double.IsNaN(ledger.Share[i]) ? 0 : 1; }
        _headPlays = _plays.OrderDescending().ElementAt(films.Length / 10);
    }

    /// <summary>Draws a world again from its options.</summary>
    public static MoviesTruth Of(MoviesOptions options)
    {
        options.Check();
        var (films, viewers) = (FilmCatalogue.Draw(options), Viewer.Draw(options));
        return new(options, films, viewers, MoviesSimulator.Run(options, films, viewers));
    }

    /// <summary>Of the files in a folder.</summary>
    /// <exception cref="InvalidDataException">The folder holds no movies world of this release.</exception>
    public static MoviesTruth Read(string folder) => MoviesWorld.ReadDescription(folder) is { } there
        ? Of(there.Options)
        : throw new InvalidDataException($"{folder} holds no movies world; 'lintel up recommendations' makes one");

    public MoviesOptions Options => _options;

    public int FilmCount => _films.Length;

    public int VisitCount => _ledger.Visits;

    /// <summary>User of a visit.</summary>
    public int User(int visit) => _ledger.Viewer[visit];

    /// <summary>When a visit was, microseconds since 1970 UTC.</summary>
    public long At(int visit) => MoviesWorld.Instant(_options, _ledger.Second[visit]);

    /// <summary>Day of a visit, from 0.</summary>
    public int Day(int visit) => _ledger.Day(visit);

    /// <summary>What was shown, from the top.</summary>
    public int[] Shown(int visit) =>
        [.. Enumerable.Range(visit * _ledger.Places, _ledger.Places).Select(i => (int)_ledger.Film[i])];

    /// <summary>The logging policy's own order, before exploration.</summary>
    public int[] Greedy(int visit) => [.. Enumerable.Range(visit * _ledger.Pool, _ledger.Pool).Select(i => (int)_ledger.Greedy[i])];

    /// <summary>Chance that a place, from 1, is looked at.</summary>
    public static double Examined(int place) => Tastes.Examined(place);

    /// <summary>Whether a film could be shown: it can be had, and the user is old enough.</summary>
    public bool CanShow(int visit, int film) =>
        LoggingPolicy.CanShow(_viewers[User(visit)], _films[film], _ledger.Second[visit]);

    /// <summary>Chance that a film that is looked at is played and liked.</summary>
    public double Like(int visit, int film)
    {
        Look(visit);
        var (user, day) = (User(visit), Day(visit));
        return _tastes.Play(user, film, day, _trail.Showings(film), _trail.HasWatched(film)) * _tastes.Like(user, film, day);
    }

    /// <summary>Chance that a film shown at a place is played and liked.</summary>
    public double LikeIfShown(int visit, int film, int place) => Examined(place) * Like(visit, film);

    /// <summary>Expected number of films on a page that are played and liked.</summary>
    public double ValueOfPage(int visit, ReadOnlySpan<int> page)
    {
        double value = 0;
        for (var i = 0; i < page.Length; i++)
        {
            var counts = CanShow(visit, page[i]);
            for (var j = 0; j < i; j++) { counts &= _films[page[j]].Work != _films[page[i]].Work; }
            if (counts) { value += LikeIfShown(visit, page[i], i + 1); }
        }
        return value;
    }

    /// <summary>The page of the highest value.</summary>
    public int[] BestPage(int visit, int length)
    {
        List<int> can = [];
        for (var film = 0; film < _films.Length; film++)
        {
            if (!CanShow(visit, film)) { continue; }
            _values[film] = Like(visit, film);
            can.Add(film);
        }
        can.Sort((a, b) => (_values[b], a).CompareTo((_values[a], b)));
        List<int> page = [];
        foreach (var film in can)
        {
            if (page.Count == length) { break; }
            if (page.TrueForAll(other => _films[other].Work != _films[film].Work)) { page.Add(film); }
        }
        return [.. page];
    }

    /// <summary>How much less than the best page of its length a page is worth.</summary>
    public double Regret(int visit, ReadOnlySpan<int> page) =>
        ValueOfPage(visit, BestPage(visit, page.Length)) - ValueOfPage(visit, page);

    /// <summary>A user who has watched nothing before the visit.</summary>
    public bool IsColdUser(int visit)
    {
        Look(visit);
        return _trail.Plays == 0;
    }

    /// <summary>A film released within two weeks before the visit.</summary>
    public bool IsColdItem(int visit, int film) =>
        _ledger.Second[visit] - _films[film].Released is >= 0 and < 14 * 86_400;

    /// <summary>A film among the tenth that was played most in all; of those with equal plays at the cut all.</summary>
    public bool IsHead(int film) => _plays[film] >= _headPlays;

    private void Look(int visit)
    {
        if (_looked == visit) { return; }
        _trail.Look(_ledger, User(visit), _ledger.Second[visit]);
        _looked = visit;
    }
}
