using Lintel.Design.Expressions;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Parquet;

/// <summary>One column to write: a name and its values by row.</summary>
public abstract record ParquetColumn(string Name)
{
    private ParquetColumn() : this("") { }

    internal abstract int RowCount { get; }

    internal abstract DuckDbType Type { get; }

    internal abstract string SqlType { get; }

    /// <summary>Puts rows <paramref name="from"/> … into an appender's chunk.</summary>
    internal abstract void Put(DuckDbAppender appender, int column, int from, int count);

    /// <summary>Whole numbers: BIGINT.</summary>
    /// <param name="Missing">The value that is written as missing; null: none is.</param>
    public sealed record Whole(string Name, long[] Values, long? Missing = null) : ParquetColumn(Name)
    {
        internal override int RowCount => Values.Length;

        internal override DuckDbType Type => DuckDbType.BigInt;

        internal override string SqlType => "BIGINT";

        internal override void Put(DuckDbAppender appender, int column, int from, int count)
        {
            appender.Set<long>(column, Values.AsSpan(from, count));
            for (var i = 0; Missing is not null && i < count; i++)
            {
                if (Values[from + i] == Missing) { appender.SetMissing(column, i); }
            }
        }
    }

    /// <summary>Numbers: DOUBLE; NaN is written as missing.</summary>
    public sealed record Number(string Name, double[] Values) : ParquetColumn(Name)
    {
        internal override int RowCount => Values.Length;

        internal override DuckDbType Type => DuckDbType.Double;

        internal override string SqlType => "DOUBLE";

        internal override void Put(DuckDbAppender appender, int column, int from, int count)
        {
            appender.Set<double>(column, Values.AsSpan(from, count));
            for (var i = 0; i < count; i++)
            {
                if (double.IsNaN(Values[from + i])) { appender.SetMissing(column, i); }
            }
        }
    }

    /// <summary>Texts: VARCHAR; null is missing.</summary>
    public sealed record Text(string Name, string?[] Values) : ParquetColumn(Name)
    {
        internal override int RowCount => Values.Length;

        internal override DuckDbType Type => DuckDbType.Varchar;

        internal override string SqlType => "VARCHAR";

        internal override void Put(DuckDbAppender appender, int column, int from, int count)
        {
            for (var i = 0; i < count; i++)
            {
                if (Values[from + i] is { } text) { appender.SetText(column, i, text); }
                else { appender.SetMissing(column, i); }
            }
        }
    }

    /// <summary>Values of registers: numbers as DOUBLE, yes or no as BOOLEAN, times as TIMESTAMP, durations as BIGINT
    /// microseconds; NaN is missing.</summary>
    public sealed record Register(string Name, double[] Values, DataType Of) : ParquetColumn(Name)
    {
        internal override int RowCount => Values.Length;

        internal override DuckDbType Type => Of switch
        {
            DataType.Bool => DuckDbType.Boolean,
            DataType.Time => DuckDbType.Timestamp,
            DataType.Duration => DuckDbType.BigInt,
            _ => DuckDbType.Double,
        };

        internal override string SqlType => Of switch
        {
            DataType.Bool => "BOOLEAN",
            DataType.Time => "TIMESTAMP",
            DataType.Duration => "BIGINT",
            _ => "DOUBLE",
        };

        internal override void Put(DuckDbAppender appender, int column, int from, int count)
        {
            var values = Values.AsSpan(from, count);
            switch (Type)
            {
                case DuckDbType.Boolean:
                    Span<bool> flags = stackalloc bool[count];
                    for (var i = 0; i < count; i++) { flags[i] = values[i] == 1; }
                    appender.Set<bool>(column, flags);
                    break;
                case DuckDbType.Double: appender.Set<double>(column, values); break;
                default:
                    var wholes = new long[count];
                    for (var i = 0; i < count; i++) { wholes[i] = double.IsNaN(values[i]) ? 0 : (long)values[i]; }
                    appender.Set<long>(column, wholes);
                    break;
            }
            for (var i = 0; i < count; i++)
            {
                if (double.IsNaN(values[i])) { appender.SetMissing(column, i); }
            }
        }
    }

    /// <summary>Yes or no: BOOLEAN.</summary>
    public sealed record Flag(string Name, bool[] Values) : ParquetColumn(Name)
    {
        internal override int RowCount => Values.Length;

        internal override DuckDbType Type => DuckDbType.Boolean;

        internal override string SqlType => "BOOLEAN";

        internal override void Put(DuckDbAppender appender, int column, int from, int count) =>
            appender.Set<bool>(column, Values.AsSpan(from, count));
    }

    /// <summary>Instants: TIMESTAMP, from microseconds since 1970 UTC.</summary>
    public sealed record Instant(string Name, long[] Values) : ParquetColumn(Name)
    {
        internal override int RowCount => Values.Length;

        internal override DuckDbType Type => DuckDbType.Timestamp;

        internal override string SqlType => "TIMESTAMP";

        internal override void Put(DuckDbAppender appender, int column, int from, int count) =>
            appender.Set<long>(column, Values.AsSpan(from, count));
    }
}
