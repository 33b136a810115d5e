using Lintel.Events.Parquet;
using static Lintel.Worlds.WorldFiles;

namespace Lintel.Worlds.Posts;

/// <summary>Lays the world out in files: a file a week, each record by when it happened.</summary>
internal static class PostFiles
{
    public static readonly string[] Folders = ["posts", "views", "reports", "verdicts", "removals", "appeals", "rulings"];

    public static void Write(string folder, PostsOptions options, Community[] communities, Author[] authors, PostLedger ledger)
    {
        WriteCatalogues(folder, options, communities, authors);
        Clear(folder, Folders);
        long At(int second) => Instant(options, second);
        var views = Tallies(ledger, onlyStanding: true);
        List<(int Second, int Post, Report Report)> reports = [.. Enumerable.Range(0, ledger.Posts)
            .SelectMany(p => ledger.Reports[p].Where(r => ledger.Stands(p, r.Second)).Select(r => (r.Second, p, r)))
            .OrderBy(static r => r.Second).ThenBy(static r => r.p)];
        List<Verdict> verdicts = [.. ledger.Verdicts.OrderBy(static v => v.Second)];
        List<Removal> removals = [.. ledger.Removals.OrderBy(static r => r.Second)];
        List<Removal> appeals = [.. ledger.Removals.Where(static r => r.Appealed != PostLedger.Never).OrderBy(static r => r.Appealed)];
        List<Removal> rulings = [.. appeals.OrderBy(static r => r.Ruled)];
        foreach (var (fromDay, toDay, name) in Weeks(options))
        {
            string In(string part) => Path.Combine(folder, part, name);
            List<T> Week<T>(List<T> all, Func<T, int> second) =>
                [.. all.Where(r => second(r) / 86_400 is var day && day >= fromDay && day < toDay)];
            var posts = Week([.. Enumerable.Range(0, ledger.Posts)], p => ledger.Second[p]);
            WritePosts(In("posts"), options, communities, ledger, posts.Count == 0 ? 0 : posts[0], posts.Count == 0 ? 0 : posts[^1] + 1);
            WriteTallies(In("views"), Week(views, static v => v.Second), At);
            var weeks = Week(reports, static r => r.Second);
            ParquetFiles.Write(
                In("reports"),
                new ParquetColumn.Whole("post_id", [.. weeks.Select(static r => (long)r.Post)]),
                new ParquetColumn.Instant("at", [.. weeks.Select(r => At(r.Second))]),
                new ParquetColumn.Whole("reader_id", [.. weeks.Select(static r => (long)r.Report.Reader)]),
                new ParquetColumn.Text("reason", [.. weeks.Select(static r => PostPolicies.Name(r.Report.Reason))]));
            WriteVerdicts(In("verdicts"), Week(verdicts, static v => v.Second), At);
            var removed = Week(removals, static r => r.Second);
            ParquetFiles.Write(
                In("removals"),
                new ParquetColumn.Whole("post_id", [.. removed.Select(static r => (long)r.Post)]),
                new ParquetColumn.Instant("at", [.. removed.Select(r => At(r.Second))]),
                new ParquetColumn.Whole("author_id", [.. removed.Select(r => (long)ledger.Author[r.Post])]),
                new ParquetColumn.Text("policy", [.. removed.Select(static r => PostPolicies.Name(r.Policy))]),
                new ParquetColumn.Whole("strikes", [.. removed.Select(static r => (long)r.Strikes)]));
            var appealed = Week(appeals, static r => r.Appealed);
            ParquetFiles.Write(
                In("appeals"),
                new ParquetColumn.Whole("post_id", [.. appealed.Select(static r => (long)r.Post)]),
                new ParquetColumn.Instant("at", [.. appealed.Select(r => At(r.Appealed))]));
            var ruled = Week(rulings, static r => r.Ruled);
            ParquetFiles.Write(
                In("rulings"),
                new ParquetColumn.Whole("post_id", [.. ruled.Select(static r => (long)r.Post)]),
                new ParquetColumn.Instant("at", [.. ruled.Select(r => At(r.Ruled))]),
                new ParquetColumn.Flag("overturned", [.. ruled.Select(static r => r.Overturned)]));
        }
    }

    public static void WriteTruth(string folder, PostsOptions options, Author[] authors, PostLedger ledger)
    {
        var best = BestScores.Of(options, ledger, authors.Length);
        int[] posts = [.. Enumerable.Range(0, ledger.Posts)];
        ParquetFiles.Write(
            Path.Combine(folder, "posts.parquet"),
            [
                new ParquetColumn.Whole("post_id", [.. posts.Select(static p => (long)p)]),
                new ParquetColumn.Text("form", [.. posts.Select(p => ledger.Form[p].ToString().ToLowerInvariant())]),
                .. PostPolicies.All.Select(policy => new ParquetColumn.Flag(PostPolicies.Name(policy), [.. posts.Select(p => ledger.IsViolating(p, policy))])),
                .. PostPolicies.All.Select(policy => new ParquetColumn.Number(
                    $"best_{PostPolicies.Name(policy)}", [.. posts.Select(p => best[(p * PostPolicies.All.Count) + (int)policy])])),
            ]);
        WriteTallies(Path.Combine(folder, "views.parquet"), Tallies(ledger, onlyStanding: false), second => Instant(options, second));
        ParquetFiles.Write(
            Path.Combine(folder, "authors.parquet"),
            new ParquetColumn.Whole("author_id", [.. authors.Select(static a => (long)a.Id)]),
            new ParquetColumn.Text("kind", [.. authors.Select(static a => Author.Kinds[a.Kind])]),
            new ParquetColumn.Whole("ring", [.. authors.Select(static a => (long)a.Ring)]),
            new ParquetColumn.Whole("brigade", [.. authors.Select(static a => (long)a.Brigade)]));
    }

    private static void WriteCatalogues(string folder, PostsOptions options, Community[] communities, Author[] authors)
    {
        ParquetFiles.Write(
            Path.Combine(folder, "communities.parquet"),
            new ParquetColumn.Whole("community_id", [.. communities.Select(static c => (long)c.Id)]),
            new ParquetColumn.Text("name", [.. communities.Select(static c => c.Name)]),
            new ParquetColumn.Text("language", [.. communities.Select(static c => c.Language.Code)]),
            new ParquetColumn.Text("dialect", [.. communities.Select(static c => c.Dialect.Name)]),
            new ParquetColumn.Text("topic", [.. communities.Select(static c => Languages.Lexicon.Topics[c.Topic])]));
        ParquetFiles.Write(
            Path.Combine(folder, "authors.parquet"),
            new ParquetColumn.Whole("author_id", [.. authors.Select(static a => (long)a.Id)]),
            new ParquetColumn.Instant("joined", [.. authors.Select(a => Instant(options, 86_400L * a.Joined))]),
            new ParquetColumn.Whole("followers", [.. authors.Select(static a => (long)a.Followers)]),
            new ParquetColumn.Text("people", [.. authors.Select(static a => a.People < 0 ? null : Peoples.Names[a.People])]));
        var banned = BannedList.Of(options);
        ParquetFiles.Write(
            Path.Combine(folder, "banned.parquet"),
            new ParquetColumn.Whole("banned_id", [.. banned.Select(static (_, i) => (long)i)]),
            new ParquetColumn.Text("text", [.. banned.Select(static b => b.Text)]),
            new ParquetColumn.Text("language", [.. banned.Select(static b => b.Language)]),
            new ParquetColumn.Instant("from", [.. banned.Select(b => Instant(options, b.From))]));
    }

    private static void WritePosts(string path, PostsOptions options, Community[] communities, PostLedger ledger, int from, int to) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("post_id", Column(from, to, static p => (long)p)),
        new ParquetColumn.Instant("at", Column(from, to, p => Instant(options, ledger.Second[p]))),
        new ParquetColumn.Whole("author_id", Column(from, to, p => (long)ledger.Author[p])),
        new ParquetColumn.Whole("community_id", Column(from, to, p => (long)ledger.Community[p])),
        new ParquetColumn.Whole("thread_id", Column(from, to, p => (long)ledger.Thread[p])),
        new ParquetColumn.Whole("reply_to", Column(from, to, p => (long)ledger.Parent[p]), Missing: -1),
        new ParquetColumn.Text("language", Column(from, to, p => communities[ledger.Community[p]].Language.Code)),
        new ParquetColumn.Text("text", Column(from, to, p => ledger.Text[p])));

    private static void WriteVerdicts(string path, List<Verdict> verdicts, Func<int, long> at) => ParquetFiles.Write(
        path,
        [
            new ParquetColumn.Whole("post_id", [.. verdicts.Select(static v => (long)v.Post)]),
            new ParquetColumn.Instant("at", [.. verdicts.Select(v => at(v.Second))]),
            new ParquetColumn.Whole("reviewer_id", [.. verdicts.Select(static v => (long)v.Reviewer)]),
            new ParquetColumn.Whole("look", [.. verdicts.Select(static v => (long)v.Look)]),
            new ParquetColumn.Text("source", [.. verdicts.Select(static v => v.Source.ToString().ToLowerInvariant())]),
            new ParquetColumn.Number("propensity", [.. verdicts.Select(static v => v.Propensity)]),
            .. PostPolicies.All.Select(policy => new ParquetColumn.Flag(
                PostPolicies.Name(policy), [.. verdicts.Select(v => (v.Says >> (int)policy & 1) != 0)])),
        ]);

    /// <summary>Views of an hour, known at its end; of a post that is taken down in between, all of the hour's are left out.</summary>
    private static List<(int Second, int Post, int Views)> Tallies(PostLedger ledger, bool onlyStanding)
    {
        List<(int Second, int Post, int Views)> tallies = [];
        for (var post = 0; post < ledger.Posts; post++)
        {
            for (var hour = 0; hour < ledger.Views[post].Length; hour++)
            {
                var end = ledger.Second[post] + ((hour + 1) * 3_600);
                if (ledger.Views[post][hour] > 0 && (!onlyStanding || (ledger.Stands(post, end - 3_600) && ledger.Stands(post, end))))
                {
                    tallies.Add((end, post, ledger.Views[post][hour]));
                }
            }
        }
        tallies.Sort();
        return tallies;
    }

    private static void WriteTallies(string path, List<(int Second, int Post, int Views)> tallies, Func<int, long> at) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("post_id", [.. tallies.Select(static t => (long)t.Post)]),
        new ParquetColumn.Instant("at", [.. tallies.Select(t => at(t.Second))]),
        new ParquetColumn.Whole("views", [.. tallies.Select(static t => (long)t.Views)]));
}
