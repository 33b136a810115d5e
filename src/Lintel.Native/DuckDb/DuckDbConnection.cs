using System.Runtime.InteropServices;

namespace Lintel.Native.DuckDb;

/// <summary>One DuckDB instance and one connection to it. Not thread-safe. It never reaches for the network: extensions are
/// neither installed nor loaded (CSV, Parquet, JSON and ICU are built in).</summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly DuckDbDatabaseHandle _database;

    private DuckDbConnection(DuckDbDatabaseHandle database, DuckDbConnectionHandle handle)
    {
        _database = database;
        Handle = handle;
    }

    /// <summary>e.g. <c>v1.5.6</c>.</summary>
    public static string LibraryVersion => Marshal.PtrToStringUTF8(DuckDbLibrary.duckdb_library_version()) ?? "";

    internal DuckDbConnectionHandle Handle { get; }

    /// <exception cref="NativeException">The library is not there, or a setting or the file is refused.</exception>
    public static DuckDbConnection Open(DuckDbOptions? options = null)
    {
        options ??= new DuckDbOptions();
        DuckDbLibrary.duckdb_create_config(out var config).OrThrow("create configuration");
        using (config)
        {
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            Set(config, "memory_limit", $"{options.MemoryLimitBytes / 1024}KiB");
            Set(config, "threads", $"{options.Threads}");
            Set(config, "temp_directory", options.TemporaryFolder ?? Path.Combine(Path.GetTempPath(), "lintel-duckdb"));
            var state = DuckDbLibrary.duckdb_open_ext(options.Path, out var database, config, out var error);
            try
            {
                state.OrThrow($"open {options.Path ?? "in memory"}", () => Marshal.PtrToStringUTF8(error));
            }
            finally
            {
                if (error != 0) { DuckDbLibrary.duckdb_free(error); }
            }
            DuckDbLibrary.duckdb_connect(database, out var connection).OrThrow("connect");
            return new(database, connection);
        }
    }

    /// <summary>Runs one or more statements and drops their rows.</summary>
    /// <exception cref="NativeException">DuckDB refused; with its message.</exception>
    public void Execute(string sql) => Query(sql).Dispose();

    /// <summary>Runs a statement; its rows are read chunk by chunk, in the statement's order.</summary>
    public DuckDbRows Query(string sql)
    {
        var result = new DuckDbResultHandle();
        try
        {
            DuckDbLibrary.duckdb_query(Handle, sql, result).OrThrow(
                "query", () => Marshal.PtrToStringUTF8(DuckDbLibrary.duckdb_result_error(result)));
            return new(result);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>The first column of the first row as a whole number.</summary>
    /// <exception cref="NativeException">There is no row.</exception>
    public long QueryInt64(string sql)
    {
        using var rows = Query($"SELECT CAST(x AS BIGINT) FROM ({sql}) t(x)");
        return rows.NextChunk() ? rows.Chunk.Values<long>(0)[0] : throw new NativeException("DuckDB", sql, "no row");
    }

    /// <summary>A text as an SQL literal.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as an SQL identifier.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public void Dispose()
    {
        Handle.Dispose();
        _database.Dispose();
    }

    private static void Set(DuckDbConfigHandle config, string name, string value) =>
        DuckDbLibrary.duckdb_set_config(config, name, value).OrThrow($"set {name} = {value}");
}
