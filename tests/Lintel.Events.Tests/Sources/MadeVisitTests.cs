using Lintel.Events.Sources;

namespace Lintel.Events.Tests.Sources;

/// <summary>Visits that are made from another event's records.</summary>
public sealed class MadeVisitTests
{
    private const long Minute = 60_000_000;

    private const string Events = """
          visit: { from: rating, by: user, pause: 30m }
          rating: { source: ratings.csv, time: at, keys: { user: user, film: film }, fields: { stars: number } }
          verdict: { about: rating, fields: { fraud: bool } }
        """;

    private static SourceFolder With(params (string User, int Minute)[] ratings) => new SourceFolder
    {
        Events = Events,
        Catalogues = "  film: {}",
        Decision = "{ each: rating, kind: classification, label: verdict.fraud }",
    }.Put("ratings.csv", "user,film,stars,at\n" + string.Concat(ratings.Select(static (r, i) =>
        $"{r.User},f{i},4,{DateTime.UnixEpoch.AddMinutes(r.Minute):yyyy-MM-dd HH:mm:ss}\n")));

    [Fact]
    public void A_visit_begins_after_a_pause()
    {
        using var folder = With(("a", 0), ("a", 29), ("b", 30), ("a", 58), ("a", 88), ("b", 59), ("b", 61));
        var history = folder.Read();
        var (visits, ratings) = (history.Tables[0], history.Tables[1]);
        visits.Columns[0].ShouldBe([0, 30.0 * Minute, 88.0 * Minute]);
        visits.Columns[1].ShouldBe(visits.Columns[0]);
        visits.Columns[2].Select(code => history.Dictionaries["user"].Text((int)code)).ShouldBe(["a", "b", "a"]);
        Enumerable.Range(0, 3).Select(r => visits.Ids[r]).ShouldBe(["a@0", $"b@{30 * Minute}", $"a@{88 * Minute}"]);
        // ratings stand by time: a0 a29 b30 a58 b59 b61 a88
        ratings.VisitOf.ShouldBe([0, 0, 1, 0, 1, 1, 2]);
        history.Report.Counts[0].ShouldBe(new SourceCount("visit", "made from rating", 0, 3));
    }

    [Fact]
    public void A_visit_stands_beside_the_record_that_began_it()
    {
        using var folder = With(("a", 5), ("b", 5));
        folder.Read().Order.ShouldBe([
            new(5 * Minute, 0, 0), new(5 * Minute, 0, 1), new(5 * Minute, 1, 0), new(5 * Minute, 1, 1)]);
    }

    [Fact]
    public void A_record_without_the_key_is_of_no_visit()
    {
        using var folder = With(("a", 0), ("", 1), ("a", 2));
        var history = folder.Read();
        history.Tables[1].VisitOf.ShouldBe([0, -1, 0]);
        history.Tables[0].RowCount.ShouldBe(1);
    }

    [Fact]
    public void Live_visits_are_their_own_and_live_records_begin_none()
    {
        using var folder = With(("a", 0));
        var design = folder.Design();
        var dictionaries = new CodeDictionaries();
        var (a, b) = (dictionaries["user"].Add("a"), dictionaries["user"].Add("b"));
        // of files: a at 0; of the log: a at 10, a at 100, a at 130, b at 140
        long[] minutes = [0, 10, 100, 130, 140];
        double[] users = [a, a, a, a, b];
        var times = Array.ConvertAll(minutes, static m => (double)(m * Minute));
        var ratings = new EventTable
        {
            Event = design.Events[1],
            RowCount = 5,
            Columns = [times, times, users, [0, 0, 0, 0, 0], [4, 4, 4, 4, 4]],
            Ids = new IdColumn.Numbers([0, 1, 2, 3, 4]),
            Places = [-1, 1, 2, 3, 4],
        };
        var rows = new EventRows(design.Events[0], dictionaries, []);
        rows.BeginLog();
        rows.AddLogged(0, 110 * Minute, 111 * Minute, "v7", "");
        rows.Columns[2].Add(a);
        EventTable[] tables = [null!, ratings, null!];
        var visits = VisitBuilder.Build(rows, tables, dictionaries);
        Enumerable.Range(0, 2).Select(r => visits.Ids[r]).ShouldBe(["a@0", "v7"]);
        visits.Places.ShouldBe([-1, 0]);
        visits.Columns[1].ShouldBe([0, 111.0 * Minute]);
        ratings.VisitOf.ShouldBe([0, 0, -1, 1, -1]);
    }

    [Fact]
    public void The_same_data_makes_the_same_visits()
    {
        using var folder = With(("a", 0), ("b", 90), ("a", 50));
        using var turned = With(("a", 50), ("a", 0), ("b", 90));
        folder.Read().Tables[0].Columns[0].ShouldBe(turned.Read().Tables[0].Columns[0]);
        folder.Read().Fingerprint.ShouldBe(folder.Read().Fingerprint);
    }
}
