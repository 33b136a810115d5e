namespace Lintel.Worlds.Queries;

/// <summary>What only a judge may know of a search world: how relevant every document is to every query, how users examine a page, and so
/// the nDCG of any ranking. Queries, documents and searches are told by the ids of the files. Made again from the options; the same options
/// give the same world. Not thread-safe.</summary>
/// <remarks>nDCG with gain 2^grade − 1 and discount log2(rank + 1) over the best order of what was published by then (Järvelin and
/// Kekäläinen, TOIS 20(4), 2002; exponential gain as in Burges et al., ICML 2005); a query to which nothing is relevant has
/// none.</remarks>
public sealed class QueriesTruth
{
    private readonly Document[] _documents;
    private readonly Query[] _queries;
    private readonly SearchLedger _ledger;
    private readonly Relevance _relevance;
    private readonly (int Document, int Grade)[]?[] _judged;

    internal QueriesTruth(QueriesOptions options, Document[] documents, Query[] queries, Relevance relevance, SearchLedger ledger)
    {
        (Options, _documents, _queries, _relevance, _ledger) = (options, documents, queries, relevance, ledger);
        _judged = new (int, int)[queries.Length][];
    }

    public static QueriesTruth Of(QueriesOptions options)
    {
        options.Check();
        var (documents, queries) = (Document.Draw(options), Query.Draw(options));
        var relevance = new Relevance(options, documents, queries);
        return new(options, documents, queries, relevance, QueriesSimulator.Run(options, documents, queries, relevance));
    }

    /// <summary>Of the files in a folder.</summary>
    /// <exception cref="InvalidDataException">The folder holds no search world of this release.</exception>
    public static QueriesTruth Read(string folder) => QueriesWorld.ReadDescription(folder) is { } there
        ? Of(there.Options)
        : throw new InvalidDataException($"{folder} holds no search world; 'lintel up search' makes one");

    public QueriesOptions Options { get; }

    public int QueryCount => _queries.Length;

    public int DocumentCount => _documents.Length;

    public int SearchCount => _ledger.Searches;

    /// <summary>First day of the other mix of queries.</summary>
    public int DriftDay => Options.DriftDay;

    public string Text(int query) => _queries[query].Text;

    /// <summary>How often it is asked: head, torso or tail.</summary>
    public string Band(int query) => Query.Bands[_queries[query].Band];

    public string Title(int document) => _documents[document].Title;

    /// <summary>The first of a document's variants: those that differ in size or colour only share it.</summary>
    public int Family(int document) => _documents[document].Family;

    /// <summary>0 to 4.</summary>
    public int Grade(int query, int document) => _relevance.Grade(query, document);

    /// <summary>Documents of a grade above 0 for a query, the best first.</summary>
    public IReadOnlyList<(int Document, int Grade)> Judged(int query) => _judged[query] ??= _relevance.Judged(query);

    /// <summary>nDCG of a ranking: the truth's; NaN where nothing is relevant.</summary>
    /// <param name="documents">From the top.</param> <param name="k">Cut-off, at least 1.</param>
    /// <param name="second">Since the first midnight: the best order holds what was published by then; null: everything.</param>
    public double Ndcg(int query, ReadOnlySpan<int> documents, int k, long? second = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        double got = 0, best = 0;
        for (var i = 0; i < Math.Min(k, documents.Length); i++) { got += Relevance.Gain(Grade(query, documents[i])) / Math.Log2(i + 2); }
        var rank = 0;
        foreach (var (document, grade) in Judged(query))
        {
            if (second is { } at && _documents[document].Published > at) { continue; }
            best += Relevance.Gain(grade) / Math.Log2(++rank + 1);
            if (rank == k) { break; }
        }
        return best == 0 ? double.NaN : got / best;
    }

    /// <summary>nDCG of what a search showed, beside what there was to show; NaN where nothing was relevant.</summary>
    public double NdcgOfSearch(int search, int k) => Ndcg(QueryOf(search), Shown(search), k, _ledger.Second[search]);

    /// <summary>The query of a search.</summary>
    public int QueryOf(int search) => _ledger.Query[search];

    /// <summary>From 0.</summary>
    public int Day(int search) => _ledger.Second[search] / 86_400;

    /// <summary>Documents that a search showed, from the top; none: nothing was found.</summary>
    public int[] Shown(int search)
    {
        var page = new int[_ledger.PageLength(search)];
        for (var i = 0; i < page.Length; i++) { page[i] = _ledger.Document[_ledger.First(search) + i]; }
        return page;
    }

    /// <summary>Whether a search's page was drawn from the pool, every order alike.</summary>
    public bool IsExplored(int search) => _ledger.IsExplored[search];

    /// <summary>Whether a place of a search's page was clicked.</summary>
    /// <param name="place">From 1.</param>
    public bool IsClicked(int search, int place) => _ledger.Click[_ledger.First(search) + place - 1] != SearchLedger.None;

    /// <summary>Chance that a place, from 1, is examined by a position-based user; of the cascade it depends on what stands
    /// above: <see cref="Examined(int, int)"/>.</summary>
    public static double Examined(int place) => ClickUser.Examined(place);

    /// <summary>Chance that a place of a search's page was examined, by the world's user model.</summary>
    public double Examined(int search, int place)
    {
        if (Options.UserModel == UserModel.PositionBased) { return Examined(place); }
        var (query, first, examined) = (QueryOf(search), _ledger.First(search), 1.0);
        for (var i = 0; i < place - 1; i++)
        {
            var grade = Grade(query, _ledger.Document[first + i]);
            examined *= (1 - (Relevance.Attractive(grade) * Relevance.Satisfies(grade))) * ClickUser.GoesOn;
        }
        return examined;
    }

    /// <summary>Chance that a place of a search's page is clicked.</summary>
    public double ClickChance(int search, int place)
    {
        var grade = Grade(QueryOf(search), _ledger.Document[_ledger.First(search) + place - 1]);
        return Examined(search, place) * (Options.UserModel == UserModel.PositionBased
            ? ClickUser.IfExamined(Options, grade, place) : Relevance.Attractive(grade));
    }

    /// <summary>Chance that what is examined is clicked for what it is; affine in the gain 2^grade − 1.</summary>
    public static double Attractive(int grade) => Relevance.Attractive(grade);
}
