using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Words;

/// <summary>An inverted index over the texts of documents with codes, scored by BM25F. Immutable and safe for many threads: documents that are
/// added or removed give another index, which shares the segments of this one.</summary>
/// <remarks>Scores depend on the documents alone, not on how they came into their segments: an index that documents were added to and
/// removed from finds the same lists, to the last bit, as one built of the documents that are there. Queries allocate nothing once their
/// scratch is large enough.</remarks>
public sealed class WordIndex
{
    /// <summary>Up to so many terms and documents asked for, passing by single documents is quicker than passing by windows of them: measured on
    /// 200,000 documents (bench <c>words zipf</c>), where windows already win by half with two terms.</summary>
    private const int FewTerms = 1, FewDocuments = 20;

    private readonly SegmentView[] _segments;
    private readonly WordStatistics _statistics;

    private WordIndex(Bm25Settings settings, TextAnalyser analyser, SegmentView[] segments)
    {
        for (var (s, most) = (0, -1); s < segments.Length; s++)
        {
            var codes = segments[s].Segment.Codes;
            segments[s] = segments[s] with { IsBehind = codes.Length == 0 || codes[0] > most };
            if (codes.Length > 0) { most = Math.Max(most, codes[^1]); }
        }
        (Settings, Analyser, _segments, _statistics) = (settings, analyser, segments, new(settings, segments));
    }

    public Bm25Settings Settings { get; }

    /// <summary>What became of the documents' texts; a query goes the same way.</summary>
    public TextAnalyser Analyser { get; }

    /// <summary>Documents that are there.</summary>
    public int DocumentCount => _statistics.DocumentCount;

    public int SegmentCount => _segments.Length;

    /// <summary>Bytes that it takes in memory.</summary>
    public long MemoryBytes => _segments.Sum(static s => s.Segment.MemoryBytes);

    internal IReadOnlyList<SegmentView> Segments => _segments;

    internal static WordIndex Of(Bm25Settings settings, TextAnalyser analyser, SegmentView[] segments) => new(settings, analyser, segments);

    /// <summary>Documents that hold a term in any field.</summary>
    /// <param name="term">As the analysis leaves it.</param>
    public int CountOf(ReadOnlySpan<char> term)
    {
        var count = 0;
        foreach (var view in _segments)
        {
            var found = view.Segment.Terms.Find(term);
            if (found >= 0) { count += view.Counts[found]; }
        }
        return count;
    }

    /// <summary>idf of a term, 0 where no document holds it: see <see cref="Bm25Settings"/>.</summary>
    public double Idf(ReadOnlySpan<char> term) => CountOf(term) is > 0 and var count ? Bm25Settings.Idf(DocumentCount, count) : 0;

    /// <summary>Fills the documents that answer a query best, best first; ties keep the lower code. One that holds none of its terms is never
    /// named.</summary>
    /// <param name="offered">1 by code where a document may be named, those beyond it may not; empty: all may.</param>
    /// <param name="best">Its length is k.</param> <returns>How many were filled.</returns>
    public int Search(WordQuery query, ReadOnlySpan<byte> offered, Span<ScoredItem> best, WordScratch scratch) =>
        Search(query, offered, best, scratch, best.Length <= FewDocuments && query.Count <= FewTerms);

    /// <param name="single">Whether single documents are passed by, not windows of them; the list is the same.</param>
    internal int Search(WordQuery query, ReadOnlySpan<byte> offered, Span<ScoredItem> best, WordScratch scratch, bool single)
    {
        if (best.IsEmpty) { return 0; }
        var weights = Weigh(query, scratch);
        var items = new BestItems(best);
        foreach (var view in _segments)
        {
            scratch.Begin(query, view, weights, Settings.K1, _statistics.Drift(view.Segment));
            if (scratch.CursorCount == 0) { continue; }
            var search = new SegmentSearch(view, _statistics.Norms, offered);
            if (single) { BlockMaxWand.Search(search, scratch, ref items); }
            else { WindowScan.Search(search, scratch, ref items); }
        }
        return items.Sort();
    }

    /// <summary>Scores given documents: 0 for one that holds no term of the query or is not there. Quickest where codes rise.</summary>
    /// <param name="documents">Codes, [n].</param> <param name="scores">[n]; overwritten.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public void Score(WordQuery query, ReadOnlySpan<int> documents, Span<float> scores, WordScratch scratch)
    {
        if (documents.Length != scores.Length) { throw new ArgumentException($"{documents.Length} documents, room for {scores.Length} scores"); }
        scores.Clear();
        var weights = Weigh(query, scratch);
        foreach (var view in _segments)
        {
            var before = PostingCursor.End;
            for (var i = 0; i < documents.Length; i++)
            {
                var document = view.Segment.Find(documents[i]);
                if (document < 0 || view.IsRemoved(document)) { continue; }
                // cursors only go forwards
                if (document < before) { scratch.Begin(query, view, weights, Settings.K1, 1); }
                before = document;
                double score = 0;
                foreach (var cursor in scratch.Cursors)
                {
                    cursor.Advance(document);
                    if (cursor.Document == document) { score += cursor.Contribution(_statistics.Norms); }
                }
                scores[i] = (float)score;
            }
        }
    }

    /// <summary>Why a document scores as it does; its parts add up to the score. Allocates.</summary>
    public WordExplanation Explain(WordQuery query, int document)
    {
        var terms = new List<TermExplanation>();
        double score = 0;
        var cursor = new PostingCursor();
        var view = Array.Find(_segments, s => s.Segment.Find(document) is >= 0 and var found && !s.IsRemoved(found));
        var local = view?.Segment.Find(document) ?? -1;
        int[] lengths = [.. Settings.Fields.Select((_, f) => local < 0 ? 0 : view!.Segment.Lengths[f][local])];
        for (var t = 0; t < query.Count; t++)
        {
            var (idf, part) = (Idf(query[t]), 0.0);
            var occurrences = new int[lengths.Length];
            if (view?.Segment.Terms.Find(query[t]) is >= 0 and var term)
            {
                cursor.Begin(view.Segment, term, query.Weight(t) * idf, Settings.K1, 1);
                cursor.Advance(local);
                if (cursor.Document == local)
                {
                    part = cursor.Contribution(_statistics.Norms);
                    for (var f = 0; f < occurrences.Length; f++) { occurrences[f] = cursor.Count(f); }
                }
            }
            score += part;
            terms.Add(new(query[t].ToString(), query.Weight(t), CountOf(query[t]), idf, occurrences, lengths, part));
        }
        return new(document, score, terms);
    }

    /// <summary>This index and further documents; one whose code is there already takes the place of the one before.</summary>
    /// <param name="documents">Of the same settings and the same analysis.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public WordIndex Add(WordIndexBuilder documents)
    {
        if (!documents.Settings.IsSame(Settings) || !documents.Analyser.Steps.SequenceEqual(Analyser.Steps))
        {
            throw new ArgumentException("documents are added with the settings and the analysis of the index; make their builder of both");
        }
        if (documents.Count == 0) { return this; }
        var kept = Remove(documents.Codes);
        var averages = new WordStatistics(Settings, kept._segments, documents).Averages;
        return new(Settings, Analyser, [.. kept._segments, SegmentView.Of(documents.ToSegment(averages))]);
    }

    /// <summary>This index without some documents; codes that are not there change nothing.</summary>
    /// <remarks>Each segment that loses one goes through its terms once, so many at once cost as much as one.</remarks>
    public WordIndex Remove(ReadOnlySpan<int> documents)
    {
        var segments = (SegmentView[])_segments.Clone();
        for (var s = 0; s < segments.Length; s++)
        {
            var lost = new HashSet<int>();
            foreach (var code in documents)
            {
                var document = segments[s].Segment.Find(code);
                if (document >= 0 && !segments[s].IsRemoved(document)) { lost.Add(document); }
            }
            segments[s] = segments[s].Without(lost);
        }
        return new(Settings, Analyser, [.. segments.Where(static s => s.DocumentCount > 0)]);
    }

    /// <summary>The same documents with some of its segments joined into one, without those removed.</summary>
    /// <param name="first">Index of the first segment to join.</param> <param name="count">How many.</param>
    public WordIndex Merge(int first, int count) => SegmentMerge.Join(this, first, count);

    /// <summary>All in one segment.</summary>
    public WordIndex Merge() => Merge(0, SegmentCount);

    /// <summary>This index with what was merged meanwhile: whoever owns it merges <paramref name="before"/> in the background while documents
    /// come and go, and adopts the result.</summary>
    /// <param name="before">The index that this one came from by adding and removing.</param>
    /// <param name="merged">What <see cref="Merge(int, int)"/> made of it.</param>
    public WordIndex Adopt(WordIndex before, WordIndex merged) => SegmentMerge.Adopt(this, before, merged);

    /// <summary>q · idf of each term of a query.</summary>
    private Span<double> Weigh(WordQuery query, WordScratch scratch)
    {
        var weights = scratch.Weights(query.Count);
        for (var t = 0; t < weights.Length; t++) { weights[t] = query.Weight(t) * Idf(query[t]); }
        return weights;
    }
}
