namespace Lintel.Retrieval.Words;

/// <summary>Where a search works; reused from query to query, allocating nothing once it is large enough. Not thread-safe.</summary>
public sealed class WordScratch
{
    private PostingCursor[] _cursors = [];
    private PostingCursor[] _order = [];
    private double[] _weights = new double[16];

    /// <summary>Cursors of the query's terms in one segment, in the query's order.</summary>
    internal Span<PostingCursor> Cursors => _cursors.AsSpan(0, CursorCount);

    /// <summary>The same cursors, in whatever order a search puts them.</summary>
    internal Span<PostingCursor> Order => _order.AsSpan(0, CursorCount);

    internal int CursorCount { get; private set; }

    /// <summary>q · idf of each term of the query; 0: no document holds it.</summary>
    internal Span<double> Weights(int terms)
    {
        if (_weights.Length < terms) { _weights = new double[Math.Max(terms, 2 * _weights.Length)]; }
        return _weights.AsSpan(0, terms);
    }

    /// <summary>Sums of one window of documents, all 0 between searches.</summary>
    internal double[] Sums { get; } = new double[WindowScan.Window];

    /// <summary>By group of sums: 1 where something was added.</summary>
    internal byte[] Touched { get; } = new byte[WindowScan.Window / WindowScan.Group];

    /// <summary>Puts a cursor at the start of each term that the segment has.</summary>
    internal void Begin(WordQuery query, SegmentView view, ReadOnlySpan<double> weights, double k1, double drift)
    {
        CursorCount = 0;
        for (var t = 0; t < query.Count; t++)
        {
            if (weights[t] == 0 || view.Segment.Terms.Find(query[t]) is not (>= 0 and var term)) { continue; }
            if (_cursors.Length == CursorCount)
            {
                Array.Resize(ref _cursors, Math.Max(8, 2 * CursorCount));
                for (var c = CursorCount; c < _cursors.Length; c++) { _cursors[c] = new(); }
                _order = new PostingCursor[_cursors.Length];
            }
            _cursors[CursorCount++].Begin(view.Segment, term, weights[t], k1, drift);
        }
        Cursors.CopyTo(Order);
    }
}
