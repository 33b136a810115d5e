using System.Text;

namespace Lintel.Events.Tests.Sources;

/// <summary>Text files that do not tell themselves how they are laid out.</summary>
public sealed class FileLayoutTests
{
    private const long Second = 1_000_000, Day = 86_400 * Second;

    private static SourceFolder With(string rating, string catalogues = "  film: {}") => new()
    {
        Events = $$"""
              rating: {{rating}}
              verdict: { about: rating, fields: { fraud: bool } }
            """,
        Catalogues = catalogues,
        Decision = "{ each: rating, kind: classification, label: verdict.fraud }",
    };

    private static string[] Keys(EventHistory history, string entity, int column) =>
        [.. history.Tables[0].Columns[column].Select(code => history.Dictionaries[entity].Text((int)code))];

    [Theory]
    [InlineData("tab", "\t")]
    [InlineData("space", " ")]
    [InlineData("'::'", "::")]
    [InlineData("';'", ";")]
    public void The_design_names_columns_that_a_file_does_not(string word, string separator)
    {
        using var folder = With($"{{ source: u.data, columns: [user, film, stars, at], separator: {word}, time: at, "
            + "keys: { user: user, film: film }, fields: { stars: number } }");
        folder.Put("u.data", string.Join(separator, "196", "242", "3", "881250949") + "\n" + string.Join(separator, "186", "302", "4", "881250950") + "\n");
        var history = folder.Read();
        Keys(history, "user", 2).ShouldBe(["196", "186"]);
        Keys(history, "film", 3).ShouldBe(["242", "302"]);
        history.Tables[0].Columns[0].ShouldBe([881250949.0 * Second, 881250950.0 * Second]);
        history.Tables[0].Columns[4].ShouldBe([3.0, 4]);
        history.Report.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Faults_name_the_line_of_a_file_without_a_header()
    {
        using var folder = With("{ source: u.data, columns: [user, film, at], separator: tab, time: at, keys: { user: user, film: film } }");
        folder.Put("u.data", "1\t1\t5\n1\t2\tnever\n1\t3\n1\t4\t6\n");
        folder.Read().Report.Findings.Select(static f => (f.Reason, f.Examples[0].Line)).ShouldBe(
            [("not an instant", 2), ("too few columns", 3)], ignoreOrder: true);
    }

    [Fact]
    public void Letters_may_be_Latin_1_and_lists_may_stand_as_flags()
    {
        using var folder = With("{ source: u.data, columns: [film, at], separator: tab, time: at, keys: { film: film } }", """
              film:
                source: u.item
                columns: [id, title, released, Action, Sci-Fi, Drama]
                separator: "|"
                encoding: latin-1
                key: id
                from: released
                fields: { title: text, genres: "list of Action, `Sci-Fi`, Drama" }
            """);
        folder.Put("u.data", "1\t5\n3\t7\n");
        File.WriteAllBytes(Path.Combine(folder.Folder, "u.item"), Encoding.Latin1.GetBytes(
            "1|Mis\u00e9rables, Les (1995)|03-Jan-1970|0|1|1\n2|Big, The|1970-01-05|0|0|0\n3|Unknown||1|0|0\n"));
        var history = folder.Read();
        var (films, codes) = (history.Catalogues[0], history.Dictionaries["film"]);
        string Title(string id) => history.Dictionaries["text"].Text((int)films.Value(0, codes.Find(id)));
        string[] Genres(string id) => [.. films.List(1, codes.Find(id)).ToArray().Select(history.Dictionaries["film.genres"].Text)];
        Title("1").ShouldBe("Mis\u00e9rables, Les (1995)");
        Genres("1").ShouldBe(["Sci-Fi", "Drama"]);
        Genres("2").ShouldBeEmpty();
        Genres("3").ShouldBe(["Action"]);
        new[] { "1", "2", "3" }.Select(id => films.From(codes.Find(id))).ShouldBe([2 * Day, 4 * Day, 7 * Second]);
    }

    [Fact]
    public void A_line_unfolds_into_its_last_columns_values()
    {
        using var folder = With("{ source: beauty.txt, columns: [user, film], separator: space, unfold: last, time: position, keys: { user: user, film: film } }");
        folder.Put("beauty.txt", "1 10 20 30\n2 20 10 \n\n3 40\n");
        var history = folder.Read();
        Keys(history, "user", 2).ShouldBe(["1", "1", "1", "2", "2", "3"]);
        Keys(history, "film", 3).ShouldBe(["10", "20", "30", "20", "10", "40"]);
        history.Tables[0].Columns[0].ShouldBe([0.0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public void A_fault_in_an_unfolded_line_names_the_line()
    {
        using var folder = With("{ source: beauty.txt, columns: [user, film], separator: space, unfold: last, time: position, "
            + "keys: { user: user, film: film }, fields: { number: number from film } }");
        folder.Put("beauty.txt", "1 10 20 30\n2 20 ten\n");
        folder.Read().Report.Findings.Select(static f => (f.Reason, f.Examples[0].Line)).ShouldBe([("not a number", 2)]);
    }
}
