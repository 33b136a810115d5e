using Lintel.Numerics.Random;

namespace Lintel.Worlds.Queries;

/// <summary>Simulates sessions: who searches for what, what the old ranker shows, what is clicked and bought, who tries other words and who
/// gives up.</summary>
internal sealed class QueriesSimulator
{
    /// <summary>Categories whose queries come up when the mix turns, and how much more often.</summary>
    public const int Turned = 3;

    public const double TurnedFactor = 4;

    private const int MostSearches = 4;
    private const double Reformulates = 0.4, OfSession = 1.3;

    private readonly QueriesOptions _options;
    private readonly Document[] _documents;
    private readonly Query[] _queries;
    private readonly Relevance _relevance;
    private readonly OldRanker _ranker;
    private readonly WeightedChoice _before, _after;
    private readonly Dictionary<int, int[]> _ofThing;
    private readonly SearchLedger _ledger = new();
    private readonly List<(int Second, int Session, int Number, Page Page)> _pages = [];
    private int _sessions;

    private QueriesSimulator(QueriesOptions options, Document[] documents, Query[] queries, Relevance relevance)
    {
        (_options, _documents, _queries, _relevance) = (options, documents, queries, relevance);
        _ranker = new(options, documents, queries);
        _before = new(queries.Select(q => Weight(options, q, isTurned: false)));
        _after = new(queries.Select(q => Weight(options, q, isTurned: true)));
        _ofThing = queries.GroupBy(static q => q.Thing).ToDictionary(static g => g.Key, static g => g.Select(static q => q.Id).ToArray());
    }

    public static SearchLedger Run(
        QueriesOptions options, Document[] documents, Query[] queries, Relevance relevance, IProgress<double>? progress = null)
    {
        var simulator = new QueriesSimulator(options, documents, queries, relevance);
        for (var day = 0; day < options.Days; day++)
        {
            simulator.RunDay(day);
            simulator.Log(until: (day + 1) * 86_400);
            progress?.Report((day + 1.0) / options.Days);
        }
        simulator.Log(until: int.MaxValue);
        return simulator._ledger;
    }

    /// <summary>Categories that come up when the mix turns.</summary>
    public static IEnumerable<int> TurnedCategories(QueriesOptions options)
    {
        int[] categories = [.. Enumerable.Range(0, ShopWords.Categories.Count)];
        QueryStreams.Open(options, QueryStreams.Day, -1).Shuffle<int>(categories);
        return categories.Take(Turned).Order();
    }

    /// <summary>Share of a query's searches, before that of others.</summary>
    public static double Weight(QueriesOptions options, Query query, bool isTurned)
    {
        if (!isTurned) { return query.IsLate ? 0 : query.Weight; }
        return query.Weight * (TurnedCategories(options).Contains(ShopWords.CategoryOf(query.Thing)) ? TurnedFactor : 1);
    }

    private void RunDay(int day)
    {
        var random = QueryStreams.Open(_options, QueryStreams.Day, day);
        Span<int> pool = stackalloc int[_options.Pool];
        Span<int> grades = stackalloc int[_options.Places];
        Span<double> prices = stackalloc double[_options.Places];
        for (var left = random.NextPoisson(_options.Searches / OfSession); left > 0; left--)
        {
            var session = _sessions++;
            var act = QueryStreams.Open(_options, QueryStreams.Session, session);
            var (user, second) = (act.NextInt32(_options.Users), (day * 86_400) + DayTraffic.DrawSecond(act));
            var query = (day >= _options.DriftDay ? _after : _before).Draw(act);
            for (var number = 0; ; number++)
            {
                var page = Search(query, second, act, pool, grades, prices);
                page.User = user;
                var others = _ofThing[_queries[query].Thing];
                // who found nothing tries other words more readily
                var goesOn = page.End != SearchEnd.Satisfied && number + 1 < MostSearches && others.Length > 1
                    && act.NextDouble() < (page.Documents.Length == 0 ? 0.8 : Reformulates);
                if (goesOn) { page.End = SearchEnd.Reformulated; }
                _pages.Add((second, session, number, page));
                if (!goesOn) { break; }
                query = Other(others, query, day, act);
                second += 25 + page.LastClick + act.NextInt32(60);
            }
        }
    }

    /// <summary>Logs what was searched before an instant, sessions interleaved; a session may go on over midnight.</summary>
    private void Log(int until)
    {
        _pages.Sort(static (a, b) => (a.Second, a.Session, a.Number).CompareTo((b.Second, b.Session, b.Number)));
        var count = _pages.FindIndex(p => p.Second >= until) is >= 0 and var first ? first : _pages.Count;
        foreach (var (second, session, _, page) in _pages.GetRange(0, count)) { Log(second, session, page); }
        _pages.RemoveRange(0, count);
    }

    /// <summary>Other words for the same thing; those that are new are known to nobody before the mix turns.</summary>
    private int Other(int[] others, int query, int day, RandomStream random)
    {
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var other = random.Pick(others);
            if (other != query && (day >= _options.DriftDay || !_queries[other].IsLate)) { return other; }
        }
        return query;
    }

    private Page Search(int query, int second, RandomStream random, Span<int> pool, Span<int> grades, Span<double> prices)
    {
        var count = _ranker.Rank(query, second, pool);
        var shown = Math.Min(count, _options.Places);
        var page = new Page { Query = query, IsExplored = random.NextDouble() < _options.Explored, Documents = new int[shown] };
        Span<int> places = stackalloc int[count];
        for (var i = 0; i < count; i++) { places[i] = i; }
        if (page.IsExplored) { random.Shuffle(places); }
        page.Propensities = new double[shown];
        for (var i = 0; i < shown; i++)
        {
            page.Documents[i] = pool[places[i]];
            page.Propensities[i] = (_options.Explored / count) + (places[i] == i ? 1 - _options.Explored : 0);
            grades[i] = _relevance.Grade(query, page.Documents[i]);
            prices[i] = _documents[page.Documents[i]].PriceLevel;
        }
        (page.Clicks, page.Purchases) = (new int[shown], new int[shown]);
        var isSatisfied = ClickUser.Go(_options, grades[..shown], prices[..shown], random, page.Clicks, page.Purchases);
        page.End = isSatisfied ? SearchEnd.Satisfied : SearchEnd.Abandoned;
        return page;
    }

    private void Log(int second, int session, Page page)
    {
        _ledger.Query.Add(page.Query);
        _ledger.Second.Add(second);
        _ledger.Session.Add(session);
        _ledger.User.Add(page.User);
        _ledger.End.Add(page.End);
        _ledger.IsExplored.Add(page.IsExplored);
        _ledger.Document.AddRange(page.Documents);
        _ledger.Propensity.AddRange(page.Propensities);
        _ledger.Click.AddRange(page.Clicks);
        _ledger.Purchase.AddRange(page.Purchases);
        _ledger.Close();
    }

    /// <summary>One search before it is logged.</summary>
    private sealed class Page
    {
        public required int Query { get; init; }

        public required bool IsExplored { get; init; }

        public required int[] Documents { get; init; }

        public double[] Propensities { get; set; } = [];

        public int[] Clicks { get; set; } = [];

        public int[] Purchases { get; set; } = [];

        public int User { get; set; }

        public SearchEnd End { get; set; }

        public int LastClick => Math.Max(0, Clicks.DefaultIfEmpty(0).Max());
    }
}
