using Lintel.Events.Sources;

namespace Lintel.Events.Tests.Sources;

/// <summary>Published files as they are; the counts are their documentation's.</summary>
public sealed class RealLayoutTests
{
    private const string Genres = "unknown, Action, Adventure, Animation, Children, Comedy, Crime, Documentary, Drama, Fantasy, FilmNoir, Horror, "
        + "Musical, Mystery, Romance, SciFi, Thriller, War, Western";

    [SharedRecsFact]
    public void MovieLens_100k_reads_as_it_was_published()
    {
        using var folder = new SourceFolder
        {
            Events = """
                  visit: { from: rating, by: user, pause: 30m }
                  rating: { source: u.data, columns: [user, item, stars, at], separator: tab, time: at, keys: { user: user, movie: item }, fields: { stars: number } }
                  verdict: { about: rating, fields: { fraud: bool } }
                """,
            Catalogues = $$"""
                  movie:
                    source: u.item
                    columns: [id, title, released, video, url, {{Genres}}]
                    separator: "|"
                    encoding: latin-1
                    key: id
                    from: released
                    fields: { title: text, genres: "list of {{Genres}}" }
                  user: { source: u.user, columns: [id, age, sex, job, zip], separator: "|", key: id, fields: { age: number } }
                """,
            Decision = "{ each: rating, kind: classification, label: verdict.fraud }",
        };
        var history = HistoryReader.Read(folder.Design(), SharedRecsFactAttribute.PathOf("ml-100k")!, new());
        history.Report.Counts.Where(static c => c.Rows > 0).Select(static c => (c.Event, c.Rows, c.Taken))
            .ShouldBe([("rating", 100_000, 100_000), ("movie", 1_682, 1_682), ("user", 943, 943)]);
        // one film has no date: it is there from its first rating on
        history.Report.Findings.ShouldHaveSingleItem().Reason.ShouldBe("missing 'from': there from its first event on");
        var (movies, keys) = (history.Catalogues[0], history.Dictionaries["movie"]);
        movies.List(1, keys.Find("1")).ToArray().Select(history.Dictionaries["movie.genres"].Text).ShouldBe(["Animation", "Children", "Comedy"]);
        movies.From(keys.Find("1")).ShouldBe(new DateTimeOffset(1995, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000);
        Enumerable.Range(0, history.Tables[0].RowCount).Select(r => history.Tables[0].Ids[r]).Distinct().Count().ShouldBe(history.Tables[0].RowCount);
        history.Tables[1].VisitOf!.Min().ShouldBe(0);
    }

    [SharedRecsFact]
    public void A_users_items_on_one_line_read_as_they_were_published()
    {
        using var folder = new SourceFolder
        {
            Events = """
                  purchase: { source: Beauty.txt, columns: [user, item], separator: space, unfold: last, time: position, keys: { user: user, item: item } }
                  verdict: { about: purchase, fields: { fraud: bool } }
                """,
            Decision = "{ each: purchase, kind: classification, label: verdict.fraud }",
        };
        var history = HistoryReader.Read(folder.Design(), SharedRecsFactAttribute.PathOf("s3rec")!, new());
        (history.Tables[0].RowCount, history.Dictionaries["user"].Count, history.Dictionaries["item"].Count).ShouldBe((198_502, 22_363, 12_101));
        history.Report.Findings.ShouldBeEmpty();
    }
}
