namespace Lintel.Events.Tests.Sources;

public sealed class BadInputTests
{
    private const string Header = "id,at,card,terminal,amount,fraud\n";

    [Fact]
    public void Bad_rows_are_counted_by_reason_line_and_column()
    {
        using var folder = new SourceFolder().Put("payments.csv", Header
            + "1,1970-01-01,A,x,1,0\n"              // line 2
            + "2,1970-01-01,A,x,abc,0\n"            // 3: text in a number
            + "3,1970-01-01,A\n"                    // 4: too few
            + "4,1970-01-01,A,x,4,0,more\n"         // 5: too many
            + "5,yesterday,A,x,5,0\n"               // 6: no instant
            + "\n"
            + "6,1970-01-01,\"A\nB\",x,6,0\n"       // 8 and 9
            + "7,1970-01-01,A,x,7,perhaps\n"        // 10
            + ",1970-01-01,A,x,8,0\n"               // 11: no id
            + "9,1970-01-01,A,x,nan,0\n"            // 12
            + "10,1970-01-01,A,x,-inf,0\n"          // 13
            + "11,1970-01-01,,x,,\n");              // 14: missing, and that is no fault
        var history = folder.Read();
        var payment = history.Report.Findings.Where(static f => f.Event == "payment")
            .Select(static f => (f.Reason, f.Column, f.Count, f.Dropped, f.Examples[0].Line, f.Examples[0].Value)).ToList();
        payment.ShouldBe([
            ("not a number", "amount", 1, true, 3, "abc"),
            ("not an instant", "time", 1, true, 6, "yesterday"),
            ("missing id", "id", 1, true, 11, ""),
            ("nan", "amount", 1, false, 12, "nan"),
            ("infinite", "amount", 1, false, 13, "-inf"),
            ("too few columns", "terminal", 1, true, 4, "3,1970-01-01,A"),
            ("too many columns", null, 1, true, 5, "4,1970-01-01,A,x,4,0,more"),
        ], ignoreOrder: true);
        history.Report.Findings.ShouldContain(static f => f.Event == "verdict" && f.Reason == "not yes or no" && f.Examples[0].Line == 10);
        history.Tables[0].RowCount.ShouldBe(6);
        history.Tables[0].Columns[4].ShouldBe([1, 6, 7, double.NaN, double.NaN, double.NaN]);
        history.Dictionaries["card"].Text(1).ShouldBe("A\nB");
        history.Report.Counts[0].ShouldBe(new("payment", "payments.*", 11, 6));
    }

    [Fact]
    public void Past_the_limit_reading_stops_and_says_why()
    {
        using var folder = new SourceFolder().Put("payments.csv", Header
            + "1,1970-01-01,A,x,1,0\n2,1970-01-01,A,x,12 EUR,0\n");
        var fault = folder.Fault();
        fault.Code.ShouldBe("LT0305");
        fault.Message.ShouldContain("1 of 2 rows");
        fault.Got!.ShouldContain("payments.csv:3: '12 EUR'");
        folder.Fault(0.4).Code.ShouldBe("LT0305");
        folder.Read(0.5).Tables[0].RowCount.ShouldBe(1);
    }

    [Fact]
    public void Repeated_ids_are_reported_and_the_first_counts()
    {
        using var folder = new SourceFolder().Put("payments.csv", Header
            + "1,1970-01-02,A,x,2,0\n1,1970-01-01,A,x,1,0\n2,1970-01-03,A,x,3,0\n");
        var history = folder.Read();
        history.Tables[0].Columns[4].ShouldBe([1.0, 3]);
        var finding = history.Report.Findings.Single(static f => f.Event == "payment");
        (finding.Reason, finding.Count, finding.Dropped, finding.Examples[0].Value).ShouldBe(("duplicate id", 1, true, "1"));
        // both verdicts stay: the later one corrects the earlier
        history.Tables[1].Subjects.ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void Labels_of_unknown_subjects_are_reported()
    {
        using var folder = new SourceFolder { Events = SourceFolder.Payments.Replace("verdict:\n    source: payments.*", "verdict:\n    source: v.csv", StringComparison.Ordinal) };
        folder.Put("payments.csv", Header + "1,1970-01-02,A,x,2,0\n").Put("v.csv", "id,at,fraud\n1,1970-01-02,1\n99,1970-01-02,0\n");
        var history = folder.Read();
        history.Tables[1].Subjects.ShouldBe([0, -1]);
        var finding = history.Report.Findings.Single();
        (finding.Reason, finding.Count, finding.Examples[0].Value, finding.Examples[0].Line).ShouldBe(("unknown payment", 1, "99", 2));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new SourceFolder();
        var fault = folder.Fault();
        fault.Code.ShouldBe("LT0301");
        fault.Message.ShouldContain("payments.*");
        fault.At.Line.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("payments.parquet", "PAR1 and then nothing that a reader could use")]
    [InlineData("payments.parquet", "")]
    [InlineData("payments.csv", "")]
    public void An_unreadable_file_is_named(string name, string content)
    {
        using var folder = new SourceFolder().Put(name, content);
        var fault = folder.Fault();
        fault.Code.ShouldBe("LT0302");
        fault.Message.ShouldContain(name);
    }

    [Fact]
    public void A_gzip_that_was_cut_short_is_refused()
    {
        using var folder = new SourceFolder().Put("payments.csv.gz", Header
            + string.Concat(Enumerable.Range(0, 5000).Select(static i => $"{i},1970-01-01 00:{i % 60:00}:{i % 59:00},{i * 7919 % 1000},x,{i * 31 % 97},0\n")));
        var path = Path.Combine(folder.Folder, "payments.csv.gz");
        var bytes = File.ReadAllBytes(path);
        foreach (var length in new[] { bytes.Length - 1, bytes.Length - 8, bytes.Length - 9, bytes.Length * 2 / 3, 60 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            folder.Fault().Code.ShouldBe("LT0302");
        }
        File.WriteAllBytes(path, [.. bytes, .. bytes]);     // members may follow one another
        folder.Read().Tables[0].RowCount.ShouldBe(5000);
    }

    [Fact]
    public void A_missing_column_suggests_the_nearest()
    {
        using var folder = new SourceFolder().Put("payments.csv", "id,at,card,terminal,Amuont,fraud\n1,1970-01-01,A,x,1,0\n");
        var fault = folder.Fault();
        fault.Code.ShouldBe("LT0303");
        fault.Message.ShouldContain("'amount'");
        fault.Fix!.ShouldContain("'Amuont'");
    }

    [Fact]
    public void A_column_of_another_type_is_refused()
    {
        using var folder = new SourceFolder();
        Parquet.ParquetFilesTests.WritePayments(Path.Combine(folder.Folder, "payments.parquet"), amountIsInstant: true);
        var fault = folder.Fault();
        fault.Code.ShouldBe("LT0304");
        fault.Got.ShouldBe("TIMESTAMP");
    }
}
