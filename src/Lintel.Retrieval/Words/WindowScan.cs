using System.Numerics;
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

    private static void Gather(in SegmentSearch search, int from, WordScratch scratch, ref BestItems best)
    {
        var (sums, touched) = (scratch.Sums, scratch.Touched);
        var least = search.Least(best);
        for (var word = 0; word < touched.Length; word++)
        {
            for (var bits = touched[word]; bits != 0; bits &= bits - 1)
            {
                var at = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var score = sums[at];
                sums[at] = 0;
                if (score <= least || !search.Allows(from + at)) { continue; }
                best.Offer(search.Code(from + at), (float)score);
                least = search.Least(best);
            }
            touched[word] = 0;
        }
    }
}
