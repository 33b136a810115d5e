using Lintel.Features.Planning;

namespace Lintel.Features.Windows;

/// <content>Counts of different values. A short window is looked through; one that has grown long counts its values in a table, until it
/// is empty again. The word of the part holds the count of different values, and whether the table is in use.</content>
internal sealed partial class WindowState
{
    // beyond this a look through the window costs more than the table's lines
    private const int LongestLook = 16;

    private const long IsCounted = 1L << 62;

    /// <summary>A value comes into the window; its entry is there, the head has passed it.</summary>
    private void JoinDistinct(
        in WindowPart part, in WindowLayout window, Span<long> block, Span<long> ring, int slot, long word)
    {
        ref var state = ref block[part.Word];
        var hasEntries = _subjects is not null || !window.IsEndless;
        if (hasEntries && state < IsCounted)
        {
            if (block[WindowGroup.HeadWord] - Tail(block, window) <= LongestLook)
            {
                if (Occurrences(part, window, block, ring, word) == 1) { state++; }
                return;
            }
            state = IsCounted | CountAll(part, window, block, ring, slot);
            return;
        }
        if (_counts[part.Table].Add(slot, word)) { state++; }
    }

    /// <summary>A value leaves the window; its entry is out of it, or dead.</summary>
    private void LeaveDistinct(
        in WindowPart part, in WindowLayout window, Span<long> block, Span<long> ring, int slot, long word)
    {
        ref var state = ref block[part.Word];
        if (state < IsCounted)
        {
            if (Occurrences(part, window, block, ring, word) == 0) { state--; }
        }
        else if (_counts[part.Table].Remove(slot, word) && --state == IsCounted) { state = 0; }
    }

    private int Occurrences(
        in WindowPart part, in WindowLayout window, ReadOnlySpan<long> block, Span<long> ring, long word)
    {
        var count = 0;
        for (var i = Tail(block, window); i < block[WindowGroup.HeadWord]; i++)
        {
            var entry = Entry(ring, i);
            if (IsAlive(entry) && entry[_valueAt + part.Value] == word) { count++; }
        }
        return count;
    }

    /// <summary>Puts every value of the window into the table.</summary>
    /// <returns>How many are different.</returns>
    private long CountAll(in WindowPart part, in WindowLayout window, ReadOnlySpan<long> block, Span<long> ring, int slot)
    {
        var different = 0L;
        for (var i = Tail(block, window); i < block[WindowGroup.HeadWord]; i++)
        {
            var entry = Entry(ring, i);
            if (IsAlive(entry) && entry[_valueAt + part.Value] is not GroupValue.Missing and var word
                && _counts[part.Table].Add(slot, word))
            {
                different++;
            }
        }
        return different;
    }
}
