namespace Lintel.Retrieval.Words;

/// <summary>Joins segments of an index.</summary>
internal static class SegmentMerge
{
    public static WordIndex Join(WordIndex index, int first, int count)
    {
        var views = index.Segments.Skip(first).Take(count).ToArray();
        if (views.Length == 0 || (views.Length == 1 && views[0].Removed is null)) { return index; }
        var averages = new WordStatistics(index.Settings, index.Segments).Averages;
        var joined = SegmentView.Of(Join(index.Settings, views, averages));
        return WordIndex.Of(
            index.Settings, index.Analyser, [.. index.Segments.Take(first), joined, .. index.Segments.Skip(first + views.Length)]);
    }

    public static WordIndex Adopt(WordIndex now, WordIndex before, WordIndex merged)
    {
        // a segment that both still have by reference was not merged; removals since are by its view
        var replaced = before.Segments.Select(static s => s.Segment).Except(merged.Segments.Select(static s => s.Segment)).ToHashSet();
        var made = merged.Segments.Where(m => before.Segments.All(b => b.Segment != m.Segment));
        var gone = new List<int>();
        foreach (var view in before.Segments.Where(b => replaced.Contains(b.Segment)))
        {
            var current = now.Segments.FirstOrDefault(s => s.Segment == view.Segment);
            for (var d = 0; d < view.Segment.DocumentCount; d++)
            {
                if (!view.IsRemoved(d) && (current is null || current.IsRemoved(d))) { gone.Add(view.Segment.Codes[d]); }
            }
        }
        var joined = WordIndex.Of(now.Settings, now.Analyser, [.. made]).Remove([.. gone]);
        return WordIndex.Of(now.Settings, now.Analyser, [.. joined.Segments, .. now.Segments.Where(s => !replaced.Contains(s.Segment))]);
    }

    private static Segment Join(Bm25Settings settings, SegmentView[] views, double[] averages)
    {
        // of each document that is there: code, segment and number in it, by code
        (int Code, int View, int Document)[] documents =
        [
            .. views.SelectMany(static (view, v) => Enumerable.Range(0, view.Segment.DocumentCount)
                .Where(d => !view.IsRemoved(d)).Select(d => (view.Segment.Codes[d], v, d))).Order(),
        ];
        var numbers = views.Select(static v => new int[v.Segment.DocumentCount]).ToArray();
        var lengths = settings.Fields.Select(_ => new ushort[documents.Length]).ToArray();
        for (var d = 0; d < documents.Length; d++)
        {
            var (_, view, document) = documents[d];
            numbers[view][document] = d;
            for (var f = 0; f < lengths.Length; f++) { lengths[f][d] = views[view].Segment.Lengths[f][document]; }
        }
        var postings = new PostingTable(lengths.Length);
        var counts = new ushort[lengths.Length];
        var cursor = new PostingCursor();
        for (var v = 0; v < views.Length; v++)
        {
            var segment = views[v].Segment;
            for (var t = 0; t < segment.Terms.Count; t++)
            {
                if (views[v].Counts[t] == 0) { continue; }
                var term = postings.TermOf(segment.Terms[t]);
                for (cursor.Begin(segment, t, 1, 1, 1); cursor.Document != PostingCursor.End; cursor.Next())
                {
                    if (views[v].IsRemoved(cursor.Document)) { continue; }
                    for (var f = 0; f < counts.Length; f++) { counts[f] = (ushort)cursor.Count(f); }
                    postings.Add(term, numbers[v][cursor.Document], counts);
                }
            }
        }
        return postings.Build(settings, [.. documents.Select(static d => d.Code)], lengths, averages);
    }
}
