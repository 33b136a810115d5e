using Lintel.Design;
using Lintel.Events.Catalogues;
using Lintel.Events.Tests.Sources;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Tests.Catalogues;

public sealed class CatalogueReadingTests
{
    private const long Day = 86_400_000_000;

    private const string Payments = "id,at,card,terminal,amount,fraud\n1,1970-01-03,A,x,10,0\n2,1970-01-05,A,y,20,1\n3,1970-01-04,B,z,5,0\n";

    private const string Terminals = """
          terminal:
            source: terminals.*
            key: code
            from: opened
            until: closed
            fields: { city: text, slots: number from places * 2, tags: list, big: bool }
        """;

    private const string Header = "code,opened,closed,city,places,tags,big\n";

    private static SourceFolder With(string rows, string catalogues = Terminals) =>
        new SourceFolder { Catalogues = catalogues }.Put("payments.csv", Payments).Put("terminals.csv", Header + rows);

    private static (CatalogueTable Table, CodeDictionaries Texts) Read(SourceFolder folder, CodeDictionaries? dictionaries = null)
    {
        var history = folder.Read(dictionaries: dictionaries);
        return (history.Catalogues.ShouldHaveSingleItem(), history.Dictionaries);
    }

    private static string[] List(CatalogueTable table, CodeDictionaries texts, string key, int field = 2) =>
        [.. table.List(field, texts["terminal"].Find(key)).ToArray().Select(texts["terminal.tags"].Text)];

    [Fact]
    public void A_row_stands_under_the_code_that_events_use()
    {
        using var folder = With("y,1970-01-02,1970-01-09,Rome,3,a|b| a |,1\nx,1970-01-01,,Oslo,2,,0\nq,1970-01-01,,Oslo,1,c,0\n");
        var (table, texts) = Read(folder);
        var (x, y, z) = (texts["terminal"].Find("x"), texts["terminal"].Find("y"), texts["terminal"].Find("z"));
        texts[ColumnDesign.TextDomain].Text((int)table.Value(0, y)).ShouldBe("Rome");
        table.Value(0, texts["terminal"].Find("q")).ShouldBe(table.Value(0, x));
        table.Value(1, y).ShouldBe(6);
        List(table, texts, "y").ShouldBe(["a", "b"]);
        List(table, texts, "x").ShouldBeEmpty();
        List(table, texts, "q").ShouldBe(["c"]);
        (table.Value(3, x), table.Value(3, y)).ShouldBe((0, 1));
        (table.From(y), table.Until(y), table.Until(x)).ShouldBe((Day, 8 * Day, long.MaxValue));
        (table.IsThere(y, Day - 1), table.IsThere(y, Day), table.IsThere(y, 8 * Day)).ShouldBe((false, true, false));
        // z is what an event names and no row describes
        (table.IsThere(z, 3 * Day), table.Value(1, z), table.Count).ShouldBe((false, double.NaN, 4));
    }

    [Fact]
    public void Lists_come_from_Parquet_as_they_are()
    {
        using var folder = new SourceFolder { Catalogues = Terminals }.Put("payments.csv", Payments);
        var path = DuckDbConnection.Literal(Path.Combine(folder.Folder, "terminals.parquet"));
        using (var connection = DuckDbConnection.Open())
        {
            connection.Execute("COPY (SELECT 'x' AS code, TIMESTAMP '1970-01-01' AS opened, NULL::TIMESTAMP AS closed, 'Oslo' AS city, 2 AS places, "
                + "['a|b', 'c'] AS tags, true AS big UNION ALL SELECT 'y', TIMESTAMP '1970-01-01', NULL, NULL, NULL, [], NULL UNION ALL "
                + $"SELECT 'z', TIMESTAMP '1970-01-01', NULL, NULL, NULL, NULL, NULL) TO {path} (FORMAT parquet)");
        }
        var (table, texts) = Read(folder);
        List(table, texts, "x").ShouldBe(["a|b", "c"]);
        List(table, texts, "y").ShouldBeEmpty();
        double.IsNaN(table.Value(2, texts["terminal"].Find("y"))).ShouldBeFalse();
        double.IsNaN(table.Value(2, texts["terminal"].Find("z"))).ShouldBeTrue();
    }

    [Fact]
    public void Bad_rows_are_told_and_counted()
    {
        using var folder = With("x,1970-01-01,,Oslo,2,,0\nx,1970-01-01,,Rome,2,,0\n,1970-01-01,,Rome,2,,0\ny,1970-01-01,,Rome,two,,0\nz,,,Rome,2,,0\n");
        var history = folder.Read();
        history.Report.Findings.Select(static f => (f.Event, f.Reason, f.Dropped, f.Examples[0].Line)).ShouldBe([
            ("terminal", "unreadable in 'places * 2'", true, 5), ("terminal", "duplicate key", true, 2), ("terminal", "missing key", true, 3),
            ("terminal", "missing 'from': there from its first event on", false, 5)], ignoreOrder: true);
        history.Report.Counts.Single(static c => c.Event == "terminal").ShouldBe(new SourceCount("terminal", "terminals.*", 5, 2));
        var (table, keys) = (history.Catalogues[0], history.Dictionaries["terminal"]);
        history.Dictionaries["text"].Text((int)table.Value(0, keys.Find("x"))).ShouldBe("Oslo");
        table.From(keys.Find("z")).ShouldBe(3 * Day);
        table.From(keys.Find("y")).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void More_bad_rows_than_may_be_stop_the_reading()
    {
        using var folder = With("x,1970-01-01,,Oslo,2,,0\n,1970-01-01,,Rome,2,,0\n");
        folder.Fault().ToString().ShouldContain("LT0305: 1 of 2 rows of 'terminals.*' cannot be used");
    }

    [Theory]
    [InlineData("", "LT0307: catalogue 'terminal' is empty; got 0 rows of 'terminals.*', none with a usable key")]
    [InlineData(",1970-01-01,,Rome,2,,0\n", "LT0307: catalogue 'terminal' is empty; got 1 rows of 'terminals.*', none with a usable key")]
    public void An_empty_catalogue_says_so(string rows, string expected)
    {
        using var folder = With(rows, "  terminal: { source: terminals.*, key: code, fields: { city: text } }");
        folder.Fault(badRows: 1).ToString().ShouldContain(expected);
    }

    [Fact]
    public void A_catalogue_without_its_file_says_so()
    {
        using var folder = new SourceFolder { Catalogues = Terminals }.Put("payments.csv", Payments);
        folder.Fault().ToString().ShouldContain("LT0301: catalogue 'terminal': no file matches 'terminals.*'");
    }

    [Fact]
    public void Without_a_source_things_are_those_that_events_name()
    {
        using var folder = new SourceFolder { Catalogues = "  terminal: {}" }.Put("payments.csv", Payments);
        var (table, texts) = Read(folder);
        new[] { "x", "y", "z" }.Select(k => table.From(texts["terminal"].Find(k))).ShouldBe([2 * Day, 4 * Day, 3 * Day]);
        table.Until(0).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void Fingerprint_tells_of_the_catalogue_and_not_of_codes()
    {
        const string Rows = "x,1970-01-01,,Oslo,2,a|b,0\ny,1970-01-01,,Rome,2,c,0\n";
        using var folder = With(Rows);
        using var other = With(Rows.Replace("c,0", "d,0", StringComparison.Ordinal));
        using var turned = With("y,1970-01-01,,Rome,2,c,0\nx,1970-01-01,,Oslo,2,a|b,0\n");
        var fingerprint = folder.Read().Fingerprint;
        turned.Read().Fingerprint.ShouldBe(fingerprint);
        other.Read().Fingerprint.ShouldNotBe(fingerprint);
        var filled = new CodeDictionaries();
        _ = filled["terminal"].Add("y");
        folder.Read(dictionaries: filled).Fingerprint.ShouldBe(fingerprint);
    }

    [Fact]
    public void A_file_brings_the_catalogue_back()
    {
        using var folder = With("y,1970-01-02,1970-01-09,Rome,3,a|b,1\nx,1970-01-01,,Oslo,2,,0\n");
        var (table, texts) = Read(folder);
        var path = Path.Combine(folder.Folder, "version", "terminal.bin");
        CatalogueFile.Write(path, table);
        var again = CatalogueFile.Read(path, folder.Design().Catalogues[0]);
        again.Count.ShouldBe(table.Count);
        for (var code = 0; code < table.Count; code++)
        {
            for (var f = 0; f < 4; f++) { again.Value(f, code).ShouldBe(table.Value(f, code)); }
            (again.From(code), again.Until(code)).ShouldBe((table.From(code), table.Until(code)));
            again.List(2, code).ToArray().ShouldBe(table.List(2, code).ToArray());
        }
        List(again, texts, "y").ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_file_that_was_cut_or_is_anothers_is_refused()
    {
        using var folder = With("y,1970-01-02,1970-01-09,Rome,3,a|b,1\n");
        var (table, _) = Read(folder);
        var path = Path.Combine(folder.Folder, "terminal.bin");
        CatalogueFile.Write(path, table);
        using var other = With("", Terminals.Replace("big: bool", "big: number", StringComparison.Ordinal));
        Should.Throw<InvalidDataException>(() => CatalogueFile.Read(path, other.Design().Catalogues[0]))
            .Message.ShouldContain("holds field 'big' (Bool), expected 'big' (Number)");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);
        Should.Throw<InvalidDataException>(() => CatalogueFile.Read(path, table.Design)).Message.ShouldContain("checksum");
    }
}
