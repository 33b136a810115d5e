using Lintel.Events.Parquet;
using static Lintel.Worlds.WorldFiles;

namespace Lintel.Worlds.Queries;

/// <summary>Lays the world out in files: a file a week, each record by when it happened.</summary>
internal static class QueryFiles
{
    public static readonly string[] Folders = ["searches", "impressions", "clicks", "purchases"];

    public static void Write(string folder, QueriesOptions options, Document[] documents, Query[] queries, SearchLedger ledger)
    {
        WriteDocuments(Path.Combine(folder, "documents.parquet"), options, documents);
        Clear(folder, Folders);
        foreach (var (fromDay, toDay, name) in Weeks(options))
        {
            var (from, to) = (ledger.FirstOf(fromDay), ledger.FirstOf(toDay));
            string In(string part) => Path.Combine(folder, part, name);
            ParquetFiles.Write(
                In("searches"),
                new ParquetColumn.Whole("search_id", Column(from, to, static s => (long)s)),
                new ParquetColumn.Instant("at", Column(from, to, s => Instant(options, ledger.Second[s]))),
                new ParquetColumn.Whole("user_id", Column(from, to, s => (long)ledger.User[s])),
                new ParquetColumn.Whole("session_id", Column(from, to, s => (long)ledger.Session[s])),
                new ParquetColumn.Text("text", Column(from, to, s => queries[ledger.Query[s]].Text)),
                new ParquetColumn.Whole("found", Column(from, to, s => (long)ledger.PageLength(s))));
            WriteShown(In, options, ledger, from, to);
        }
    }

    public static void WriteTruth(string folder, Document[] documents, Query[] queries, Relevance relevance, SearchLedger ledger)
    {
        ParquetFiles.Write(
            Path.Combine(folder, "queries.parquet"),
            new ParquetColumn.Whole("query_id", [.. queries.Select(static q => (long)q.Id)]),
            new ParquetColumn.Text("text", [.. queries.Select(static q => q.Text)]),
            new ParquetColumn.Text("band", [.. queries.Select(static q => Query.Bands[q.Band])]),
            new ParquetColumn.Text("thing", [.. queries.Select(static q => ShopWords.Name(q.Thing, isOther: false))]),
            new ParquetColumn.Flag("typo", [.. queries.Select(static q => q.HasTypo)]),
            new ParquetColumn.Flag("wants_new", [.. queries.Select(static q => q.WantsNew)]),
            new ParquetColumn.Flag("late", [.. queries.Select(static q => q.IsLate)]));
        (int Query, int Document, int Grade)[] judged =
            [.. queries.SelectMany(q => relevance.Judged(q.Id).Select(j => (q.Id, j.Document, j.Grade)))];
        ParquetFiles.Write(
            Path.Combine(folder, "judgements.parquet"),
            new ParquetColumn.Whole("query_id", [.. judged.Select(static j => (long)j.Query)]),
            new ParquetColumn.Whole("document_id", [.. judged.Select(static j => (long)j.Document)]),
            new ParquetColumn.Whole("grade", [.. judged.Select(static j => (long)j.Grade)]));
        ParquetFiles.Write(
            Path.Combine(folder, "searches.parquet"),
            new ParquetColumn.Whole("search_id", Column(0, ledger.Searches, static s => (long)s)),
            new ParquetColumn.Whole("query_id", Column(0, ledger.Searches, s => (long)ledger.Query[s])),
            new ParquetColumn.Flag("explored", [.. ledger.IsExplored]),
            new ParquetColumn.Text("ended", Column(0, ledger.Searches, s => ledger.End[s].ToString().ToLowerInvariant())));
        ParquetFiles.Write(
            Path.Combine(folder, "documents.parquet"),
            new ParquetColumn.Whole("document_id", [.. documents.Select(static d => (long)d.Id)]),
            new ParquetColumn.Whole("family", [.. documents.Select(static d => (long)d.Family)]),
            new ParquetColumn.Text("thing", [.. documents.Select(static d => ShopWords.Name(d.Thing, isOther: false))]),
            new ParquetColumn.Number("quality", [.. documents.Select(static d => d.Quality)]));
    }

    private static void WriteDocuments(string path, QueriesOptions options, Document[] documents) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("document_id", [.. documents.Select(static d => (long)d.Id)]),
        new ParquetColumn.Text("title", [.. documents.Select(static d => d.Title)]),
        new ParquetColumn.Text("body", [.. documents.Select(static d => d.Body)]),
        new ParquetColumn.Text("category", [.. documents.Select(static d => ShopWords.Categories[ShopWords.CategoryOf(d.Thing)])]),
        new ParquetColumn.Text("brand", [.. documents.Select(static d => ShopWords.Brands[d.Brand])]),
        new ParquetColumn.Number("price", [.. documents.Select(static d => d.Price / 100d)]),
        new ParquetColumn.Number("rating", [.. documents.Select(static d => d.Rating)]),
        new ParquetColumn.Instant("published", [.. documents.Select(d => Instant(options, d.Published))]));

    private static void WriteShown(Func<string, string> In, QueriesOptions options, SearchLedger ledger, int from, int to)
    {
        var (first, end) = (ledger.First(from), ledger.First(to));
        var (searches, places) = (new int[end - first], new long[end - first]);
        List<(int Second, int Impression)> clicks = [], purchases = [];
        for (var search = from; search < to; search++)
        {
            var top = ledger.First(search);
            for (var i = top; i < top + ledger.PageLength(search); i++)
            {
                (searches[i - first], places[i - first]) = (search, i - top + 1);
                if (ledger.Click[i] == SearchLedger.None) { continue; }
                clicks.Add((ledger.Second[search] + ledger.Click[i], i));
                if (ledger.Purchase[i] != SearchLedger.None) { purchases.Add((ledger.Second[search] + ledger.Click[i] + ledger.Purchase[i], i)); }
            }
        }
        ParquetFiles.Write(
            In("impressions"),
            new ParquetColumn.Whole("impression_id", Column(first, end, static i => (long)i)),
            new ParquetColumn.Whole("search_id", Column(first, end, i => (long)searches[i - first])),
            new ParquetColumn.Instant("at", Column(first, end, i => Instant(options, ledger.Second[searches[i - first]] + 1))),
            new ParquetColumn.Whole("document_id", Column(first, end, i => (long)ledger.Document[i])),
            new ParquetColumn.Whole("position", places),
            new ParquetColumn.Number("propensity", Column(first, end, i => ledger.Propensity[i])));
        WriteMoments(In("clicks"), clicks);
        WriteMoments(In("purchases"), purchases);

        void WriteMoments(string path, List<(int Second, int Impression)> moments)
        {
            moments.Sort();
            ParquetFiles.Write(
                path,
                new ParquetColumn.Whole("impression_id", [.. moments.Select(static m => (long)m.Impression)]),
                new ParquetColumn.Instant("at", [.. moments.Select(m => Instant(options, m.Second))]));
        }
    }
}
