using Lintel.Design;
using Lintel.Events;
using Lintel.Features;

namespace Lintel.Training.Fitting;

/// <summary>The truth of each decided event, and when it became known.</summary>
/// <param name="Values">[decided rows]; NaN where no label is known. Classification: 0 or 1.</param>
/// <param name="Known">[decided rows], microseconds since 1970 UTC; <see cref="Never"/> where no label is known.</param>
public sealed record LabelColumn(float[] Values, long[] Known)
{
    public const long Never = long.MaxValue;
}

/// <summary>Joins label events to the decisions they are about. Of several records of one type about one subject the latest known
/// counts. Sources are combined by <c>or</c>: yes at the first yes, no once every source has said no.</summary>
public static class LabelReader
{
    /// <summary>Reads the labels of every decided row of the history.</summary>
    /// <param name="horizon">What becomes known after this instant is unknown, microseconds; usually the end of the data.</param>
    public static LabelColumn Read(EventHistory history, long horizon)
    {
        var decision = history.Design.Decision;
        var decided = history.Tables[decision.Each.Number];
        LabelColumn? combined = null;
        foreach (var source in decision.Label)
        {
            var column = source.Value is null
                ? Occurrences(history, source, decided, horizon)
                : Latest(history, source, decided.RowCount, horizon);
            combined = combined is null ? column : Either(combined, column);
        }
        return combined!;
    }

    /// <summary>The value of the latest record about each subject.</summary>
    private static LabelColumn Latest(EventHistory history, LabelSource source, int count, long horizon)
    {
        var column = Empty(count);
        var table = history.Tables[source.Event.Number];
        var program = ExpressionProgram.ForEvent(source.Value!, history.Dictionaries, history.Design.TimeZone);
        var scratch = new double[source.Event.Columns.Length];
        for (var row = 0; row < table.RowCount; row++)
        {
            var subject = table.Subjects![row];
            var known = (long)table.Columns[1][row];
            if (subject < 0 || known > horizon || (column.Known[subject] != LabelColumn.Never && column.Known[subject] > known))
            {
                continue;
            }
            var record = history.Read(new LogEntry(known, source.Event.Number, row), scratch);
            var value = program.Evaluate(record.Values);
            if (double.IsNaN(value)) { continue; }
            if (source.Within is { } within && record.Values[0] > SubjectTime(history, source, subject) + Micros(within)) { continue; }
            column.Values[subject] = (float)value;
            column.Known[subject] = known;
        }
        return column;
    }

    /// <summary>Yes at the first occurrence within the time allowed, no when that time has passed, unknown in between.</summary>
    private static LabelColumn Occurrences(EventHistory history, LabelSource source, EventTable decided, long horizon)
    {
        var column = Empty(decided.RowCount);
        var table = history.Tables[source.Event.Number];
        var allowed = source.Within is { } within ? Micros(within) : LabelColumn.Never;
        for (var row = 0; row < table.RowCount; row++)
        {
            var subject = table.Subjects![row];
            var known = (long)table.Columns[1][row];
            if (subject < 0 || known > horizon || known >= column.Known[subject]) { continue; }
            if (table.Columns[0][row] - SubjectTime(history, source, subject) > allowed) { continue; }
            column.Values[subject] = 1;
            column.Known[subject] = known;
        }
        if (allowed == LabelColumn.Never) { return column; }
        for (var row = 0; row < decided.RowCount; row++)
        {
            var passed = (long)decided.Columns[0][row] + allowed;
            if (float.IsNaN(column.Values[row]) && passed <= horizon)
            {
                column.Values[row] = 0;
                column.Known[row] = passed;
            }
        }
        return column;
    }

    private static LabelColumn Either(LabelColumn left, LabelColumn right)
    {
        var column = Empty(left.Values.Length);
        for (var row = 0; row < left.Values.Length; row++)
        {
            var (l, r) = (left.Values[row], right.Values[row]);
            if (l == 1 || r == 1)
            {
                column.Values[row] = 1;
                column.Known[row] = Math.Min(l == 1 ? left.Known[row] : LabelColumn.Never, r == 1 ? right.Known[row] : LabelColumn.Never);
            }
            else if (!float.IsNaN(l) && !float.IsNaN(r))
            {
                column.Values[row] = 0;
                column.Known[row] = Math.Max(left.Known[row], right.Known[row]);
            }
        }
        return column;
    }

    private static LabelColumn Empty(int count)
    {
        var column = new LabelColumn(new float[count], new long[count]);
        Array.Fill(column.Values, float.NaN);
        Array.Fill(column.Known, LabelColumn.Never);
        return column;
    }

    private static double SubjectTime(EventHistory history, LabelSource source, int subject) =>
        history.Tables[source.Event.About!.Event.Number].Columns[0][subject];

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
