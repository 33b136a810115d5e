using Lintel.Retrieval.Interactions;
using Lintel.Retrieval.Words;

namespace Lintel.Retrieval.Latent;

/// <summary>Latent semantic analysis: directions along which the words of documents go together.</summary>
/// <remarks>Documents are rows <c>sat · idf</c> of unit length, where sat is the saturated, length-normalised frequency x / (k1 + x) by which BM25
/// counts (<see cref="Bm25Settings"/>); the space is spanned by the strongest right singular vectors. Source: Deerwester, Dumais, Furnas,
/// Landauer and Harshman, Indexing by Latent Semantic Analysis, JASIS 41(6), 1990; weights of BM25 in the place of their logarithms of
/// frequencies.</remarks>
public static class LatentTrainer
{
    /// <param name="index">Its documents are the examples, its analysis that of the queries.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or no term is in enough documents.</exception>
    public static LatentSpace Fit(WordIndex index, LatentOptions options, ulong seed, CancellationToken cancellation = default)
    {
        options.Check();
        var whole = index.Merge();
        if (whole.SegmentCount == 0) { throw new ArgumentException("latent: the index has no documents to learn from"); }
        var segment = whole.Segments[0].Segment;
        int[] kept = [.. Enumerable.Range(0, segment.Terms.Count).Where(t => segment.Counts[t] >= options.LeastDocuments)];
        if (kept.Length == 0)
        {
            throw new ArgumentException($"latent: no term is in {options.LeastDocuments} documents or more; there is nothing to learn from");
        }
        var terms = Vocabulary.Of([.. kept.Select(t => segment.Terms[t].ToString())]);
        var idf = new float[kept.Length];
        for (var t = 0; t < kept.Length; t++) { idf[t] = (float)whole.Idf(terms[t]); }
        var matrix = Matrix(whole, segment, kept, idf);
        return new(index.Analyser, terms, idf, TruncatedSvd.Fit(matrix, options, seed, cancellation));
    }

    private static InteractionMatrix Matrix(WordIndex index, Segment segment, int[] kept, float[] idf)
    {
        var norms = new WordStatistics(index.Settings, index.Segments).Norms;
        var (rows, columns, weights) = (new List<int>(), new List<int>(), new List<float>());
        var squares = new double[segment.DocumentCount];
        var cursor = new PostingCursor();
        for (var t = 0; t < kept.Length; t++)
        {
            for (cursor.Begin(segment, kept[t], idf[t], index.Settings.K1, 1); cursor.Document != PostingCursor.End; cursor.Next())
            {
                var weight = cursor.Contribution(norms);
                squares[cursor.Document] += weight * weight;
                rows.Add(cursor.Document);
                columns.Add(t);
                weights.Add((float)weight);
            }
        }
        for (var i = 0; i < weights.Count; i++) { weights[i] /= (float)Math.Sqrt(squares[rows[i]]); }
        return InteractionMatrix.Of(segment.DocumentCount, kept.Length, [.. rows], [.. columns], [.. weights]);
    }
}
