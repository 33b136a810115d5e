namespace Lintel.Worlds.Movies;

/// <summary>Simulates visits day by day: who comes, what the logging policy shows, what is played and liked.</summary>
internal static class MoviesSimulator
{
    // of what is liked, the share that is seen to the end
    private const double Finished = 0.85;

    public static MovieLedger Run(MoviesOptions options, Film[] films, Viewer[] viewers, IProgress<double>? progress = null)
    {
        var ledger = new MovieLedger(options.Places, options.Pool);
        var policy = new LoggingPolicy(options, films, viewers);
        var tastes = new Tastes(options, films, viewers);
        var trail = new Trail(films);
        List<(int Second, int Viewer, byte Device, byte Region)> coming = [];
        for (var day = 0; day < options.Days; day++)
        {
            policy.Begin(day);
            coming.Clear();
            foreach (var viewer in viewers) { Come(options, viewer, day, coming); }
            coming.Sort();
            foreach (var (second, viewer, device, region) in coming)
            {
                trail.Look(ledger, viewer, second);
                Show(options, films, ledger, policy, trail, viewer, second);
                Add(ledger, viewer, second, device, region);
                Watch(options, films, ledger, policy, tastes, trail, ledger.Visits - 1);
            }
            progress?.Report((day + 1.0) / options.Days);
        }
        return ledger;
    }

    private static void Come(MoviesOptions options, Viewer viewer, int day, List<(int, int, byte, byte)> coming)
    {
        if (day < viewer.Arrives) { return; }
        var random = MovieStreams.Open(options, MovieStreams.Visit, viewer.Id, day);
        // who arrives comes on that day for sure
        var isFirst = viewer.Arrives > 0 && day == viewer.Arrives;
        if (random.NextDouble() >= viewer.VisitRate && !isFirst) { return; }
        var second = (int)Math.Floor(70_000 + (9_000 * random.NextNormal()));
        if (second is < 0 or >= 86_000) { second = random.NextInt32(86_000); }
        var device = random.NextDouble() < 0.7 ? viewer.Device : random.NextInt32(Viewer.Devices.Count);
        var region = random.NextDouble() < 0.97 ? viewer.Region : random.NextInt32(Viewer.Regions.Count);
        coming.Add(((day * 86_400) + second, viewer.Id, (byte)device, (byte)region));
    }

    private static void Show(
        MoviesOptions options, Film[] films, MovieLedger ledger, LoggingPolicy policy, Trail trail, int viewer, int second)
    {
        Span<int> pool = stackalloc int[options.Pool];
        policy.Order(viewer, second, trail, pool);
        Span<int> page = stackalloc int[options.Pool];
        pool.CopyTo(page);
        var random = MovieStreams.Open(options, MovieStreams.Page, viewer, second / 86_400);
        if (random.NextDouble() < options.Explored) { random.Shuffle(page); }
        foreach (var film in pool) { ledger.Greedy.Add((short)film); }
        for (var place = 0; place < options.Places; place++)
        {
            ledger.Film.Add((short)page[place]);
            ledger.Propensity.Add(LoggingPolicy.Propensity(options, pool[place] == page[place]));
        }
    }

    private static void Add(MovieLedger ledger, int viewer, int second, byte device, byte region)
    {
        if (!ledger.VisitsOf.TryGetValue(viewer, out var visits)) { ledger.VisitsOf.Add(viewer, visits = []); }
        visits.Add(ledger.Visits);
        ledger.Viewer.Add(viewer);
        ledger.Second.Add(second);
        ledger.Device.Add(device);
        ledger.Region.Add(region);
    }

    /// <summary>Plays follow each other. What is liked is mostly seen to the end; the rest is left early, or seen
    /// through all the same.</summary>
    private static void Watch(
        MoviesOptions options, Film[] films, MovieLedger ledger, LoggingPolicy policy, Tastes tastes, Trail trail, int visit)
    {
        var (viewer, day) = (ledger.Viewer[visit], ledger.Day(visit));
        var random = MovieStreams.Open(options, MovieStreams.Watching, viewer, day);
        var free = 5 + random.NextInt32(60);
        for (var place = 1; place <= options.Places; place++)
        {
            int film = ledger.Film[(visit * options.Places) + place - 1];
            // four draws for each place, so that one film's fate does not move the next one's
            var (look, play, like, watch) = (random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
            var plays = look < Tastes.Examined(place) && play < tastes.Play(viewer, film, day, trail.Showings(film), trail.HasWatched(film));
            var likes = plays && like < tastes.Like(viewer, film, day);
            var share = !plays ? double.NaN
                : likes ? (watch < Finished ? 0.9 + (0.1 * watch / Finished) : 0.3 + (4 * (watch - Finished)))
                : watch < 0.8 ? 0.02 + (0.7 * watch) : 0.9 + (0.5 * (watch - 0.8));
            var length = plays ? Math.Max(20, (int)(share * 60 * films[film].Minutes)) : 0;
            ledger.Share.Add(plays ? Math.Round(share, 3) : double.NaN);
            ledger.Liked.Add(likes);
            ledger.Begins.Add(plays ? free : 0);
            ledger.Ends.Add(plays ? free + length : 0);
            if (!plays) { continue; }
            free += length + 10;
            policy.Played(day, film);
        }
    }
}
