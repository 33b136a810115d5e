namespace Lintel.Retrieval.Words;

/// <summary>What scores need to know of the whole index. Immutable.</summary>
internal sealed class WordStatistics
{
    private readonly long[] _terms, _documents;

    /// <param name="adding">Documents that are about to be added: counted, but of no segment yet.</param>
    public WordStatistics(Bm25Settings settings, IReadOnlyList<SegmentView> segments, WordIndexBuilder? adding = null)
    {
        var fields = settings.Fields.Count;
        (_terms, _documents, Averages) = (new long[fields], new long[fields], new double[fields]);
        var longest = new int[fields];
        foreach (var view in segments)
        {
            DocumentCount += view.DocumentCount;
            view.AddLengths(_terms, _documents);
            var own = view.Segment.Longest();
            for (var f = 0; f < fields; f++) { longest[f] = Math.Max(longest[f], own[f]); }
        }
        DocumentCount += adding?.Count ?? 0;
        for (var f = 0; f < fields; f++)
        {
            foreach (var length in adding is null ? [] : adding.Lengths(f))
            {
                _terms[f] += length;
                _documents[f] += length > 0 ? 1 : 0;
            }
            Averages[f] = _documents[f] > 0 ? (double)_terms[f] / _documents[f] : 0;
        }
        Norms = settings.Norms(Averages, longest);
    }

    public int DocumentCount { get; }

    /// <summary>Mean length over the documents that have the field, [fields]; 0: none has.</summary>
    public double[] Averages { get; }

    /// <summary>[fields][length].</summary>
    public double[][] Norms { get; }

    /// <summary>What the maxima of a segment, worked out by other averages, may have grown by.</summary>
    /// <remarks>1 − b + b · len / avg changes by no more than avg does, whatever the length, so x grows by at most the largest quotient of
    /// the averages.</remarks>
    public double Drift(Segment segment)
    {
        double most = 1;
        for (var f = 0; f < Averages.Length; f++)
        {
            if (segment.Averages[f] > 0) { most = Math.Max(most, Averages[f] / segment.Averages[f]); }
            // no document had the field when the maxima were worked out: its norm was the weight itself
        }
        return most;
    }
}
