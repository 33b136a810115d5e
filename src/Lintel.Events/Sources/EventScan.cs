using Lintel.Design;
using Lintel.Design.Expressions;
using Lintel.Native.DuckDb;

namespace Lintel.Events.Sources;

/// <summary>Where one event's values stand in the scan of one file; takes its chunks into <see cref="EventRows"/>.</summary>
internal sealed class EventScan
{
    private const double LargestExact = 1L << 53;

    private readonly SourceFile _file;
    private readonly EventRows _rows;
    private readonly EventDesign _event;
    private readonly ScanValue? _where, _time, _known, _id, _subject;
    private readonly ScanValue?[] _columns, _knownAt;

    internal EventScan(SourceFile file, EventRows rows, ScanColumns scan)
    {
        _file = file;
        _rows = rows;
        _event = rows.Event;
        _where = _event.Where is { } where ? scan.Add(where, ValueForm.Bool) : null;
        _time = _event.Time.IsPosition ? null : scan.Add(_event.Time, ValueForm.Time);
        _known = _event.Known is { IsPosition: false } known ? scan.Add(known, ValueForm.Time) : null;
        _id = _event.Id is { } id ? scan.Add(Name(id), ValueForm.Key) : null;
        _subject = _event.About is { } about ? scan.Add(Name(about.Column), ValueForm.Key) : null;
        _columns = new ScanValue?[_event.InheritedFrom];
        _knownAt = new ScanValue?[_event.InheritedFrom];
        for (var c = 0; c < _columns.Length; c++)
        {
            var column = _event.Columns[c];
            if (column.Kind is ColumnKind.Time or ColumnKind.Known || column.Source is not { } source) { continue; }
            _columns[c] = scan.Add(source, FormOf(column.Type));
            _knownAt[c] = column.KnownAt is { } knownAt ? scan.Add(knownAt, ValueForm.Time) : null;
        }
    }

    /// <param name="firstRow">Index in the file of the chunk's first row.</param>
    internal void Take(in DuckDbChunk chunk, long firstRow)
    {
        Span<bool> keep = stackalloc bool[chunk.RowCount];
        keep.Fill(true);
        if (_where is { } where)
        {
            var holds = chunk.Values<byte>(where.Column);
            var there = chunk.Validity(where.Column);
            for (var r = 0; r < keep.Length; r++) { keep[r] = there[r] && holds[r] != 0; }
        }
        for (var c = 0; c < _columns.Length; c++)
        {
            DropUnreadable(chunk, firstRow, _columns[c], _event.Columns[c].Name, keep);
            DropUnreadable(chunk, firstRow, _knownAt[c], _event.Columns[c].Name, keep);
        }
        DropUnreadable(chunk, firstRow, _time, "time", keep);
        DropUnreadable(chunk, firstRow, _known, "known", keep);
        DropMissing(chunk, firstRow, _time, "missing time", "time", isBad: true, keep);
        // not yet known is no fault: a label that is still to come
        DropMissing(chunk, firstRow, _known, "not known yet", "known", isBad: false, keep);
        DropMissing(chunk, firstRow, _id, "missing id", _event.Id, isBad: true, keep);
        DropMissing(chunk, firstRow, _subject, "missing subject", _event.About?.Column, isBad: true, keep);
        Append(chunk, firstRow, keep);
    }

    private void Append(in DuckDbChunk chunk, long firstRow, ReadOnlySpan<bool> keep)
    {
        var sourceRow = _rows.SourceRows;
        _rows.SourceRows += chunk.RowCount;
        for (var r = 0; r < keep.Length; r++)
        {
            if (keep[r]) { _rows.Origins.Add(sourceRow + r); }
        }
        AppendTimes(chunk, _time, sourceRow, keep, _rows.Time);
        if (_event.Known is not null) { AppendTimes(chunk, _known, sourceRow, keep, _rows.Known); }
        AppendIds(chunk, _id, keep, _rows.Ids);
        AppendIds(chunk, _subject, keep, _rows.SubjectIds);
        for (var c = 0; c < _columns.Length; c++)
        {
            if (_columns[c] is { } value) { AppendColumn(chunk, firstRow, value, c, keep); }
            if (_knownAt[c] is { } knownAt) { AppendTimes(chunk, knownAt, sourceRow, keep, _rows.KnownAt[c]!); }
        }
    }

    private static void AppendTimes(
        in DuckDbChunk chunk, ScanValue? value, long sourceRow, ReadOnlySpan<bool> keep, GrowingColumn<long> into)
    {
        if (value is null)
        {
            for (var r = 0; r < keep.Length; r++)
            {
                if (keep[r]) { into.Add(sourceRow + r); }
            }
            return;
        }
        var times = chunk.Values<long>(value.Column);
        var there = chunk.Validity(value.Column);
        for (var r = 0; r < keep.Length; r++)
        {
            if (keep[r]) { into.Add(there[r] ? times[r] : long.MaxValue); }
        }
    }

    private static void AppendIds(in DuckDbChunk chunk, ScanValue? value, ReadOnlySpan<bool> keep, IdBuilder into)
    {
        if (value is null) { return; }
        switch (TypeOf(chunk, value))
        {
            case DuckDbType.BigInt:
                var wholes = chunk.Values<long>(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(wholes[r]); }
                }
                break;
            case DuckDbType.Double:
                Span<char> buffer = stackalloc char[KeyText.MaxNumberLength];
                var numbers = chunk.Values<double>(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(System.Text.Encoding.UTF8.GetBytes(KeyText.Of(numbers[r], buffer).ToString())); }
                }
                break;
            default:
                var texts = chunk.Texts(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(texts[r]); }
                }
                break;
        }
    }

    private void AppendColumn(in DuckDbChunk chunk, long firstRow, ScanValue value, int column, ReadOnlySpan<bool> keep)
    {
        var into = _rows.Columns[column];
        var there = chunk.Validity(value.Column);
        switch (value.Form)
        {
            case ValueForm.Number:
                var numbers = chunk.Values<double>(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (!keep[r]) { continue; }
                    var number = there[r] ? numbers[r] : double.NaN;
                    if (there[r] && !double.IsFinite(number)) { number = NotFinite(column, firstRow + r, number); }
                    into.Add(number);
                }
                break;
            case ValueForm.Bool:
                var flags = chunk.Values<byte>(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(there[r] ? flags[r] : double.NaN); }
                }
                break;
            case ValueForm.Key or ValueForm.List:
                AppendCodes(chunk, value, _rows.Coders[column]!, keep, into);
                break;
            default:
                var times = chunk.Values<long>(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(there[r] ? times[r] : double.NaN); }
                }
                break;
        }
    }

    private static void AppendCodes(
        in DuckDbChunk chunk, ScanValue value, KeyCoder coder, ReadOnlySpan<bool> keep, GrowingColumn<double> into)
    {
        var there = chunk.Validity(value.Column);
        switch (TypeOf(chunk, value))
        {
            case DuckDbType.BigInt:
                var wholes = chunk.Values<long>(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(there[r] ? coder.Code(wholes[r]) : double.NaN); }
                }
                break;
            case DuckDbType.Double:
                var numbers = chunk.Values<double>(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(there[r] && double.IsFinite(numbers[r]) ? coder.Code(numbers[r]) : double.NaN); }
                }
                break;
            default:
                var texts = chunk.Texts(value.Column);
                for (var r = 0; r < keep.Length; r++)
                {
                    if (keep[r]) { into.Add(there[r] ? coder.Code(texts[r]) : double.NaN); }
                }
                break;
        }
    }

    private void DropUnreadable(in DuckDbChunk chunk, long firstRow, ScanValue? value, string column, Span<bool> keep)
    {
        if (value is null) { return; }
        if (value.Fault >= 0) { Drop(chunk, firstRow, value.Fault, "not " + ValueSql.Name(value.Form), column, keep); }
        foreach (var (check, name) in value.Checks) { Drop(chunk, firstRow, check, $"unreadable in '{value.Text}'", name, keep); }
    }

    private void Drop(in DuckDbChunk chunk, long firstRow, int fault, string reason, string column, Span<bool> keep)
    {
        var faulty = chunk.Validity(fault);
        for (var r = 0; r < keep.Length; r++)
        {
            if (!keep[r] || !faulty[r]) { continue; }
            keep[r] = false;
            _rows.Faults.Add(_file.Name, reason, column, dropped: true, isBad: true, firstRow + r, chunk.Texts(fault)[r]);
        }
    }

    private void DropMissing(
        in DuckDbChunk chunk, long firstRow, ScanValue? value, string reason, string? column, bool isBad, Span<bool> keep)
    {
        if (value is null) { return; }
        var there = chunk.Validity(value.Column);
        for (var r = 0; r < keep.Length; r++)
        {
            if (!keep[r]) { continue; }
            var outside = there[r] && value.Form == ValueForm.Time && Math.Abs(chunk.Values<long>(value.Column)[r]) > LargestExact;
            if (there[r] && !outside) { continue; }
            keep[r] = false;
            _rows.Faults.Add(
                _file.Name, outside ? "instant beyond the year 2255" : reason, column, dropped: true, isBad, firstRow + r, default);
        }
    }

    private double NotFinite(int column, long row, double value)
    {
        _rows.Faults.Add(
            _file.Name, double.IsNaN(value) ? "nan" : "infinite", _event.Columns[column].Name, dropped: false, isBad: false, row,
            double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8);
        return double.NaN;
    }

    private static DuckDbType TypeOf(in DuckDbChunk chunk, ScanValue value) => chunk.TypeOf(value.Column);

    private SourceExpression Name(string column) =>
        new(_event.At, column, DuckDbConnection.Identifier(column), [column]);

    private static ValueForm FormOf(DataType type) => type switch
    {
        DataType.Number => ValueForm.Number,
        DataType.Bool => ValueForm.Bool,
        DataType.Time => ValueForm.Time,
        DataType.Duration => ValueForm.Duration,
        DataType.List => ValueForm.List,
        _ => ValueForm.Key,
    };
}
