namespace Lintel.Worlds.Queries;

/// <summary>Writes the search world: <c>documents.parquet</c> and, by week, <c>searches/</c>, <c>impressions/</c> (with position and
/// propensity), <c>clicks/</c> and <c>purchases/</c> for designs to read; under <c>truth/</c> what only a judge may know: what is meant by
/// each query (<c>queries.parquet</c>), grades of all pairs above 0 (<c>judgements.parquet</c>), how searches ended (<c>searches.parquet</c>),
/// documents as they are, and <c>world.json</c> with the options, the examination curve and the drift, from which
/// <see cref="QueriesTruth"/> makes the world again.</summary>
public static class QueriesWorld
{
    /// <summary>Changes when the same options would make other bytes, so that older files are made anew.</summary>
    private const int Generation = 1;

    private static readonly WorldMaker<QueriesOptions, QueriesDescription> Maker = new(Generation, QueryFiles.Folders, Write);

    public static World World { get; } = new(
        "search",
        "Searches of a shop, few asked often and many seldom, with slips, synonyms and numbers; pages by an old ranker with logged exploration; "
        + "clicks biased by position and trust, purchases, other words tried, nothing found; documents with variants, new ones every day, and "
        + "late another mix of queries.",
        Maker.Make);

    /// <summary>Makes the world's files, or finds the same ones there.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WorldMade Make(string folder, QueriesOptions options, IProgress<double>? progress = null) =>
        Maker.Make(folder, options, progress);

    /// <summary>What <c>truth/world.json</c> says; null: not there, of another release, or cut short.</summary>
    internal static QueriesDescription? ReadDescription(string folder) => Maker.Read(folder);

    private static QueriesDescription Write(string folder, string truth, QueriesOptions options, IProgress<double>? progress)
    {
        var (documents, queries) = (Document.Draw(options), Query.Draw(options));
        var relevance = new Relevance(options, documents, queries);
        var ledger = QueriesSimulator.Run(options, documents, queries, relevance, progress);
        QueryFiles.Write(folder, options, documents, queries, ledger);
        QueryFiles.WriteTruth(truth, documents, queries, relevance, ledger);
        return Describe(options, ledger);
    }

    private static QueriesDescription Describe(QueriesOptions options, SearchLedger ledger)
    {
        List<DriftMoment> drifts = [];
        if (options.DriftDay < options.Days)
        {
            var categories = string.Join(", ", QueriesSimulator.TurnedCategories(options).Select(c => ShopWords.Categories[c]));
            drifts.Add(new(
                options.FirstDay.AddDays(options.DriftDay), DriftKind.Covariate, "search.text",
                $"queries for {categories} come {QueriesSimulator.TurnedFactor:0} times as often, and some that nobody asked before"));
        }
        var clicks = ledger.Click.Count(static c => c != SearchLedger.None);
        return new(
            Generation, options, ledger.Searches, ledger.Impressions, clicks, ledger.Purchase.Count(static p => p != SearchLedger.None),
            Enumerable.Range(0, ledger.Searches).Count(s => ledger.PageLength(s) == 0),
            [.. Enumerable.Range(1, options.Places).Select(ClickUser.Examined)],
            [.. Enumerable.Range(0, Relevance.HighestGrade + 1).Select(Relevance.Attractive)], drifts);
    }
}

/// <summary>What <c>truth/world.json</c> says.</summary>
/// <param name="Impressions">Documents shown.</param> <param name="NothingFound">Searches whose page was empty.</param>
/// <param name="Examined">Chance that a place is examined by a position-based user, from the top.</param>
/// <param name="Attractive">Chance that what is examined is clicked for what it is, by grade.</param>
public sealed record QueriesDescription(
    int Generation, QueriesOptions Options, int Searches, int Impressions, int Clicks, int Purchases, int NothingFound, double[] Examined,
    double[] Attractive, IReadOnlyList<DriftMoment> Drifts)
    : WorldDescription<QueriesOptions>(Generation, Options, Drifts)
{
    internal override long Records => (long)Searches + Impressions + Clicks + Purchases;

    internal override string Summary =>
        $"{Searches:N0} searches by {Options.Queries:N0} queries, {Impressions:N0} documents shown of {Options.Documents:N0}, {Clicks:N0} clicks, "
        + $"{Purchases:N0} purchases, {(double)NothingFound / Math.Max(1, Searches):0.0%} found nothing, {Calendar}";
}
