namespace Lintel.Worlds.Movies;

/// <summary>The truth of who plays and likes what.</summary>
/// <remarks><para>A place p, from 1, is looked at with probability p^−½ (position-based clicks: Craswell et al., WSDM
/// 2008). What is looked at is played with probability σ(−2.7 + 0.7 fame + 0.5 quality + 0.8 genres + 0.45 taste −
/// fatigue), and what is played is liked with probability σ(−0.4 + 0.7 quality + 0.5 genres + 0.75 taste). Genres is
/// the mean over the film's genres of the user's liking and of the fashion of the day, taste the dot product of factors
/// over √8.</para>
/// <para>Fatigue: 0.5 for each time the film was shown within 7 days, 4 where the work was watched to its half
/// before.</para></remarks>
internal sealed class Tastes
{
    public const int FatigueDays = 7;

    private const double PerShowing = 0.5, Watched = 4;

    private readonly Film[] _films;
    private readonly Viewer[] _viewers;
    // [day][genre]
    private readonly double[][] _fashion;

    public Tastes(MoviesOptions options, Film[] films, Viewer[] viewers)
    {
        (_films, _viewers) = (films, viewers);
        _fashion = Fashion(options);
    }

    /// <summary>Chance that a place, from 1, is looked at.</summary>
    public static double Examined(int place) => 1 / Math.Sqrt(place);

    /// <summary>Chance that a film that is looked at is played.</summary>
    /// <param name="showings">Times shown to the user within <see cref="FatigueDays"/>.</param>
    /// <param name="watched">Whether they have seen the work.</param>
    public double Play(int viewer, int film, int day, int showings, bool watched)
    {
        var f = _films[film];
        return Sigmoid(
            -2.7 + (0.7 * f.Fame) + (0.5 * f.Quality) + (0.8 * Genres(viewer, f, day)) + (0.45 * Taste(viewer, f)) - (PerShowing * showings)
            - (watched ? Watched : 0));
    }

    /// <summary>Chance that a film that is played is liked.</summary>
    public double Like(int viewer, int film, int day)
    {
        var f = _films[film];
        return Sigmoid(-0.4 + (0.7 * f.Quality) + (0.5 * Genres(viewer, f, day)) + (0.75 * Taste(viewer, f)));
    }

    private double Taste(int viewer, Film film)
    {
        double sum = 0;
        var (u, v) = (_viewers[viewer].Factors, film.Factors);
        for (var k = 0; k < FilmCatalogue.Rank; k++) { sum += u[k] * v[k]; }
        return sum / Math.Sqrt(FilmCatalogue.Rank);
    }

    private double Genres(int viewer, Film film, int day)
    {
        double sum = 0;
        foreach (var g in film.Genres) { sum += _viewers[viewer].Genres[g] + _fashion[day][g]; }
        return sum / film.Genres.Length;
    }

    /// <summary>Slow waves, and from the drift on two genres more liked and two less.</summary>
    private static double[][] Fashion(MoviesOptions options)
    {
        var count = FilmCatalogue.Genres.Count;
        var random = MovieStreams.Open(options, MovieStreams.Genre, 2_000);
        var phases = new double[count];
        for (var g = 0; g < count; g++) { phases[g] = random.NextDouble(); }
        var turned = Turned(options);
        var fashion = new double[options.Days][];
        for (var day = 0; day < options.Days; day++)
        {
            fashion[day] = new double[count];
            for (var g = 0; g < count; g++)
            {
                fashion[day][g] = 0.3 * Math.Sin(2 * Math.PI * ((day / 30.0) + phases[g]));
                if (day >= options.DriftDay) { fashion[day][g] += turned[g]; }
            }
        }
        return fashion;
    }

    /// <summary>What the drift adds to each genre: +1 to two, −1 to two others.</summary>
    public static double[] Turned(MoviesOptions options)
    {
        int[] order = [.. Enumerable.Range(0, FilmCatalogue.Genres.Count)];
        MovieStreams.Open(options, MovieStreams.Genre, 3_000).Shuffle<int>(order);
        var turned = new double[order.Length];
        (turned[order[0]], turned[order[1]], turned[order[2]], turned[order[3]]) = (1, 1, -1, -1);
        return turned;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
