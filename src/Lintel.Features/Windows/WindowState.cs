using Lintel.Design.Expressions;
using Lintel.Features.Planning;
using Lintel.Numerics.Exact;

namespace Lintel.Features.Windows;

/// <summary>The state of one group of aggregates: for each key a ring of what became known, and for each window its tail and its
/// exact accumulators. An entry leaves a window when the key is next read, or the sweep comes by.</summary>
internal sealed partial class WindowState
{
    private const long Dead = -1;

    private readonly WindowGroup _group;
    private readonly SlotBlocks _blocks;
    private readonly KeySlots _keys;
    private readonly RingSlabs _rings;
    private readonly ValueQueues _queues = new();
    private readonly ValueCounts[] _counts;
    private readonly SubjectSlots? _subjects;
    private readonly GroupWindow[] _windows;
    private readonly WindowPart[][] _parts;
    private readonly AggregateRead[] _reads;
    private readonly GroupValue[] _values;
    private readonly int[] _sourceKeys, _decisionKeys;
    private readonly long[] _key, _valueWords;
    private readonly int _stride, _valueAt;
    private readonly bool _hasRing;
    private int _swept;

    internal WindowState(WindowGroup group)
    {
        _group = group;
        _blocks = new(group.BlockWords);
        _keys = new(_blocks, group.SourceKeys.Length);
        _rings = new(group.EntryWords);
        _windows = [.. group.Windows];
        _parts = [.. group.Windows.Select(static w => w.Parts.ToArray())];
        _reads = [.. group.Reads];
        _values = [.. group.Values];
        _sourceKeys = [.. group.SourceKeys];
        _decisionKeys = [.. group.DecisionKeys];
        _key = new long[_sourceKeys.Length];
        _valueWords = new long[_values.Length];
        _stride = group.EntryWords;
        _valueAt = group.ValueAt;
        _hasRing = group.HasRing;
        _counts = [.. _parts.SelectMany(static p => p).Where(static p => p.Table >= 0).Select(static _ => new ValueCounts())];
        _subjects = group.IsAbout ? new() : null;
    }

    internal WindowGroup Group => _group;

    /// <summary>Keys that have state: for tests and measures of memory.</summary>
    internal int KeyCount => _blocks.InUse;

    internal long RingWords => _rings.Words;

    /// <summary>Reads the group's aggregates at instant <paramref name="now"/>; what has left its window goes.</summary>
    /// <param name="decision">The decided record's values.</param> <param name="aggregates">All aggregates' registers.</param>
    internal void Read(long now, ReadOnlySpan<double> decision, Span<double> aggregates)
    {
        var slot = TryKey(decision, _decisionKeys) ? _keys.Find(_key) : -1;
        if (slot < 0)
        {
            foreach (ref readonly var read in _reads.AsSpan()) { aggregates[read.Register] = OverNothing(read.Kind); }
            return;
        }
        var block = _blocks[slot];
        var ring = _hasRing ? _rings.Of(block[WindowGroup.RingWord]) : default;
        Expire(block, ring, slot, now, peek: false);
        foreach (ref readonly var read in _reads.AsSpan())
        {
            aggregates[read.Register] = Value(read, block, ring, now, peek: false);
        }
    }

    /// <summary>The same without leaving a trace.</summary>
    internal void Peek(long now, ReadOnlySpan<double> decision, Span<double> aggregates)
    {
        var slot = TryKey(decision, _decisionKeys) ? _keys.Find(_key) : -1;
        var block = slot < 0 ? [] : _blocks[slot].ToArray();
        var ring = _hasRing && slot >= 0 ? _rings.Of(block[WindowGroup.RingWord]) : default;
        if (slot >= 0) { Expire(block, ring, slot, now, peek: true); }
        foreach (ref readonly var read in _reads.AsSpan())
        {
            aggregates[read.Register] = slot < 0 ? OverNothing(read.Kind) : Value(read, block, ring, now, peek: true);
        }
    }

    /// <summary>Takes a record into the windows.</summary>
    /// <param name="values">In the layout of the group's source.</param>
    internal void Enter(long known, int subject, ReadOnlySpan<double> values)
    {
        // the latest record about a subject counts, so the one before it goes first, even if this one meets no condition
        if (_subjects is not null && subject >= 0 && _subjects.Find(subject) is >= 0 and var before) { Retract(before, subject); }
        if (_group.Where is { } where && !where.Holds(values)) { return; }
        if (!TryKey(values, _sourceKeys)) { return; }
        var slot = _keys.Find(_key);
        if (slot < 0) { slot = AddKey(); }
        for (var v = 0; v < _values.Length; v++) { _valueWords[v] = Word(_values[v], values); }
        var block = _blocks[slot];
        var index = block[WindowGroup.HeadWord];
        if (_hasRing)
        {
            var entry = Push(block, slot, known);
            entry[0] = known;
            if (_subjects is not null)
            {
                entry[1] = subject + 1;
                if (subject >= 0) { _subjects.Set(subject, slot); }
            }
            _valueWords.CopyTo(entry[_valueAt..]);
        }
        block[WindowGroup.HeadWord] = index + 1;
        block[WindowGroup.LastWord] = known;
        for (var w = 0; w < _windows.Length; w++)
        {
            block[_windows[w].CountWord]++;
            foreach (ref readonly var part in _parts[w].AsSpan()) { Join(part, block, slot, index, _valueWords[part.Value]); }
        }
    }

    /// <summary>Throws what <see cref="Enter"/> would throw.</summary>
    internal void Check(ReadOnlySpan<double> values)
    {
        if (_group.Where is { } where && !where.Holds(values)) { return; }
        foreach (var value in _values) { _ = Word(value, values); }
    }

    private void Join(in WindowPart part, Span<long> block, int slot, long index, long word)
    {
        if (word == GroupValue.Missing) { return; }
        switch (part.Kind)
        {
            case PartKind.Sum: AddToSum(block.Slice(part.Word, 3), word, 1); break;
            case PartKind.Squares:
                var squares = Squares(block, part.Word);
                squares.Add(word);
                Store(squares, block, part.Word);
                break;
            case PartKind.Distinct:
                if (_counts[part.Table].Add(slot, word)) { block[part.Word]++; }
                break;
            case PartKind.Min or PartKind.Max:
                _queues.Push(block.Slice(part.Word, 3), index, word, part.Kind == PartKind.Min);
                break;
            case PartKind.EndlessFirst:
                if (block[part.Word] == GroupValue.Missing) { block[part.Word] = word; }
                break;
            case PartKind.EndlessLast: block[part.Word] = word; break;
            default:
                var (held, value) = (BitConverter.Int64BitsToDouble(block[part.Word]), BitConverter.Int64BitsToDouble(word));
                if (block[part.Word] == GroupValue.Missing || (part.Kind == PartKind.EndlessMin ? value < held : value > held))
                {
                    block[part.Word] = word;
                }
                break;
        }
    }

    /// <summary>Moves every window's tail past what was known before it.</summary>
    /// <param name="peek">The block is a copy: nothing else may change.</param>
    private void Expire(Span<long> block, Span<long> ring, int slot, long now, bool peek)
    {
        if (!_hasRing) { return; }
        var mask = (ring.Length / _stride) - 1;
        var head = block[WindowGroup.HeadWord];
        for (var w = 0; w < _windows.Length; w++)
        {
            var window = _windows[w];
            if (window.IsEndless) { continue; }
            var bound = now - window.Length;
            var tail = block[window.TailWord];
            var isLast = w == _group.LongestFinite && !_group.KeepsEntries && !peek;
            while (tail < head)
            {
                var entry = ring.Slice((int)(tail & mask) * _stride, _stride);
                if (entry[0] >= bound) { break; }
                if (_subjects is null || entry[1] != Dead)
                {
                    block[window.CountWord]--;
                    Leave(_parts[w], block, slot, tail, entry, peek);
                    if (isLast && _subjects is not null && entry[1] > 0) { _subjects.Remove((int)entry[1] - 1); }
                }
                tail++;
            }
            block[window.TailWord] = tail;
        }
    }

    private void Leave(WindowPart[] parts, Span<long> block, int slot, long index, ReadOnlySpan<long> entry, bool peek)
    {
        foreach (ref readonly var part in parts.AsSpan())
        {
            var word = entry[_valueAt + part.Value];
            if (word == GroupValue.Missing) { continue; }
            switch (part.Kind)
            {
                case PartKind.Sum: AddToSum(block.Slice(part.Word, 3), word, -1); break;
                case PartKind.Squares:
                    var squares = Squares(block, part.Word);
                    squares.Subtract(word);
                    Store(squares, block, part.Word);
                    break;
                case PartKind.Distinct:
                    if (!peek && _counts[part.Table].Remove(slot, word)) { block[part.Word]--; }
                    break;
                case PartKind.Min or PartKind.Max: _queues.Leave(block.Slice(part.Word, 3), index); break;
                default: break;
            }
        }
    }

    private long Word(GroupValue value, ReadOnlySpan<double> values)
    {
        var number = value.Column >= 0 ? values[value.Column] : value.Program.Evaluate(values);
        if (double.IsNaN(number)) { return GroupValue.Missing; }
        // adding 0 turns −0 into 0: one value, one word, and never the word for missing
        return value.Scale is { } scale ? scale.ToUnits(number, value.Owner) : BitConverter.DoubleToInt64Bits(number + 0.0);
    }

    private bool TryKey(ReadOnlySpan<double> values, int[] columns)
    {
        for (var k = 0; k < columns.Length; k++)
        {
            var code = values[columns[k]];
            if (double.IsNaN(code)) { return false; }
            _key[k] = (long)code;
        }
        return true;
    }

    private int AddKey()
    {
        var slot = _keys.Add(_key);
        var block = _blocks[slot];
        if (_hasRing) { block[WindowGroup.RingWord] = _rings.Allocate(RingSlabs.SmallestLog); }
        foreach (var parts in _parts)
        {
            foreach (var part in parts)
            {
                if (part.Kind >= PartKind.EndlessMin) { block[part.Word] = GroupValue.Missing; }
            }
        }
        return slot;
    }

    private Span<long> Push(Span<long> block, int slot, long now)
    {
        var ring = _rings.Of(block[WindowGroup.RingWord]);
        var head = block[WindowGroup.HeadWord];
        if (head - Base(block) == ring.Length / _stride)
        {
            // a key that is written but never read keeps what has left its windows until here
            Expire(block, ring, slot, now, peek: false);
            if (head - Base(block) > ring.Length / _stride / 2)
            {
                var log = RingSlabs.LogOf(block[WindowGroup.RingWord]) + 1;
                block[WindowGroup.RingWord] = _rings.Resize(block[WindowGroup.RingWord], log, Base(block), head);
                ring = _rings.Of(block[WindowGroup.RingWord]);
            }
        }
        return ring.Slice((int)(head & ((ring.Length / _stride) - 1)) * _stride, _stride);
    }

    /// <summary>Index of the oldest entry that the ring still needs.</summary>
    private long Base(ReadOnlySpan<long> block) => _group.KeepsEntries ? 0 : block[_windows[_group.LongestFinite].TailWord];

    private static void AddToSum(Span<long> sum, long word, int times)
    {
        var total = new Int128((ulong)sum[1], (ulong)sum[0]) + (times > 0 ? (Int128)word : -(Int128)word);
        sum[0] = (long)(ulong)total;
        sum[1] = (long)(ulong)(total >> 64);
        sum[2] += times;
    }

    private static SquareSum Squares(ReadOnlySpan<long> block, int word) =>
        new((ulong)block[word], (ulong)block[word + 1], (ulong)block[word + 2]);

    private static void Store(SquareSum squares, Span<long> block, int word)
    {
        block[word] = (long)squares.Low;
        block[word + 1] = (long)squares.Middle;
        block[word + 2] = (long)squares.High;
    }

    private static double OverNothing(AggregateKind kind) =>
        kind is AggregateKind.Count or AggregateKind.Sum ? 0 : double.NaN;
}
