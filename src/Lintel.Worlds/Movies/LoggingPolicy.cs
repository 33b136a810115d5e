using Lintel.Numerics.Random;

namespace Lintel.Worlds.Movies;

/// <summary>The policy that made the log: what was played much in the last days, of genres that the user played, a
/// little chance that differs by user, day and film, and no film that the user has seen. A declared share of pages
/// stands in an order drawn uniformly from its pool.</summary>
internal sealed class LoggingPolicy(MoviesOptions options, Film[] films, Viewer[] viewers)
{
    private const int PopularDays = 7;
    private const int Slack = 10;

    // plays of each film by day
    private readonly int[][] _plays = [.. Enumerable.Range(0, options.Days).Select(_ => new int[films.Length])];
    private readonly double[] _popular = new double[films.Length];
    private readonly double[] _scores = new double[options.Pool + Slack];
    private readonly int[] _first = new int[options.Pool + Slack];

    public void Played(int day, int film) => _plays[day][film]++;

    /// <summary>Counts what was played before a day.</summary>
    public void Begin(int day)
    {
        for (var film = 0; film < films.Length; film++)
        {
            var plays = 0;
            for (var d = Math.Max(0, day - PopularDays); d < day; d++) { plays += _plays[d][film]; }
            // before there is a week to look back on, a film's fame is all that an editor goes by
            _popular[film] = (0.5 * Math.Log(1 + plays)) + (0.4 * films[film].Fame * Math.Exp(-day / 5.0));
        }
    }

    /// <summary>The order of the pool before exploration, best first.</summary>
    /// <param name="trail">Of the viewer at the visit.</param> <param name="pool">[Pool], filled.</param>
    public void Order(int viewer, int second, Trail trail, Span<int> pool)
    {
        var day = second / 86_400;
        var salt = RandomStream.Mix(options.Seed ^ ((ulong)viewer << 32) ^ (uint)day);
        var count = 0;
        for (var film = 0; film < films.Length; film++)
        {
            var f = films[film];
            if (!CanShow(viewers[viewer], f, second) || trail.HasWatched(film)) { continue; }
            var score = _popular[film] - (0.4 * trail.Showings(film)) + Affinity(f, trail);
            if (second - f.Released < 14 * 86_400) { score += 0.8; }
            // exponential chance: of films far from the top each is drawn about in proportion to its plays to the power of 0.5 / 0.6
            score -= 0.6 * Math.Log(((RandomStream.Mix(salt + (uint)film) >> 11) + 0.5) * (1.0 / (1UL << 53)));
            count = Insert(score, film, count);
        }
        var taken = 0;
        for (var i = 0; i < count && taken < pool.Length; i++)
        {
            var isNew = true;
            for (var j = 0; j < taken; j++) { isNew &= films[pool[j]].Work != films[_first[i]].Work; }
            if (isNew) { pool[taken++] = _first[i]; }
        }
        if (taken < pool.Length)
        {
            throw new InvalidOperationException($"only {taken} films can be shown to user {viewer}, a pool of {pool.Length} was asked for");
        }
    }

    public static bool CanShow(Viewer viewer, Film film, long second) =>
        film.IsThere(second) && (film.Maturity <= 16 || viewer.Age >= 16);

    /// <summary>The chance that a page holds a film at a place: its share of drawn pages, and the rest where the own
    /// order has it.</summary>
    public static double Propensity(MoviesOptions options, bool isGreedy) =>
        (options.Explored / options.Pool) + (isGreedy ? 1 - options.Explored : 0);

    private static double Affinity(Film film, Trail trail)
    {
        if (trail.Plays == 0) { return 0; }
        double share = 0;
        foreach (var g in film.Genres) { share += trail.Genre(g); }
        return 3 * share / (trail.Plays + 2) / film.Genres.Length;
    }

    private int Insert(double score, int film, int count)
    {
        if (count == _scores.Length && !(score > _scores[^1])) { return count; }
        var i = count < _scores.Length ? count++ : count - 1;
        for (; i > 0 && _scores[i - 1] < score; i--) { (_scores[i], _first[i]) = (_scores[i - 1], _first[i - 1]); }
        (_scores[i], _first[i]) = (score, film);
        return count;
    }
}
