using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Words;

/// <summary>The best documents of a segment, window by window: each term adds what it counts to the sums of the window's documents. A window
/// whose blocks cannot reach the best so far is passed by, packed.</summary>
/// <remarks>Quicker than <see cref="BlockMaxWand"/> where many documents score well enough: long queries and long lists. Terms are added in
/// the query's order, so that both find the same bits.</remarks>
internal static class WindowScan
{
    /// <summary>Documents of a window; their sums stay in the first cache.</summary>
    internal const int Window = 2048;

    /// <summary>Sums that are looked at together.</summary>
    internal const int Group = 64;

    public static void Search(in SegmentSearch search, WordScratch scratch, ref BestItems best)
    {
        var terms = scratch.Cursors;
        var end = search.View.Segment.DocumentCount;
        for (var from = First(terms); from < end; from = First(terms))
        {
            from -= from % Window;
            var to = Math.Min(end, from + Window);
            if (IsHopeless(terms, from, to, search.Least(best)))
            {
                foreach (var cursor in terms) { cursor.Advance(to); }
                continue;
            }
            foreach (var cursor in terms) { cursor.AddUntil(to, search.Norms, from, scratch.Sums, scratch.Touched); }
            Gather(search, from, scratch, ref best);
        }
    }

    private static int First(ReadOnlySpan<PostingCursor> terms)
    {
        var first = PostingCursor.End;
        foreach (var cursor in terms) { first = Math.Min(first, cursor.Document); }
        return first;
    }

    private static bool IsHopeless(ReadOnlySpan<PostingCursor> terms, int from, int to, double least)
    {
        if (double.IsNegativeInfinity(least)) { return false; }
        double bound = 0;
        foreach (var cursor in terms)
        {
            if (cursor.Document < to) { bound += cursor.BoundWithin(from, to - 1); }
        }
        return bound * SegmentSearch.Slack <= least;
    }

    /// <summary>Offers the sums above what is needed, and clears them.</summary>
    private static void Gather(in SegmentSearch search, int from, WordScratch scratch, ref BestItems best)
    {
        var (sums, touched) = (scratch.Sums, scratch.Touched);
        // what was not touched is 0, and whatever was is more
        var least = Math.Max(0, search.Least(best));
        for (var group = 0; group < touched.Length; group++)
        {
            if (touched[group] == 0) { continue; }
            touched[group] = 0;
            var own = sums.AsSpan(group * Group, Group);
            for (var bits = Above(own, least); bits != 0; bits &= bits - 1)
            {
                var at = BitOperations.TrailingZeroCount(bits);
                var document = from + (group * Group) + at;
                if (own[at] <= least || !search.Allows(document)) { continue; }
                best.Offer(search.Code(document), (float)own[at]);
                least = Math.Max(0, search.Least(best));
            }
            own.Clear();
        }
    }

    /// <summary>Which of a group of sums exceed a score, a bit each.</summary>
    private static ulong Above(ReadOnlySpan<double> sums, double least)
    {
        ref var first = ref MemoryMarshal.GetReference(sums[..Group]);
        var floor = Vector512.Create(least);
        ulong bits = 0;
        for (var i = 0; i < Group; i += 8)
        {
            bits |= Vector512.GreaterThan(Vector512.LoadUnsafe(ref first, (nuint)i), floor).ExtractMostSignificantBits() << i;
        }
        return bits;
    }
}
