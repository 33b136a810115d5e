using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Words;

/// <summary>What a search of one segment is given: its documents, which of them may be named, and how terms count.</summary>
internal readonly ref struct SegmentSearch(SegmentView view, double[][] norms, ReadOnlySpan<byte> offered)
{
    /// <summary>Sums of bounds may be rounded below a sum of scores by less than this.</summary>
    internal const double Slack = 1 + 1e-9;

    private readonly ReadOnlySpan<byte> _offered = offered;

    internal readonly SegmentView View = view;

    /// <summary>[fields][length].</summary>
    internal readonly double[][] Norms = norms;

    internal int Code(int document) => View.Segment.Codes[document];

    /// <summary>Whether a document may be named.</summary>
    internal bool Allows(int document)
    {
        if (View.IsRemoved(document)) { return false; }
        if (_offered.IsEmpty) { return true; }
        var code = Code(document);
        return code < _offered.Length && _offered[code] != 0;
    }

    /// <summary>What a score must exceed to enter the list. A tie enters only where a lower code can still come, that is, behind a segment
    /// with higher ones.</summary>
    internal double Least(in BestItems best) => View.IsBehind ? best.Floor : MathF.BitDecrement(best.Floor);
}
