using Lintel.Design.Expressions;
using Lintel.Features.Planning;

namespace Lintel.Features.Windows;

/// <content>From a key's state to its aggregates.</content>
internal sealed partial class WindowState
{
    private double Value(
        in AggregateRead read, Span<long> block, Span<long> ring, long now, ReadOnlySpan<long> kept)
    {
        ref readonly var window = ref _windows[read.Window];
        if (block[window.CountWord] == 0) { return OverNothing(read.Kind); }
        switch (read.Kind)
        {
            case AggregateKind.Count: return block[window.CountWord];
            case AggregateKind.Sum: return _values[read.Value].Scale!.Total(Sum(block, read.Word));
            case AggregateKind.Mean:
                return _values[read.Value].Scale!.Mean(block[read.Word], block[read.Word + 1], block[read.Word + 2]);
            case AggregateKind.Std:
                return _values[read.Value].Scale!.Deviation(
                    Squares(block, read.SquaresWord), Sum(block, read.Word), block[read.Word + 2]);
            case AggregateKind.Distinct:
                // the count is kept for the window as the state holds it; one that a peek has shortened is looked through
                var different = read.HasEntries && block[window.TailWord] != kept[window.TailWord]
                    ? CountDifferent(block, ring, window, read.Value)
                    : block[read.Word] & ~IsCounted;
                return different == 0 ? double.NaN : different;
            case AggregateKind.Since: return now - LastKnown(block, ring);
            case AggregateKind.Min or AggregateKind.Max when read.HasEntries: return _queues.Front(block.Slice(read.Word, 3));
            case AggregateKind.Last when read.HasEntries: return Scan(block, ring, window, read.Value, forwards: false);
            case AggregateKind.First when read.HasEntries: return Scan(block, ring, window, read.Value, forwards: true);
            default: return Bits(block[read.Word]);
        }
    }

    private static Int128 Sum(ReadOnlySpan<long> block, int word) => new((ulong)block[word + 1], (ulong)block[word]);

    private static double Bits(long word) =>
        word == GroupValue.Missing ? double.NaN : BitConverter.Int64BitsToDouble(word);

    private long Tail(ReadOnlySpan<long> block, in WindowLayout window) => window.IsEndless ? 0 : block[window.TailWord];

    private Span<long> Entry(Span<long> ring, long index) =>
        ring.Slice((int)(index & ((ring.Length / _stride) - 1)) * _stride, _stride);

    private bool IsAlive(ReadOnlySpan<long> entry) => _subjects is null || entry[1] != Dead;

    private long LastKnown(ReadOnlySpan<long> block, Span<long> ring)
    {
        if (_subjects is null) { return block[WindowGroup.LastWord]; }
        var index = block[WindowGroup.HeadWord] - 1;
        while (!IsAlive(Entry(ring, index))) { index--; }       // one is alive: the window's count is not 0
        return Entry(ring, index)[0];
    }

    private double Scan(ReadOnlySpan<long> block, Span<long> ring, in WindowLayout window, int value, bool forwards)
    {
        var (tail, head) = (Tail(block, window), block[WindowGroup.HeadWord]);
        for (var step = 0L; step < head - tail; step++)
        {
            var entry = Entry(ring, forwards ? tail + step : head - 1 - step);
            if (IsAlive(entry) && entry[_valueAt + value] is not GroupValue.Missing and var word) { return Bits(word); }
        }
        return double.NaN;
    }

    private int CountDifferent(ReadOnlySpan<long> block, Span<long> ring, in WindowLayout window, int value)
    {
        var (tail, head) = (Tail(block, window), block[WindowGroup.HeadWord]);
        if (head - tail <= LongestLook * 4)
        {
            // of few entries, looking back at each costs less than a table
            Span<long> words = stackalloc long[LongestLook * 4];
            var different = 0;
            for (var i = tail; i < head; i++)
            {
                var entry = Entry(ring, i);
                if (IsAlive(entry) && entry[_valueAt + value] is not GroupValue.Missing and var word
                    && !words[..different].Contains(word))
                {
                    words[different++] = word;
                }
            }
            return different;
        }
        var seen = new HashSet<long>();
        for (var i = tail; i < head; i++)
        {
            var entry = Entry(ring, i);
            if (IsAlive(entry) && entry[_valueAt + value] is not GroupValue.Missing and var word) { _ = seen.Add(word); }
        }
        return seen.Count;
    }
}
