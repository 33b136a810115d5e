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

/// <summary>Joins label events to the decisions they are about, in the order in which they became known.</summary>
/// <remarks>A source speaks of a decision with the value of its latest known record; a record without a value takes back
/// what was said before, and the source is silent again. A source that only asks whether something happened says yes at the
/// first occurrence within the time allowed, and no when that time has passed. The label is yes while one source says yes,
/// no while one says no and none says yes, unknown while all are silent: a source that never speaks holds nobody back. It is
/// known since the instant from which it has stood as it stands now.</remarks>
public static class LabelReader
{
    /// <summary>Reads the labels of every decided row of the history.</summary>
    /// <param name="horizon">What becomes known after this instant is unknown, microseconds; usually the end of the data.</param>
    public static LabelColumn Read(EventHistory history, long horizon)
    {
        var decision = history.Design.Decision;
        var decided = history.Tables[decision.Each.Number];
        Source[] sources = [.. decision.Label.Select(source => new Source(history, source, decided))];
        var column = new LabelColumn(new float[decided.RowCount], new long[decided.RowCount]);
        Array.Fill(column.Values, float.NaN);
        Array.Fill(column.Known, LabelColumn.Never);
        foreach (ref readonly var entry in history.Order.AsSpan())
        {
            if (entry.Known > horizon) { break; }
            Pass(sources, column, entry.Known - 1);
            foreach (var source in sources)
            {
                foreach (var row in source.DecisionsOf(entry))
                {
                    // a decision that is asked for after its truth is known has it from its own instant on
                    if (row >= 0 && source.Take(entry, row)) { Combine(sources, column, row, Math.Max(entry.Known, decided.KnownOf(row))); }
                }
            }
        }
        Pass(sources, column, horizon);
        return column;
    }

    /// <summary>Lets the time allowed pass for every decision whose deadline has come by an instant, earliest first.</summary>
    private static void Pass(Source[] sources, LabelColumn column, long instant)
    {
        while (true)
        {
            var next = sources[0];
            foreach (var source in sources)
            {
                if (source.NextDeadline < next.NextDeadline) { next = source; }
            }
            var at = next.NextDeadline;
            if (at > instant || at == LabelColumn.Never) { return; }
            if (next.PassNext() is >= 0 and var row) { Combine(sources, column, row, at); }
        }
    }

    private static void Combine(Source[] sources, LabelColumn column, int row, long instant)
    {
        var label = float.NaN;
        foreach (var source in sources)
        {
            var said = source.Said[row];
            if (!float.IsNaN(said)) { label = float.IsNaN(label) ? said : Math.Max(label, said); }
        }
        if (label.Equals(column.Values[row])) { return; }
        column.Values[row] = label;
        column.Known[row] = float.IsNaN(label) ? LabelColumn.Never : instant;
    }

    /// <summary>What one source says of each decision, as time goes by.</summary>
    private sealed class Source
    {
        private readonly EventHistory _history;
        private readonly LabelSource _source;
        private readonly ExpressionProgram? _value;
        private readonly EventTable _decided;
        private readonly DecisionsAbout _decisions;
        private readonly double[] _decidedAt;
        private readonly double[] _scratch;
        private readonly long _allowed;
        private int _passed;

        internal Source(EventHistory history, LabelSource source, EventTable decided)
        {
            (_history, _source, _decided) = (history, source, decided);
            _decisions = new(history, source.Event);
            _value = source.Value is { } value
                ? ExpressionProgram.ForEvent(value, history.Dictionaries, history.Design.TimeZone)
                : null;
            _decidedAt = decided.Columns[0];
            _scratch = new double[(source.Row ?? source.Event).Columns.Length];
            _allowed = source.Within is { } within ? within.Ticks / TimeSpan.TicksPerMicrosecond : LabelColumn.Never;
            Said = new float[decided.RowCount];
            Array.Fill(Said, float.NaN);
            // rows stand in the order of time, so deadlines come in the order of rows
            if (_value is not null || _allowed == LabelColumn.Never) { _passed = decided.RowCount; }
        }

        /// <summary>By decision; NaN: nothing, or nothing any more.</summary>
        internal float[] Said { get; }

        /// <summary><see cref="LabelColumn.Never"/>: there is none left.</summary>
        internal long NextDeadline => _passed < _decidedAt.Length ? (long)_decidedAt[_passed] + _allowed : LabelColumn.Never;

        /// <summary>Decisions that a record speaks of; −1 among them: of none.</summary>
        internal ReadOnlySpan<int> DecisionsOf(in LogEntry entry) =>
            entry.Type == _source.Event.Number ? _decisions.Of(entry.Row) : [];

        /// <returns>Whether what it says of the decision counts.</returns>
        internal bool Take(in LogEntry entry, int decision)
        {
            var value = _value?.Evaluate(Read(entry, decision)) ?? 1;
            var happened = _history.Tables[entry.Type].Columns[0][entry.Row];
            var isLate = _allowed != LabelColumn.Never && happened - _decidedAt[decision] > _allowed;
            if (isLate && !double.IsNaN(value)) { return false; }
            Said[decision] = (float)value;
            return true;
        }

        /// <summary>The record's values; behind them the decision's own, where the label reads both.</summary>
        private ReadOnlySpan<double> Read(in LogEntry entry, int decision)
        {
            var values = _history.Read(entry, _scratch).Values;
            if (_source.Row is null) { return values; }
            for (var c = 0; c < _decided.Columns.Length; c++) { _scratch[values.Length + c] = _decided.Columns[c][decision]; }
            return _scratch;
        }

        /// <returns>The decision of which it says no now; −1: it had said yes.</returns>
        internal int PassNext()
        {
            var row = _passed++;
            if (!float.IsNaN(Said[row])) { return -1; }
            Said[row] = 0;
            return row;
        }
    }
}
