using System.Text;
using Lintel.Native.DuckDb;

namespace Lintel.Native.Tests.DuckDb;

public sealed class DuckDbConnectionTests
{
    [Fact]
    public void Library_says_its_version() => DuckDbConnection.LibraryVersion.ShouldStartWith("v1.5");

    [Fact]
    public void Settings_are_applied()
    {
        var folder = Path.Combine(Path.GetTempPath(), "lintel-duckdb-settings");
        using var connection = DuckDbConnection.Open(new() { Threads = 2, MemoryLimitBytes = 256 << 20, TemporaryFolder = folder });
        string Setting(string name)
        {
            using var rows = connection.Query($"SELECT current_setting('{name}')::VARCHAR");
            rows.NextChunk().ShouldBeTrue();
            return rows.Chunk.Texts(0).Text(0);
        }
        Setting("autoinstall_known_extensions").ShouldBe("false");
        Setting("autoload_known_extensions").ShouldBe("false");
        Setting("threads").ShouldBe("2");
        Setting("memory_limit").ShouldBe("256.0 MiB");
        Setting("temp_directory").ShouldBe(folder);
    }

    [Fact]
    public void Every_type_is_read_back_with_its_missing_rows()
    {
        using var connection = DuckDbConnection.Open();
        using var rows = connection.Query("""
            SELECT i::BIGINT AS n, i / 4::DOUBLE AS x, (i % 3 = 0) AS b, i::INTEGER AS small,
                   make_timestamp(i) AS t, CASE WHEN i % 2 = 0 THEN repeat('é', i::INTEGER) END AS s
            FROM range(3000) r(i)
            """);
        rows.Columns.Select(static c => c.Name).ShouldBe(["n", "x", "b", "small", "t", "s"]);
        rows.Columns.Select(static c => c.Type).ShouldBe([
            DuckDbType.BigInt, DuckDbType.Double, DuckDbType.Boolean, DuckDbType.Integer, DuckDbType.Timestamp, DuckDbType.Varchar]);
        var i = 0;
        while (rows.NextChunk())
        {
            var chunk = rows.Chunk;
            for (var r = 0; r < chunk.RowCount; r++, i++)
            {
                chunk.Values<long>(0)[r].ShouldBe(i);
                chunk.Values<double>(1)[r].ShouldBe(i / 4.0);
                chunk.Values<byte>(2)[r].ShouldBe(i % 3 == 0 ? (byte)1 : (byte)0);
                chunk.Values<int>(3)[r].ShouldBe(i);
                chunk.Values<long>(4)[r].ShouldBe(i);
                chunk.Validity(0)[r].ShouldBeTrue();
                chunk.Validity(5)[r].ShouldBe(i % 2 == 0);
                if (i % 2 == 0 && i < 100) { chunk.Texts(5).Text(r).ShouldBe(new string('é', i)); }
            }
        }
        i.ShouldBe(3000);
    }

    [Fact]
    public void A_column_read_as_another_type_is_refused()
    {
        using var connection = DuckDbConnection.Open();
        using var rows = connection.Query("SELECT 1::BIGINT AS n");
        rows.NextChunk().ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => rows.Chunk.Values<int>(0).Length).Message.ShouldContain("BigInt");
        Should.Throw<InvalidOperationException>(() => rows.Chunk.Texts(0).Text(0)).Message.ShouldContain("'n'");
    }

    [Fact]
    public void A_refused_statement_keeps_the_librarys_message()
    {
        using var connection = DuckDbConnection.Open();
        var fault = Should.Throw<NativeException>(() => connection.Execute("SELECT nowhere FROM nothing"));
        fault.Library.ShouldBe("DuckDB");
        fault.Message.ShouldContain("nothing");
    }

    [Fact]
    public void A_path_that_cannot_be_opened_is_said()
    {
        var fault = Should.Throw<NativeException>(() => DuckDbConnection.Open(new() { Path = "/proc/nowhere/x.duckdb" }));
        fault.Message.ShouldContain("/proc/nowhere/x.duckdb");
    }

    [Fact]
    public void Appended_rows_are_in_the_table()
    {
        using var connection = DuckDbConnection.Open();
        connection.Execute("CREATE TABLE t (n BIGINT, x DOUBLE, s VARCHAR, b BOOLEAN)");
        using (var appender = new DuckDbAppender(
            connection, "t", [DuckDbType.BigInt, DuckDbType.Double, DuckDbType.Varchar, DuckDbType.Boolean]))
        {
            for (var block = 0; block < 2; block++)
            {
                appender.Set<long>(0, [1 + block, 2, 3]);
                appender.Set<double>(1, [0.5, 1.5, 2.5]);
                appender.Set<byte>(3, [1, 0, 1]);
                for (var r = 0; r < 3; r++) { appender.SetText(2, r, $"text number {r} of {block}"); }
                appender.SetText(2, 1, "");
                appender.SetMissing(1, 2);
                appender.Append(3);
            }
            appender.Complete();
        }
        connection.QueryInt64("SELECT count(*) FROM t").ShouldBe(6);
        connection.QueryInt64("SELECT count(x) FROM t").ShouldBe(4);
        connection.QueryInt64("SELECT sum(n) FROM t").ShouldBe(13);
        connection.QueryInt64("SELECT count(*) FROM t WHERE b").ShouldBe(4);
        connection.QueryInt64("SELECT count(*) FROM t WHERE s = 'text number 2 of 1'").ShouldBe(1);
        connection.QueryInt64("SELECT count(*) FROM t WHERE s = ''").ShouldBe(2);
    }

    [Fact]
    public void Appending_to_no_table_is_refused()
    {
        using var connection = DuckDbConnection.Open();
        Should.Throw<NativeException>(() => new DuckDbAppender(connection, "nowhere", [DuckDbType.BigInt]))
            .Message.ShouldContain("nowhere");
    }

    [Fact]
    public void Literals_and_identifiers_are_quoted()
    {
        using var connection = DuckDbConnection.Open();
        using var rows = connection.Query(
            $"SELECT {DuckDbConnection.Literal("it's")} AS {DuckDbConnection.Identifier("a \"b\"")}");
        rows.NextChunk().ShouldBeTrue();
        rows.Columns[0].Name.ShouldBe("a \"b\"");
        Encoding.UTF8.GetString(rows.Chunk.Texts(0)[0]).ShouldBe("it's");
    }

    [Fact]
    public void Located_library_is_the_pinned_one()
    {
        NativeLibraries.TryLocate(NativeLibraries.DuckDb, out var path, out _).ShouldBeTrue();
        File.Exists(path).ShouldBeTrue();
    }
}
