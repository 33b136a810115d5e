using Lintel.Events.Parquet;
using Lintel.Events.Sources;

namespace Lintel.Events.Tests.Sources;

/// <summary>Records that their place in the source identifies: <c>source_row</c>.</summary>
public sealed class RowNumberTests
{
    private const string Header = "at,card,terminal,amount,fraud\n";

    private const string ByRow = """
          payment:
            source: payments.*
            id: source_row
            time: at
            keys: { card: card, terminal: terminal }
            fields: { amount: number, row: number from source_row }
            where: amount != 99
          verdict:
            source: payments.*
            about: payment by source_row
            time: at
            known: at + 7d
            where: fraud = "1" or fraud = "0"
            fields: { fraud: bool }
        """;

    [Fact]
    public void A_label_in_the_row_of_its_subject_finds_it()
    {
        using var folder = new SourceFolder { Events = ByRow }.Put("payments.csv", Header
            + "1970-01-03,A,x,10,0\n1970-01-01,B,x,20,1\n1970-01-02,C,y,99,1\n1970-01-02,D,y,40,\n1970-01-04,E,y,50,1\n");
        var history = folder.Read();
        var (payments, verdicts) = (history.Tables[0], history.Tables[1]);
        // rows that do not count have a number, too
        Enumerable.Range(0, payments.RowCount).Select(r => payments.Ids[r]).ShouldBe(["1", "3", "0", "4"]);
        payments.Columns[5].ShouldBe([1, 3, 0, 4]);
        verdicts.Columns[2].ShouldBe([1, 1, 0, 1]);
        verdicts.Subjects.ShouldBe([0, -1, 2, 3]);
        history.Report.Findings.ShouldHaveSingleItem().Reason.ShouldBe("unknown payment");
    }

    [Fact]
    public void Rows_are_numbered_over_all_files_and_without_those_that_cannot_be_parted()
    {
        using var folder = new SourceFolder { Events = ByRow }
            .Put("payments.1.csv", Header + "1970-01-01,A,x,1,1\nbroken\n1970-01-02,B,x,2,0\n")
            .Put("payments.2.csv.gz", Header + "1970-01-03,C,x,3,1\n1970-01-04,D,x,4,0\n");
        ParquetFiles.Write(
            Path.Combine(folder.Folder, "payments.3.parquet"),
            new ParquetColumn.Instant("at", [345_600_000_000]), new ParquetColumn.Text("card", ["E"]), new ParquetColumn.Text("terminal", ["x"]),
            new ParquetColumn.Number("amount", [5]), new ParquetColumn.Text("fraud", ["1"]));
        var history = folder.Read();
        history.Tables[0].Columns[4].ShouldBe([1, 2, 3, 4, 5]);
        history.Tables[0].Columns[5].ShouldBe([0, 1, 2, 3, 4]);
        history.Tables[1].Subjects.ShouldBe([0, 1, 2, 3, 4]);
        history.Tables[1].Columns[2].ShouldBe([1, 0, 1, 0, 1]);
    }

    [Fact]
    public void A_clock_is_made_of_the_row_where_the_source_has_none()
    {
        using var folder = new SourceFolder
        {
            Events = ByRow.Replace("time: at", "time: 2008-05-05 + source_row * 15m", StringComparison.Ordinal)
                .Replace("known: at + 7d", "known: 7d", StringComparison.Ordinal),
        }.Put("payments.csv", Header + "x,A,x,1,1\nx,B,x,2,0\n");
        var start = new DateTimeOffset(2008, 5, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000.0;
        folder.Read().Tables[0].Columns[0].ShouldBe([start, start + 900e6]);
    }

    [Fact]
    public void Long_files_keep_their_order()
    {
        var lines = string.Concat(Enumerable.Range(0, 300_000).Select(static i => $"1970-01-01,A,x,{i},{i % 2}\n"));
        using var folder = new SourceFolder { Events = ByRow.Replace("amount != 99", "amount >= 0", StringComparison.Ordinal) }
            .Put("payments.csv", Header + lines);
        var table = folder.Read().Tables[0];
        table.Columns[4].AsSpan(0, 300_000).SequenceEqual(table.Columns[5]).ShouldBeTrue();
        table.Columns[5][^1].ShouldBe(299_999);
    }

    [Fact]
    public void A_column_of_that_name_is_read_as_it_stands()
    {
        using var folder = new SourceFolder { Events = ByRow }.Put("payments.csv", "source_row," + Header
            + "7,1970-01-01,A,x,10,1\n9,1970-01-02,B,x,20,0\n");
        var history = folder.Read();
        history.Tables[0].Columns[5].ShouldBe([7, 9]);
        history.Tables[1].Subjects.ShouldBe([0, 1]);
    }

    [Fact]
    public void An_imported_file_names_its_records_itself()
    {
        using var folder = new SourceFolder { Events = ByRow }.Put("more.csv", Header + "1970-01-01,A,x,10,1\n")
            .Put("named.csv", "id,row," + Header + "n1,0,1970-01-01,A,x,10,1\n");
        var type = folder.Design().Events[0];
        Should.Throw<InvalidDataException>(() => new RequestLines(Path.Combine(folder.Folder, "more.csv"), type))
            .Message.ShouldContain("no column");
        using var lines = new RequestLines(Path.Combine(folder.Folder, "named.csv"), type);
        System.Text.Encoding.UTF8.GetString(lines.Read().ShouldHaveSingleItem()).ShouldContain("\"id\":\"n1\"");
    }
}
