using System.Runtime.CompilerServices;
using Lintel.Features.Planning;

namespace Lintel.Features.Windows;

/// <content>How entries leave their windows.</content>
internal sealed partial class WindowState
{
    /// <summary>Moves every window's tail past what was known before it.</summary>
    /// <param name="peek">The block is a copy: nothing else may change.</param>
    private void Expire(Span<long> block, Span<long> ring, int slot, long now, bool peek)
    {
        if (!_hasRing) { return; }
        var mask = (1 << RingSlabs.LogOf(block[WindowGroup.RingWord])) - 1;
        for (var w = 0; w <= _longestFinite; w++)
        {
            ref readonly var window = ref _windows[w];
            var tail = block[window.TailWord];
            if (tail >= block[WindowGroup.HeadWord] || ring[((int)tail & mask) * _stride] >= now - window.Length) { continue; }
            if (_subjects is null && window.OnlySum >= 0)
            {
                ExpireSum(block, ring, window, mask, _stride, _valueAt + window.OnlySumValue, now - window.Length);
            }
            else { ExpireParts(block, ring, window, mask, slot, now - window.Length, w == _longestFinite && !_keepsEntries && !peek, peek); }
        }
    }

    /// <summary>The commonest window: a count and one sum. Apart, so that its loop keeps to registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ExpireSum(
        Span<long> block, ReadOnlySpan<long> ring, in WindowLayout window, int mask, int stride, int valueAt, long bound)
    {
        var first = block[window.TailWord];
        var (tail, head) = (first, block[WindowGroup.HeadWord]);
        var sum = block.Slice(window.OnlySum, 3);
        var (low, high, missing) = ((ulong)sum[0], sum[1], 0L);
        for (; tail < head; tail++)
        {
            var at = ((int)tail & mask) * stride;
            if (ring[at] >= bound) { break; }
            var word = ring[at + valueAt];
            if (word == GroupValue.Missing)
            {
                missing++;
                continue;
            }
            high -= (word >> 63) + (low < (ulong)word ? 1 : 0);
            low -= (ulong)word;
        }
        (sum[0], sum[1]) = ((long)low, high);
        sum[2] -= tail - first - missing;
        block[window.TailWord] = tail;
        block[window.CountWord] -= tail - first;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ExpireParts(
        Span<long> block, Span<long> ring, in WindowLayout window, int mask, int slot, long bound, bool isLast, bool peek)
    {
        var (tail, head, left) = (block[window.TailWord], block[WindowGroup.HeadWord], 0L);
        for (; tail < head; tail++)
        {
            var at = ((int)tail & mask) * _stride;
            if (ring[at] >= bound) { break; }
            if (_subjects is not null)
            {
                var subject = ring[at + 1];
                if (subject == Dead) { continue; }
                if (isLast && subject > 0) { _subjects.Remove((int)subject - 1); }
            }
            left++;
            if (window.OnlySum >= 0)
            {
                var word = ring[at + _valueAt + window.OnlySumValue];
                if (word != GroupValue.Missing) { TakeFromSum(block.Slice(window.OnlySum, 3), word); }
                continue;
            }
            // a part may look at what is still in the window: the entry has left it now
            block[window.TailWord] = tail + 1;
            if (window.Parts.Length > 0) { Leave(window, block, ring, slot, tail, ring.Slice(at, _stride), peek); }
        }
        block[window.TailWord] = tail;
        block[window.CountWord] -= left;
    }

    /// <param name="entry">It is out of the window, or dead.</param>
    private void Leave(
        in WindowLayout window, Span<long> block, Span<long> ring, int slot, long index, ReadOnlySpan<long> entry, bool peek)
    {
        foreach (ref readonly var part in window.Parts.AsSpan())
        {
            var word = entry[_valueAt + part.Value];
            if (word == GroupValue.Missing) { continue; }
            switch (part.Kind)
            {
                case PartKind.Sum: TakeFromSum(block.Slice(part.Word, 3), word); break;
                case PartKind.Squares:
                    var squares = Squares(block, part.Word);
                    squares.Subtract(word);
                    Store(squares, block, part.Word);
                    break;
                case PartKind.Distinct:
                    if (!peek) { LeaveDistinct(part, window, block, ring, slot, word); }
                    break;
                case PartKind.Min or PartKind.Max: _queues.Leave(block.Slice(part.Word, 3), index); break;
                default: break;
            }
        }
    }
}
