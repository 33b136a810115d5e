using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Lintel.Retrieval.Words;

/// <summary>Goes through the documents of one term in one segment, forwards. Used again from term to term; not thread-safe.</summary>
internal sealed class PostingCursor
{
    /// <summary>The document behind the last.</summary>
    internal const int End = int.MaxValue;

    private readonly int[] _documents = new int[BlockCodec.Size];
    private readonly double[] _parts = new double[BlockCodec.Size], _divisors = new double[BlockCodec.Size];
    private int[][] _counts = [];
    private Segment _segment = null!;
    private int _firstBlock, _endBlock, _block, _shallow, _index, _blockCount, _countsAt;
    private bool _hasCounts;
    private double _weight, _k1, _drift;

    /// <summary>The document that it stands at; <see cref="End"/>: behind the last.</summary>
    public int Document { get; private set; }

    /// <summary>What the term counts: the query's weight times idf.</summary>
    public double Weight => _weight;

    /// <summary>The most that any of its documents can score by this term.</summary>
    public double Bound { get; private set; }

    /// <summary>The same for the block that <see cref="Skim"/> stands at.</summary>
    public double BlockBound { get; private set; }

    /// <summary>Last document of that block.</summary>
    public int BlockLast { get; private set; }

    /// <summary>Begins a term, before its first document's block is unpacked.</summary>
    /// <param name="drift">What the maxima of the segment may have grown by since they were worked out.</param>
    public void Begin(Segment segment, int term, double weight, double k1, double drift)
    {
        if (_counts.Length < segment.FieldCount)
        {
            _counts = new int[segment.FieldCount][];
            for (var f = 0; f < _counts.Length; f++) { _counts[f] = new int[BlockCodec.Size]; }
        }
        (_segment, _weight, _k1, _drift) = (segment, weight, k1, drift);
        (_firstBlock, _endBlock) = (segment.FirstBlocks[term], segment.FirstBlocks[term + 1]);
        Bound = BoundOf(segment.TermMaxima[term]);
        _blockCount = segment.Counts[term] - ((_endBlock - _firstBlock - 1) * BlockCodec.Size);
        _shallow = _firstBlock;
        SetSkimmed();
        Load(_firstBlock);
    }

    public void Next()
    {
        if (++_index < LoadedCount) { Document = _documents[_index]; }
        else { Load(_block + 1); }
    }

    /// <summary>Goes to the first document that is not before a target.</summary>
    public void Advance(int target)
    {
        if (Document >= target) { return; }
        if (_segment.Last[_block] < target)
        {
            var block = Math.Max(_block + 1, _shallow);
            while (block < _endBlock && _segment.Last[block] < target) { block++; }
            Load(block);
            if (Document >= target) { return; }
        }
        var (low, high) = (_index + 1, LoadedCount - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_documents[middle] < target) { low = middle + 1; }
            else { high = middle; }
        }
        _index = low;
        Document = _documents[low];
    }

    /// <summary>Finds the block that would hold a document, without unpacking it; documents rise from call to call.</summary>
    public void Skim(int target)
    {
        if (BlockLast >= target) { return; }
        while (_shallow < _endBlock && _segment.Last[_shallow] < target) { _shallow++; }
        SetSkimmed();
    }

    /// <summary>The most that documents from one to another, both included, can score by this term; what is asked for rises.</summary>
    public double BoundWithin(int from, int to)
    {
        Skim(from);
        var most = BlockBound;
        for (var block = _shallow; block < _endBlock && _segment.Last[block] < to; block++)
        {
            if (block + 1 < _endBlock) { most = Math.Max(most, BoundOf(_segment.Maxima[block + 1])); }
        }
        return most;
    }

    /// <summary>How often a field of the document holds the term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(int field)
    {
        if (!_hasCounts) { LoadCounts(); }
        return _counts[field][_index];
    }

    /// <summary>What the term adds to the document's score.</summary>
    /// <param name="norms">[fields][length].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Contribution(double[][] norms)
    {
        if (!_hasCounts) { LoadCounts(); }
        double x = 0;
        for (var f = 0; f < norms.Length; f++)
        {
            x += _counts[f][_index] * norms[f][_segment.Lengths[f][Document]];
        }
        return _weight * (x / (_k1 + x));
    }

    /// <summary>Adds what the term counts to the sums of all documents before one, and goes there.</summary>
    /// <param name="norms">[fields][length].</param> <param name="from">The document of the first sum; this one or before.</param>
    /// <param name="touched">By group of sums: set to 1 where something is added.</param>
    public void AddUntil(int to, double[][] norms, int from, Span<double> sums, Span<byte> touched)
    {
        while (Document < to)
        {
            var end = LoadedCount;
            if (_documents[end - 1] >= to)
            {
                for (end = _index + 1; _documents[end] < to;) { end++; }
            }
            SetParts(_index, end, norms);
            for (var i = _index; i < end; i++)
            {
                var at = _documents[i] - from;
                sums[at] += _parts[i];
                touched[at / WindowScan.Group] = 1;
            }
            _index = end - 1;
            Next();
        }
    }

    /// <summary>What <see cref="Contribution"/> gives, for a stretch of the block.</summary>
    private void SetParts(int from, int end, double[][] norms)
    {
        if (!_hasCounts) { LoadCounts(); }
        var documents = _documents.AsSpan(from..end);
        var parts = _parts.AsSpan(from..end);
        for (var f = 0; f < norms.Length; f++)
        {
            ReadOnlySpan<int> counts = _counts[f].AsSpan(from..end);
            var (lengths, norm) = (_segment.Lengths[f], norms[f]);
            if (f == 0)
            {
                for (var i = 0; i < documents.Length; i++) { parts[i] = counts[i] * norm[lengths[documents[i]]]; }
            }
            else
            {
                for (var i = 0; i < documents.Length; i++) { parts[i] += counts[i] * norm[lengths[documents[i]]]; }
            }
        }
        var divisors = _divisors.AsSpan(from..end);
        TensorPrimitives.Add(parts, _k1, divisors);
        TensorPrimitives.Divide(parts, divisors, parts);
        TensorPrimitives.Multiply(parts, _weight, parts);
    }

    private int LoadedCount => _block == _endBlock - 1 ? _blockCount : BlockCodec.Size;

    private double BoundOf(float maximum)
    {
        var x = maximum * _drift;
        return _weight * (x / (_k1 + x));
    }

    private void SetSkimmed()
    {
        var isBehind = _shallow >= _endBlock;
        BlockBound = isBehind ? 0 : BoundOf(_segment.Maxima[_shallow]);
        BlockLast = isBehind ? End : _segment.Last[_shallow];
    }

    private void Load(int block)
    {
        (_block, _index, _hasCounts) = (block, 0, false);
        if (block >= _endBlock)
        {
            (_block, Document) = (_endBlock, End);
            return;
        }
        var before = block == _firstBlock ? -1 : _segment.Last[block - 1];
        _countsAt = PostingBlock.ReadDocuments(_segment, block, LoadedCount, before, _documents);
        Document = _documents[0];
    }

    private void LoadCounts()
    {
        PostingBlock.ReadCounts(_segment, _block, LoadedCount, _countsAt, _counts);
        _hasCounts = true;
    }
}
