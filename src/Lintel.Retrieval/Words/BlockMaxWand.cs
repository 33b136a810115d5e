using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Words;

/// <summary>The best documents of a segment, where those that cannot be among the best are passed by: first by the bounds of whole terms, then
/// by those of blocks, which stay packed.</summary>
/// <remarks>Source: Broder, Carmel, Herscovici, Soffer and Zien, Efficient Query Evaluation using a Two-Level Retrieval Process, CIKM 2003
/// (WAND); Ding and Suel, Faster Top-k Document Retrieval Using Block-Max Indexes, SIGIR 2011. Test: the same list as a full scan, bit for
/// bit.</remarks>
internal static class BlockMaxWand
{
    public static void Search(in SegmentSearch search, WordScratch scratch, ref BestItems best)
    {
        var terms = scratch.Cursors;
        var order = scratch.Order;
        Sort(order);
        while (true)
        {
            var least = search.Least(best);
            var pivot = Pivot(order, least);
            if (pivot < 0) { return; }
            var document = order[pivot].Document;
            while (pivot + 1 < order.Length && order[pivot + 1].Document == document) { pivot++; }
            var (bound, next) = Skim(order[..(pivot + 1)], document);
            if (bound * SegmentSearch.Slack <= least)
            {
                // no document before the end of the nearest block, nor before the next term begins, is among the best
                next = Math.Min(next, pivot + 1 < order.Length ? order[pivot + 1].Document : PostingCursor.End);
                Advance(order, pivot + 1, next);
            }
            else if (order[0].Document == document)
            {
                if (search.Allows(document)) { best.Offer(search.Code(document), (float)Score(terms, document, search.Norms)); }
                for (var i = 0; i <= pivot; i++) { order[i].Next(); }
                Settle(order, pivot + 1);
            }
            else
            {
                var behind = 0;
                while (order[behind].Document < document) { behind++; }
                Advance(order, behind, document);
            }
        }
    }

    /// <summary>The first cursor up to which the bounds can exceed a score; −1: none.</summary>
    private static int Pivot(ReadOnlySpan<PostingCursor> order, double least)
    {
        double bound = 0;
        for (var i = 0; i < order.Length && order[i].Document != PostingCursor.End; i++)
        {
            bound += order[i].Bound;
            if (bound * SegmentSearch.Slack > least) { return i; }
        }
        return -1;
    }

    private static (double Bound, int Next) Skim(ReadOnlySpan<PostingCursor> order, int document)
    {
        double bound = 0;
        var last = PostingCursor.End - 1;
        foreach (var cursor in order)
        {
            cursor.Skim(document);
            bound += cursor.BlockBound;
            last = Math.Min(last, cursor.BlockLast);
        }
        return (bound, last + 1);
    }

    /// <summary>Sums in the query's order, so that every search finds the same bits.</summary>
    private static double Score(ReadOnlySpan<PostingCursor> terms, int document, double[][] norms)
    {
        double score = 0;
        foreach (var cursor in terms)
        {
            if (cursor.Document == document) { score += cursor.Contribution(norms); }
        }
        return score;
    }

    private static void Advance(Span<PostingCursor> order, int count, int document)
    {
        for (var i = 0; i < count; i++) { order[i].Advance(document); }
        Settle(order, count);
    }

    /// <summary>Puts the first so many cursors, which moved on, back in their places.</summary>
    private static void Settle(Span<PostingCursor> order, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var moved = order[i];
            var at = i + 1;
            for (; at < order.Length && order[at].Document < moved.Document; at++) { order[at - 1] = order[at]; }
            order[at - 1] = moved;
        }
    }

    private static void Sort(Span<PostingCursor> order) => Settle(order, order.Length);
}
