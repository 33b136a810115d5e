using Lintel.Events.Parquet;

namespace Lintel.Events.Tests.Sources;

public sealed class HistoryReaderTests
{
    private const string Header = "id,at,card,terminal,amount,fraud\n";
    private const long Second = 1_000_000, Day = 86_400 * Second;

    [Fact]
    public void Records_stand_in_the_order_in_which_they_became_known()
    {
        using var folder = new SourceFolder().Put("payments.csv", Header
            + "3,1970-01-09 00:00:00,A,x,3,0\n1,1970-01-01 00:00:05,B,x,1.5,1\n2,1970-01-01 00:00:05,A,y,2,0\n");
        var history = folder.Read();
        history.Tables[0].Columns[0].ShouldBe([5.0 * Second, 5.0 * Second, 8.0 * Day]);
        history.Tables[0].Columns[4].ShouldBe([1.5, 2, 3]);
        Enumerable.Range(0, 3).Select(r => history.Tables[0].Ids[r]).ShouldBe(["1", "2", "3"]);
        // ties: type as declared, then row
        history.Order.ShouldBe([
            new(5 * Second, 0, 0), new(5 * Second, 0, 1), new((7 * Day) + (5 * Second), 1, 0), new((7 * Day) + (5 * Second), 1, 1),
            new(8 * Day, 0, 2), new(15 * Day, 1, 2)]);
        history.Report.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_label_reads_its_subjects_values()
    {
        using var folder = new SourceFolder().Put("payments.csv", Header
            + "2,1970-01-03,B,y,20,1\n1,1970-01-02,A,x,10,0\n");
        var history = folder.Read();
        var scratch = new double[16];
        var record = history.Read(new(10 * Day, 1, 1), scratch);
        record.Subject.ShouldBe(1);
        record.Values.ToArray().ShouldBe([
            2.0 * Day, 9.0 * Day, 1,            // the verdict's time, known, fraud
            2.0 * Day, 2.0 * Day, history.Dictionaries["card"].Find("B"), history.Dictionaries["terminal"].Find("y"), 20]);
    }

    [Fact]
    public void Csv_gzip_and_Parquet_bring_the_same_history()
    {
        var text = Header + "10,2020-01-01 00:00:01,596,7,12.5,1\n11,2020-01-01 00:00:02,597,x9,0.1,0\n12,2020-01-01 00:00:03,596,7,,\n";
        using var csv = new SourceFolder().Put("payments.csv", text);
        using var gzip = new SourceFolder().Put("payments.csv.gz", text);
        using var parquet = new SourceFolder();
        var start = 1_577_836_800 * Second;
        ParquetFiles.Write(
            Path.Combine(parquet.Folder, "payments.parquet"),
            new ParquetColumn.Whole("id", [10, 11, 12]),
            new ParquetColumn.Instant("at", [start + Second, start + (2 * Second), start + (3 * Second)]),
            new ParquetColumn.Whole("card", [596, 597, 596]),
            new ParquetColumn.Text("terminal", ["7", "x9", "7"]),
            new ParquetColumn.Number("amount", [12.5, 0.1, double.NaN]),
            new ParquetColumn.Number("fraud", [1, 0, double.NaN]));
        var expected = csv.Read();
        expected.Report.Findings.ShouldBeEmpty();
        expected.Dictionaries["card"].Text((int)expected.Tables[0].Columns[2][0]).ShouldBe("596");
        gzip.Read().Fingerprint.ShouldBe(expected.Fingerprint);
        parquet.Read().Fingerprint.ShouldBe(expected.Fingerprint);
    }

    [Fact]
    public void Fingerprint_tells_of_values_and_not_of_codes()
    {
        var rows = "1,1970-01-02,A,x,10,0\n2,1970-01-03,B,y,20,1\n";
        using var folder = new SourceFolder().Put("payments.csv", Header + rows);
        using var other = new SourceFolder().Put("payments.csv", Header + rows.Replace("20", "21", StringComparison.Ordinal));
        using var renamed = new SourceFolder().Put("payments.csv", Header + rows.Replace("B", "C", StringComparison.Ordinal));
        var filled = new CodeDictionaries();
        _ = filled["card"].Add("B");
        var fingerprint = folder.Read().Fingerprint;
        folder.Read(dictionaries: filled).Fingerprint.ShouldBe(fingerprint);
        other.Read().Fingerprint.ShouldNotBe(fingerprint);
        renamed.Read().Fingerprint.ShouldNotBe(fingerprint);
    }

    [Fact]
    public void Columns_are_renamed_computed_and_kept_by_condition()
    {
        using var folder = new SourceFolder
        {
            Events = """
                  payment:
                    source: p.csv
                    id: id
                    time: day + 12h
                    where: state != 'test'
                    keys: { card: card }
                    fields: { amount: number from cents / 100, late: bool from paid - day > 2d, state: text }
                  verdict:
                    source: v.csv
                    about: payment by payment_id
                    time: position
                    fields: { fraud: bool from (score > 0.5) }
                """,
        };
        folder.Put("p.csv", "id;day;card;cents;paid;state\na;1970-01-01;A;150;1970-01-02;ok\nb;1970-01-01;A;150;;test\nc;1970-01-02;B;75;1970-01-06;ok\n")
            .Put("v.csv", "payment_id,score\nc,0.75\na,0.5\n");
        var history = folder.Read();
        var payments = history.Tables[0];
        payments.RowCount.ShouldBe(2);
        payments.Columns[0].ShouldBe([0.5 * Day, 1.5 * Day]);
        payments.Columns[3].ShouldBe([1.5, 0.75]);
        payments.Columns[4].ShouldBe([0.0, 1]);
        payments.Ids[1].ShouldBe("c");
        history.Tables[1].Columns[0].ShouldBe([0.0, 1]);
        history.Tables[1].Columns[2].ShouldBe([1.0, 0]);
        history.Tables[1].Subjects.ShouldBe([1, 0]);
        history.Report.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Times_take_zones_and_Unix_seconds()
    {
        using var folder = new SourceFolder().Put("payments.csv", Header
            + "1,1970-01-01T02:00:05+02:00,A,x,1,0\n2,1970-01-01T00:00:06Z,A,x,1,0\n3,1970-01-01 00:00:07.25,A,x,1,0\n");
        folder.Read().Tables[0].Columns[0].ShouldBe([5.0 * Second, 6.0 * Second, 7.25 * Second]);
        using var unix = new SourceFolder { Events = SourceFolder.Payments.Replace("known: at + 7d", "known: 7d", StringComparison.Ordinal) };
        ParquetFiles.Write(
            Path.Combine(unix.Folder, "payments.parquet"),
            new ParquetColumn.Text("id", ["a", "b"]), new ParquetColumn.Instant("at", [5 * Second, 6 * Second]),
            new ParquetColumn.Number("card", [1, 2.5]), new ParquetColumn.Whole("terminal", [1, 2]),
            new ParquetColumn.Whole("amount", [1, 2]), new ParquetColumn.Flag("fraud", [true, false]));
        var history = unix.Read();
        history.Dictionaries["card"].Text(1).ShouldBe("2.5");
        history.Dictionaries["card"].Text(0).ShouldBe("1");
        history.Tables[1].Columns[2].ShouldBe([1.0, 0]);
    }

    [Fact]
    public void Several_files_are_read_in_the_order_of_their_names()
    {
        using var folder = new SourceFolder { Events = SourceFolder.Payments.Replace("payments.*", "days/p-*.csv", StringComparison.Ordinal) };
        Directory.CreateDirectory(Path.Combine(folder.Folder, "days"));
        folder.Put("days/p-2.csv", Header + "2,1970-01-01,A,x,2,0\n").Put("days/p-1.csv", Header + "1,1970-01-01,A,x,1,0\n");
        folder.Read().Tables[0].Columns[4].ShouldBe([1.0, 2]);
    }

    [Fact]
    public void A_field_that_becomes_known_later_is_missing_in_its_record()
    {
        using var folder = new SourceFolder
        {
            Events = SourceFolder.Payments.Replace("amount: number", "amount: number, fee: number known settled", StringComparison.Ordinal),
        };
        folder.Put("payments.csv", "id,at,card,terminal,amount,fraud,fee,settled\n1,1970-01-02,A,x,1,0,5,1970-01-03\n2,1970-01-02,A,x,1,0,6,1970-01-01\n");
        var history = folder.Read();
        history.Tables[0].Columns[5].ShouldBe([5.0, 6]);
        history.Tables[0].FieldsKnown![5].ShouldBe([2 * Day, 0]);
        var scratch = new double[16];
        double.IsNaN(history.Read(history.Order[0], scratch).Values[5]).ShouldBeTrue();
        history.Read(history.Order[1], scratch).Values[5].ShouldBe(6);
    }
}
