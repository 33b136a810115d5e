namespace Lintel.Features.Windows;

/// <summary>Monotone queues for sliding minima and maxima: each holds the entries that could still be the extreme, so its front is it.
/// Amortised two steps an entry. Source: Lemire, Nordic Journal of Computing 13(4), 2006.</summary>
/// <remarks>A queue is three words of its owner's block: ring, front, back; an item is the entry's index and the value's bits.</remarks>
internal sealed class ValueQueues
{
    private const int ItemWords = 2;
    private readonly RingSlabs _rings = new(ItemWords);

    internal void Push(Span<long> queue, long index, long bits, bool smallest)
    {
        if (queue[0] == 0) { queue[0] = _rings.Allocate(RingSlabs.SmallestLog); }
        var items = _rings.Of(queue[0]);
        var mask = (items.Length / ItemWords) - 1;
        var value = BitConverter.Int64BitsToDouble(bits);
        while (queue[2] > queue[1])
        {
            var back = BitConverter.Int64BitsToDouble(items[((int)((queue[2] - 1) & mask) * ItemWords) + 1]);
            if (smallest ? back < value : back > value) { break; }
            queue[2]--;
        }
        if (queue[2] - queue[1] > mask)
        {
            queue[0] = _rings.Resize(queue[0], RingSlabs.LogOf(queue[0]) + 1, queue[1], queue[2]);
            items = _rings.Of(queue[0]);
            mask = (items.Length / ItemWords) - 1;
        }
        var at = (int)(queue[2]++ & mask) * ItemWords;
        items[at] = index;
        items[at + 1] = bits;
    }

    /// <summary>An entry leaves the window.</summary>
    internal void Leave(Span<long> queue, long index)
    {
        if (queue[2] > queue[1] && Item(queue, queue[1])[0] == index) { queue[1]++; }
    }

    /// <summary>The extreme; NaN when the window holds no value.</summary>
    internal double Front(ReadOnlySpan<long> queue) =>
        queue[2] > queue[1] ? BitConverter.Int64BitsToDouble(Item(queue, queue[1])[1]) : double.NaN;

    internal void Clear(Span<long> queue)
    {
        if (queue[0] != 0) { _rings.Free(queue[0]); }
        queue[..3].Clear();
    }

    /// <param name="first">Entry index that is written as 0.</param>
    internal void Write(BinaryWriter writer, ReadOnlySpan<long> queue, long first)
    {
        writer.Write(queue[2] - queue[1]);
        for (var i = queue[1]; i < queue[2]; i++)
        {
            var item = Item(queue, i);
            writer.Write(item[0] - first);
            writer.Write(item[1]);
        }
    }

    internal void Read(BinaryReader reader, Span<long> queue, bool smallest)
    {
        for (var i = reader.ReadInt64(); i > 0; i--) { Push(queue, reader.ReadInt64(), reader.ReadInt64(), smallest); }
    }

    private Span<long> Item(ReadOnlySpan<long> queue, long at)
    {
        var items = _rings.Of(queue[0]);
        return items.Slice((int)(at & ((items.Length / ItemWords) - 1)) * ItemWords, ItemWords);
    }
}
