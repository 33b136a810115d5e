using Lintel.Numerics.Text.Analysis;

namespace Lintel.Retrieval.Words;

/// <summary>The terms of one query and their weights. Used again from query to query, allocating nothing once it is large enough; not
/// thread-safe.</summary>
public sealed class WordQuery : ITokenSink
{
    /// <summary>Most different terms: of a longer query, the first count.</summary>
    public const int MaxTerms = 256;

    private char[] _letters = new char[256];
    private int[] _ends = new int[16];
    private double[] _weights = new double[16];

    /// <summary>Different terms.</summary>
    public int Count { get; private set; }

    /// <summary>In the order in which they came first.</summary>
    public ReadOnlySpan<char> this[int term] => _letters.AsSpan(StartOf(term)..StartOf(term + 1));

    /// <summary>How often it came, or what was given instead; above 0.</summary>
    public double Weight(int term) => _weights[term];

    public void Clear() => Count = 0;

    /// <summary>Takes the terms of a text in the place of those before; one that comes twice weighs 2.</summary>
    public void Read(ReadOnlySpan<char> text, TextAnalyser analyser)
    {
        Clear();
        var self = this;
        _ = analyser.Analyse(text, ref self);
    }

    /// <summary>Adds a term, or to its weight.</summary>
    /// <param name="term">As the analysis leaves it.</param> <param name="weight">Finite and above 0.</param>
    /// <exception cref="ArgumentException">The weight is not.</exception>
    public void Add(scoped ReadOnlySpan<char> term, double weight = 1)
    {
        if (!(weight > 0 && double.IsFinite(weight))) { throw new ArgumentException($"a term of a query weighs {weight}; expected more than 0"); }
        for (var t = 0; t < Count; t++)
        {
            if (this[t].SequenceEqual(term))
            {
                _weights[t] += weight;
                return;
            }
        }
        if (Count == MaxTerms) { return; }
        var start = StartOf(Count);
        if (_letters.Length < start + term.Length) { Array.Resize(ref _letters, Math.Max(2 * _letters.Length, start + term.Length)); }
        if (_ends.Length == Count)
        {
            Array.Resize(ref _ends, 2 * Count);
            Array.Resize(ref _weights, 2 * Count);
        }
        term.CopyTo(_letters.AsSpan(start));
        (_ends[Count], _weights[Count]) = (start + term.Length, weight);
        Count++;
    }

    void ITokenSink.Token(scoped ReadOnlySpan<char> term, TokenPlace place) => Add(term);

    private int StartOf(int term) => term == 0 ? 0 : _ends[term - 1];
}
