namespace Lintel.Events.Sources;

/// <summary>What a column of the scan is read as.</summary>
internal enum ValueForm
{
    /// <summary>BIGINT microseconds since 1970 UTC.</summary>
    Time,
    /// <summary>BIGINT microseconds.</summary>
    Duration,
    /// <summary>DOUBLE.</summary>
    Number,
    /// <summary>BOOLEAN.</summary>
    Bool,
    /// <summary>BIGINT, VARCHAR or DOUBLE: whatever names the thing.</summary>
    Key,
    /// <summary>VARCHAR: a list's members, parted by U+001F.</summary>
    List,
}

/// <summary>DuckDB SQL that turns a value of the source into what a register holds; null where it cannot.</summary>
/// <remarks>Texts: numbers as DuckDB reads them; instants in ISO 8601, without a zone UTC, or 24-Jan-1995; yes or no as 1 0 true false t f yes no y n.
/// Numbers as instants are Unix time: seconds below 10^11, milliseconds below 10^14, else microseconds.</remarks>
internal static class ValueSql
{
    /// <summary>Says what a type can be read as.</summary>
    /// <param name="sql">The source's value.</param> <param name="type">Its DuckDB type by name.</param>
    /// <returns>The SQL, and whether a value that is there may turn out null; null: the type does not fit.</returns>
    internal static (string Sql, bool Fallible)? Read(ValueForm form, string sql, string type)
    {
        var plain = type.Split('(')[0];
        var text = plain == "VARCHAR";
        var whole = plain is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER";
        var number = whole || plain is "UBIGINT" or "HUGEINT" or "UHUGEINT" or "FLOAT" or "DOUBLE" or "DECIMAL";
        return form switch
        {
            ValueForm.Time when plain is "DATE" or "TIMESTAMP" or "TIMESTAMP_NS" or "TIMESTAMP_MS" or "TIMESTAMP_S" =>
                ($"epoch_us(CAST({sql} AS TIMESTAMP))", false),
            ValueForm.Time when plain == "TIMESTAMP WITH TIME ZONE" => ($"epoch_us({sql})", false),
            ValueForm.Time when text =>
                ($"coalesce(epoch_us(TRY_CAST({sql} AS TIMESTAMPTZ)), {UnixTime($"TRY_CAST({sql} AS DOUBLE)")}, "
                    + $"epoch_us(try_strptime({sql}, '%d-%b-%Y')))", true),
            ValueForm.Time when number => (UnixTime($"CAST({sql} AS DOUBLE)"), true),
            ValueForm.Duration when plain == "INTERVAL" => ($"CAST(round(epoch({sql}) * 1000000) AS BIGINT)", false),
            ValueForm.Number when text => ($"TRY_CAST({sql} AS DOUBLE)", true),
            ValueForm.Number when number || plain == "BOOLEAN" => ($"CAST({sql} AS DOUBLE)", false),
            ValueForm.Bool when plain == "BOOLEAN" => (sql, false),
            ValueForm.Bool when text => (
                $"CASE WHEN lower(trim({sql})) IN ('1', 'true', 't', 'yes', 'y') THEN true "
                + $"WHEN lower(trim({sql})) IN ('0', 'false', 'f', 'no', 'n') THEN false END", true),
            ValueForm.Bool when number => ($"CASE {sql} WHEN 1 THEN true WHEN 0 THEN false END", true),
            ValueForm.List when text => ($"replace(nullif({sql}, ''), '|', chr(31))", false),
            ValueForm.List when type.EndsWith("[]", StringComparison.Ordinal) =>
                ($"CASE WHEN {sql} IS NOT NULL THEN coalesce(array_to_string(CAST({sql} AS VARCHAR[]), chr(31)), '') END", false),
            ValueForm.List => null,
            ValueForm.Key when text => ($"nullif({sql}, '')", false),
            ValueForm.Key when whole => ($"CAST({sql} AS BIGINT)", false),
            ValueForm.Key when plain is "FLOAT" or "DOUBLE" or "DECIMAL" => ($"CAST({sql} AS DOUBLE)", false),
            ValueForm.Key => ($"CAST({sql} AS VARCHAR)", false),
            _ => null,
        };
    }

    /// <summary>As a message says it.</summary>
    internal static string Name(ValueForm form) => form switch
    {
        ValueForm.Time => "an instant",
        ValueForm.Duration => "a duration",
        ValueForm.Number => "a number",
        ValueForm.Bool => "yes or no",
        ValueForm.List => "a list",
        _ => "a key",
    };

    private static string UnixTime(string number) =>
        $"CASE WHEN isfinite({number}) AND abs({number}) < 1e11 THEN CAST(round({number} * 1e6) AS BIGINT) "
        + $"WHEN isfinite({number}) AND abs({number}) < 1e14 THEN CAST(round({number} * 1e3) AS BIGINT) "
        + $"WHEN isfinite({number}) AND abs({number}) < 9e15 THEN CAST({number} AS BIGINT) END";
}
