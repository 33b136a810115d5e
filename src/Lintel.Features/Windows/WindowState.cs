using System.Runtime.CompilerServices;
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
    private readonly WindowLayout[] _windows;
    private readonly WindowPart[][] _parts;
    private readonly AggregateRead[] _reads, _otherReads;
    private readonly CountRead[] _countReads;
    private readonly MeanRead[] _meanReads;
    private readonly GroupValue[] _values;
    private readonly int[] _sourceKeys, _decisionKeys;
    private readonly long[] _key, _valueWords, _peeked;
    private readonly int _stride, _valueAt;
    private readonly bool _hasRing;
    private readonly int _longestFinite;
    private readonly bool _keepsEntries;
    private int _swept;

    internal WindowState(WindowGroup group)
    {
        _group = group;
        _blocks = new(group.BlockWords);
        _keys = new(_blocks, group.SourceKeys.Length);
        _rings = new(group.EntryWords);
        _windows = [.. group.Windows.Select(static w => new WindowLayout(w))];
        _parts = [.. group.Windows.Select(static w => w.Parts.ToArray())];
        _reads = [.. group.Reads];
        _countReads = [.. _reads.Where(static r => r.Kind == AggregateKind.Count).Select(r => new CountRead(_windows[r.Window].CountWord, r.Register))];
        _meanReads = [.. _reads.Where(static r => r.Kind == AggregateKind.Mean).Select(r => new MeanRead(r.Word, r.Register, group.Values[r.Value].Scale!))];
        _otherReads = [.. _reads.Where(static r => r.Kind is not (AggregateKind.Count or AggregateKind.Mean))];
        _values = [.. group.Values];
        _sourceKeys = [.. group.SourceKeys];
        _decisionKeys = [.. group.DecisionKeys];
        _key = new long[_sourceKeys.Length];
        _valueWords = new long[_values.Length];
        _peeked = new long[group.BlockWords];
        _stride = group.EntryWords;
        _valueAt = group.ValueAt;
        _hasRing = group.HasRing;
        _longestFinite = group.LongestFinite;
        _keepsEntries = group.KeepsEntries;
        _counts = [.. _parts.SelectMany(static p => p).Where(static p => p.Table >= 0).Select(static _ => new ValueCounts())];
        _subjects = group.IsAbout ? new() : null;
        _keyFields = group.HasKeyFields ? [.. group.KeyFields] : null;
        for (var k = 0; k < _keyFields?.Length; k++)
        {
            if (_keyFields[k] is { IsList: true }) { _listKey = k; }
        }
        _members = IsByList ? new MemberSum[_reads.Length] : [];
    }

    internal WindowGroup Group => _group;

    /// <summary>Keys that have state: for tests and measures of memory.</summary>
    internal int KeyCount => _blocks.InUse;

    internal long RingWords => _rings.Words;

    /// <summary>Reads the group's aggregates at instant <paramref name="now"/>; what has left its window goes.</summary>
    /// <param name="decision">The decided record's values.</param> <param name="aggregates">All aggregates' registers.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Read(long now, ReadOnlySpan<double> decision, Span<double> aggregates)
    {
        if (IsByList) { ReadMembers(now, decision, aggregates, peek: false); }
        else { ReadKey(now, decision, aggregates); }
    }

    private void ReadKey(long now, ReadOnlySpan<double> decision, Span<double> aggregates)
    {
        var slot = SlotOf(decision, _decisionKeys);
        if (slot < 0)
        {
            ReadNothing(aggregates);
            return;
        }
        var block = _blocks[slot];
        var ring = _hasRing ? _rings.Of(block[WindowGroup.RingWord]) : default;
        Expire(block, ring, slot, now, peek: false);
        Fill(aggregates, block, ring, now, block);
    }

    /// <summary>What the aggregates are for a key that is not known.</summary>
    internal void ReadNothing(Span<double> aggregates)
    {
        foreach (ref readonly var read in _reads.AsSpan()) { aggregates[read.Register] = OverNothing(read.Kind); }
    }

    /// <summary>The same without leaving a trace: what leaves its window leaves a copy of the block.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Peek(long now, ReadOnlySpan<double> decision, Span<double> aggregates)
    {
        if (IsByList) { ReadMembers(now, decision, aggregates, peek: true); }
        else { PeekKey(now, decision, aggregates); }
    }

    private void PeekKey(long now, ReadOnlySpan<double> decision, Span<double> aggregates)
    {
        var slot = SlotOf(decision, _decisionKeys);
        if (slot < 0)
        {
            ReadNothing(aggregates);
            return;
        }
        var kept = _blocks[slot];
        var block = _peeked.AsSpan();
        kept.CopyTo(block);
        var ring = _hasRing ? _rings.Of(block[WindowGroup.RingWord]) : default;
        Expire(block, ring, slot, now, peek: true);
        Fill(aggregates, block, ring, now, kept);
    }

    /// <param name="kept">The block as the state holds it: counts of different values belong to it.</param>
    private void Fill(Span<double> aggregates, Span<long> block, Span<long> ring, long now, ReadOnlySpan<long> kept)
    {
        foreach (ref readonly var read in _countReads.AsSpan()) { aggregates[read.Register] = block[read.Word]; }
        foreach (ref readonly var read in _meanReads.AsSpan())
        {
            aggregates[read.Register] = read.Scale.Mean(block[read.Word], block[read.Word + 1], block[read.Word + 2]);
        }
        foreach (ref readonly var read in _otherReads.AsSpan())
        {
            aggregates[read.Register] = Value(read, block, ring, now, kept);
        }
    }

    /// <summary>Takes a record into the windows.</summary>
    /// <param name="values">In the layout of the group's source.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Enter(long known, int subject, ReadOnlySpan<double> values)
    {
        // the latest record about a subject counts, so the one before it goes first, even if this one meets no condition
        if (_subjects is not null && subject >= 0)
        {
            if (IsByList) { RetractMembers(subject); }
            else if (_subjects.Find(subject) is >= 0 and var before) { Retract(before, subject); }
        }
        if (_group.Where is { } where && !where.Holds(values)) { return; }
        for (var v = 0; v < _values.Length; v++) { _valueWords[v] = Word(_values[v], values); }
        if (!IsByList)
        {
            EnterKey(known, subject, values);
            return;
        }
        var members = Members(values, _sourceKeys);
        for (var place = 0; place < members.Length; place++)
        {
            _member = members[place];
            EnterKey(known, MemberOf(subject, place), values);
        }
    }

    private void EnterKey(long known, int subject, ReadOnlySpan<double> values)
    {
        var slot = SlotOf(values, _sourceKeys);
        if (slot < 0)
        {
            if (!TryKey(values, _sourceKeys)) { return; }
            // two looked at for each that comes, so that keys are given back faster than new ones are given
            Sweep(known);
            Sweep(known);
            slot = AddKey();
        }
        var block = _blocks[slot];
        var index = block[WindowGroup.HeadWord];
        Span<long> ring = [];
        if (_hasRing)
        {
            ring = RingWithRoom(block, slot, known);
            var entry = Entry(ring, index);
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
        foreach (ref readonly var window in _windows.AsSpan())
        {
            block[window.CountWord]++;
            if (window.OnlySum >= 0)
            {
                var word = _valueWords[window.OnlySumValue];
                if (word != GroupValue.Missing) { AddToSum(block.Slice(window.OnlySum, 3), word); }
                continue;
            }
            foreach (ref readonly var part in window.Parts.AsSpan())
            {
                Join(part, window, block, ring, slot, index, _valueWords[part.Value]);
            }
        }
    }

    /// <summary>Throws what <see cref="Enter"/> would throw.</summary>
    internal void Check(ReadOnlySpan<double> values)
    {
        if (_group.Where is { } where && !where.Holds(values)) { return; }
        foreach (var value in _values) { _ = Word(value, values); }
    }

    private void Join(
        in WindowPart part, in WindowLayout window, Span<long> block, Span<long> ring, int slot, long index, long word)
    {
        if (word == GroupValue.Missing) { return; }
        switch (part.Kind)
        {
            case PartKind.Sum: AddToSum(block.Slice(part.Word, 3), word); break;
            case PartKind.Squares:
                var squares = Squares(block, part.Word);
                squares.Add(word);
                Store(squares, block, part.Word);
                break;
            case PartKind.Distinct:
                JoinDistinct(part, window, block, ring, slot, word);
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

    private long Word(GroupValue value, ReadOnlySpan<double> values)
    {
        var number = value.Column >= 0 ? values[value.Column] : value.Program.Evaluate(values);
        if (double.IsNaN(number)) { return GroupValue.Missing; }
        // adding 0 turns −0 into 0: one value, one word, and never the word for missing
        return value.Scale is { } scale ? scale.ToUnits(number, value.Owner) : BitConverter.DoubleToInt64Bits(number + 0.0);
    }

    /// <returns>−1: a key is missing, or has no state.</returns>
    private int SlotOf(ReadOnlySpan<double> values, int[] columns)
    {
        if (columns.Length != 1 || _keyFields is not null) { return TryKey(values, columns) ? _keys.Find(_key) : -1; }
        var code = values[columns[0]];
        return double.IsNaN(code) ? -1 : _keys.Find((long)code);
    }

    private bool TryKey(ReadOnlySpan<double> values, int[] columns)
    {
        if (_keyFields is not null) { return TryFieldKey(values, columns); }
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

    /// <summary>The key's ring, with room for one more entry.</summary>
    private Span<long> RingWithRoom(Span<long> block, int slot, long now)
    {
        var ring = _rings.Of(block[WindowGroup.RingWord]);
        var head = block[WindowGroup.HeadWord];
        if (head - Base(block) == 1L << RingSlabs.LogOf(block[WindowGroup.RingWord]))
        {
            // a key that is written but never read keeps what has left its windows until here
            Expire(block, ring, slot, now, peek: false);
            if ((head - Base(block)) * 2 > 1L << RingSlabs.LogOf(block[WindowGroup.RingWord]))
            {
                var log = RingSlabs.LogOf(block[WindowGroup.RingWord]) + 1;
                block[WindowGroup.RingWord] = _rings.Resize(block[WindowGroup.RingWord], log, Base(block), head);
                ring = _rings.Of(block[WindowGroup.RingWord]);
            }
        }
        return ring;
    }

    /// <summary>Index of the oldest entry that the ring still needs.</summary>
    private long Base(ReadOnlySpan<long> block) => _keepsEntries ? 0 : block[_windows[_longestFinite].TailWord];

    // 128 bits in two words, and how many values are in them
    private static void AddToSum(Span<long> sum, long word)
    {
        var low = (ulong)sum[0] + (ulong)word;
        sum[1] += (word >> 63) + (low < (ulong)word ? 1 : 0);
        sum[0] = (long)low;
        sum[2]++;
    }

    private static void TakeFromSum(Span<long> sum, long word)
    {
        var low = (ulong)sum[0];
        sum[1] -= (word >> 63) + (low < (ulong)word ? 1 : 0);
        sum[0] = (long)(low - (ulong)word);
        sum[2]--;
    }

    private static SquareSum Squares(ReadOnlySpan<long> block, int word) =>
        new((ulong)block[word], (ulong)block[word + 1], (ulong)block[word + 2]);

    private static void Store(SquareSum squares, Span<long> block, int word)
    {
        block[word] = (long)squares.Low;
        block[word + 1] = (long)squares.Middle;
        block[word + 2] = (long)squares.High;
    }

    private readonly record struct CountRead(int Word, int Register);

    private readonly record struct MeanRead(int Word, int Register, SumScale Scale);

    /// <summary>A window as the hot loops read it.</summary>
    private readonly struct WindowLayout
    {
        internal WindowLayout(GroupWindow window)
        {
            (Length, TailWord, CountWord) = (window.Length, window.TailWord, window.CountWord);
            Parts = [.. window.Parts];
            (OnlySum, OnlySumValue) = Parts is [{ Kind: PartKind.Sum } only] ? (only.Word, only.Value) : (-1, -1);
        }

        internal readonly long Length;
        internal readonly WindowPart[] Parts;
        internal readonly int TailWord, CountWord;

        /// <summary>Word of the sum, when that is the window's one part; else −1.</summary>
        internal readonly int OnlySum, OnlySumValue;

        internal bool IsEndless => Length == long.MaxValue;
    }

    private static double OverNothing(AggregateKind kind) =>
        kind is AggregateKind.Count or AggregateKind.Sum ? 0 : double.NaN;
}
