using Lintel.Events;
using Lintel.Native;

namespace Lintel.Features;

/// <summary>Gathers records a little ahead of their turn, so that what they will touch is on its way into the caches: replay waits for
/// memory otherwise. Changes no result.</summary>
internal sealed class RecordsAhead
{
    // far enough for a line to come from memory, near enough for it not to be pushed out again
    private const int Far = 16, Near = 8;

    // rows come in streams, further ahead
    private const int RowsAhead = 64;

    private readonly EventHistory _history;
    private readonly FeatureEngine _engine;
    private readonly int _end, _width, _groups;
    private readonly int[] _slots;
    private readonly double[] _values;
    private readonly Gathered[] _records = new Gathered[Far];
    private int _gathered, _next;

    internal RecordsAhead(EventHistory history, FeatureEngine engine, int first, int end)
    {
        _history = history;
        _engine = engine;
        _end = end;
        _width = history.Design.Events.Max(static e => e.Columns.Length);
        _values = new double[Far * _width];
        _groups = engine.Plan.Groups.Length;
        _slots = new int[Far * _groups];
        _gathered = _next = first;
        while (_gathered < end && _gathered < first + Far - 1) { Gather(); }
    }

    /// <summary>The next record in log order; valid until the one after it is asked for.</summary>
    internal EventRecord Next()
    {
        if (_gathered < _end) { Gather(); }
        var near = _next + Near;
        if (near < _gathered)
        {
            _engine.HintNear(_records[near % Far].Type, _slots.AsSpan(near % Far * _groups, _groups));
        }
        var slot = _next++ % Far;
        ref readonly var record = ref _records[slot];
        return new()
        {
            Type = record.Type,
            Number = record.Number,
            Subject = record.Subject,
            Known = record.Known,
            Values = _values.AsSpan(slot * _width, record.Length),
        };
    }

    private void Gather()
    {
        var order = _history.Order;
        if (_gathered + (2 * RowsAhead) < _end)
        {
            CacheHints.Load(ref order[_gathered + (2 * RowsAhead)]);
            _history.Hint(order[_gathered + RowsAhead]);
        }
        var slot = _gathered % Far;
        var record = _history.Read(order[_gathered++], _values.AsSpan(slot * _width, _width));
        _records[slot] = new(record.Known, record.Type, record.Number, record.Subject, record.Values.Length);
        _engine.HintFar(record.Type, record.Values, _slots.AsSpan(slot * _groups, _groups));
    }

    private readonly record struct Gathered(long Known, int Type, int Number, int Subject, int Length);
}
