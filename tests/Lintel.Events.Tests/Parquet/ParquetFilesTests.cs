using Lintel.Events.Parquet;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Tests.Parquet;

public sealed class ParquetFilesTests
{
    internal static void WritePayments(string path, bool amountIsInstant) => ParquetFiles.Write(
        path,
        new ParquetColumn.Whole("id", [1]), new ParquetColumn.Instant("at", [0]), new ParquetColumn.Text("card", ["A"]),
        new ParquetColumn.Text("terminal", ["x"]), new ParquetColumn.Flag("fraud", [true]),
        amountIsInstant ? new ParquetColumn.Instant("amount", [1]) : new ParquetColumn.Number("amount", [1]));

    [Fact]
    public void Equal_values_make_equal_files()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-parquet").FullName;
        var values = Enumerable.Range(0, 5000).Select(static i => i * 0.5).ToArray();
        byte[] Write(string name)
        {
            var path = Path.Combine(folder, name);
            ParquetFiles.Write(path, new ParquetColumn.Number("x", values), new ParquetColumn.Whole("n", [.. values.Select(static v => (long)v)]));
            return File.ReadAllBytes(path);
        }
        Write("a.parquet").ShouldBe(Write("b.parquet"));
        Directory.GetFiles(folder).Length.ShouldBe(2);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Whole_numbers_may_be_missing()
    {
        var folder = Directory.CreateTempSubdirectory("lintel-parquet").FullName;
        var path = Path.Combine(folder, "a.parquet");
        ParquetFiles.Write(path, new ParquetColumn.Whole("n", [3, -1, 5], Missing: -1));
        using (var connection = DuckDbConnection.Open())
        {
            connection.Execute($"CREATE TABLE found AS SELECT * FROM {DuckDbConnection.Literal(path)} WHERE n IS NULL");
            connection.Execute("SELECT CASE WHEN count(*) = 1 THEN 1 ELSE error('expected one missing number') END FROM found");
            connection.Execute($"SELECT CASE WHEN sum(n) = 8 THEN 1 ELSE error('expected 3 and 5') END FROM {DuckDbConnection.Literal(path)}");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused() =>
        Should.Throw<ArgumentException>(static () => ParquetFiles.Write(
            "never.parquet", new ParquetColumn.Whole("a", [1, 2]), new ParquetColumn.Whole("b", [1])))
            .Message.ShouldContain("'b' has 1 rows");
}
