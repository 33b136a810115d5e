using System.Runtime.InteropServices;

namespace Lintel.Retrieval.Words;

/// <summary>Which document holds which term how often, as it comes: what a segment is made of.</summary>
internal sealed class PostingTable(int fields)
{
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<int> _termOf = [], _documentOf = [];
    private readonly List<ushort> _counts = [];

    public int Fields => fields;

    public int TermCount => _names.Count;

    /// <summary>A term's number, in the order in which terms came.</summary>
    public int TermOf(ReadOnlySpan<char> term)
    {
        var lookup = _terms.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(term, out var known)) { return known; }
        var name = term.ToString();
        _terms.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }

    /// <param name="counts">How often each field of the document holds the term, [fields].</param>
    public void Add(int term, int document, ReadOnlySpan<ushort> counts)
    {
        _termOf.Add(term);
        _documentOf.Add(document);
        _counts.AddRange(counts);
    }

    /// <param name="codes">Of the documents, rising, [documents].</param> <param name="lengths">[fields][documents].</param>
    /// <param name="averages">Mean lengths of the whole index, [fields].</param>
    public Segment Build(Bm25Settings settings, int[] codes, ushort[][] lengths, double[] averages)
    {
        int[] order = [.. Enumerable.Range(0, _names.Count)];
        order.Sort((a, b) => string.CompareOrdinal(_names[a], _names[b]));
        var (starts, places) = ByTerm(order);
        var blocks = new Blocks(settings, lengths, averages, _names.Count);
        var documents = CollectionsMarshal.AsSpan(_documentOf);
        var counts = CollectionsMarshal.AsSpan(_counts);
        for (var t = 0; t < order.Length; t++)
        {
            var of = places.AsSpan(starts[t]..starts[t + 1]);
            // joined segments may bring documents in another order than that of their codes
            if (!IsRising(of, documents)) { of.Sort((a, b) => _documentOf[a].CompareTo(_documentOf[b])); }
            blocks.Add(t, of, documents, counts);
        }
        return blocks.ToSegment(codes, Vocabulary.Of([.. order.Select(t => _names[t])]));
    }

    /// <summary>Places of the postings by term, in the order in which they came.</summary>
    private (int[] Starts, int[] Places) ByTerm(int[] order)
    {
        var rank = new int[order.Length];
        for (var r = 0; r < order.Length; r++) { rank[order[r]] = r; }
        var starts = new int[order.Length + 1];
        foreach (var term in _termOf) { starts[rank[term] + 1]++; }
        for (var r = 0; r < order.Length; r++) { starts[r + 1] += starts[r]; }
        var next = starts.AsSpan(0, order.Length).ToArray();
        var places = new int[_termOf.Count];
        for (var i = 0; i < places.Length; i++) { places[next[rank[_termOf[i]]]++] = i; }
        return (starts, places);
    }

    private static bool IsRising(ReadOnlySpan<int> places, ReadOnlySpan<int> documents)
    {
        for (var i = 1; i < places.Length; i++)
        {
            if (documents[places[i]] <= documents[places[i - 1]]) { return false; }
        }
        return true;
    }

    /// <summary>The blocks of a segment, term by term.</summary>
    private sealed class Blocks(Bm25Settings settings, ushort[][] lengths, double[] averages, int terms)
    {
        private readonly double[][] _norms = settings.Norms(averages, [.. lengths.Select(static l => (int)l.DefaultIfEmpty().Max())]);
        private readonly ByteList _bytes = new();
        private readonly List<int> _last = [], _offsets = [];
        private readonly List<float> _maxima = [];
        private readonly int[] _firstBlocks = new int[terms + 1], _termCounts = new int[terms];
        private readonly int[] _documents = new int[BlockCodec.Size];
        private readonly ushort[] _counts = new ushort[BlockCodec.Size * lengths.Length];

        public void Add(int term, ReadOnlySpan<int> places, ReadOnlySpan<int> documents, ReadOnlySpan<ushort> counts)
        {
            var (fields, before) = (lengths.Length, -1);
            for (var from = 0; from < places.Length; from += BlockCodec.Size)
            {
                var of = places[from..Math.Min(places.Length, from + BlockCodec.Size)];
                double most = 0;
                for (var i = 0; i < of.Length; i++)
                {
                    _documents[i] = documents[of[i]];
                    var own = _counts.AsSpan(i * fields, fields);
                    counts.Slice(of[i] * fields, fields).CopyTo(own);
                    double x = 0;
                    for (var f = 0; f < fields; f++) { x += own[f] * _norms[f][lengths[f][_documents[i]]]; }
                    most = Math.Max(most, x);
                }
                _offsets.Add(_bytes.Count);
                PostingBlock.Write(_documents.AsSpan(0, of.Length), before, _counts, fields, _bytes);
                before = _documents[of.Length - 1];
                _last.Add(before);
                _maxima.Add(MathF.BitIncrement((float)most));
            }
            _termCounts[term] = places.Length;
            _firstBlocks[term + 1] = _last.Count;
        }

        public Segment ToSegment(int[] codes, Vocabulary vocabulary) => new()
        {
            Codes = codes,
            Lengths = lengths,
            Terms = vocabulary,
            Counts = _termCounts,
            FirstBlocks = _firstBlocks,
            Last = [.. _last],
            Offsets = [.. _offsets],
            Maxima = [.. _maxima],
            Bytes = _bytes.ToArray(),
            Averages = averages,
        };
    }
}
