using System.Runtime.InteropServices;
using Lintel.Numerics.Text.Analysis;

namespace Lintel.Retrieval.Words;

/// <summary>Collects documents for an index: a text for each of its fields. Used once; not thread-safe.</summary>
/// <param name="settings">The fields, in the order in which texts are given.</param>
/// <param name="analyser">What becomes of each text before it is counted; queries go the same way.</param>
public sealed class WordIndexBuilder(Bm25Settings settings, TextAnalyser analyser)
{
    private readonly PostingTable _postings = new(settings.Fields.Count);
    private readonly List<int> _codes = [];
    private readonly List<ushort>[] _lengths = [.. settings.Fields.Select(static _ => new List<ushort>())];

    // of the document that is read: its terms, and how often each field of it holds each term, [terms, fields]
    private readonly List<int> _held = [];
    private readonly List<ushort> _counts = [];

    public Bm25Settings Settings => settings;

    public TextAnalyser Analyser => analyser;

    public int Count => _codes.Count;

    /// <param name="document">Its code, above that of the document before; a document without any term is kept and never found.</param>
    /// <param name="texts">One for each field; empty: it has none.</param>
    /// <exception cref="ArgumentException">The code does not rise, or there are not as many texts as fields.</exception>
    public void Add(int document, params ReadOnlySpan<string> texts)
    {
        if (texts.Length != settings.Fields.Count)
        {
            throw new ArgumentException($"document {document} has {texts.Length} texts; expected {settings.Fields.Count}, one for each field");
        }
        var before = _codes.Count == 0 ? -1 : _codes[^1];
        if (document <= before) { throw new ArgumentException($"document {document} comes behind document {before}; give them in the order of their codes"); }
        var tokens = new Tokens(this);
        for (var f = 0; f < texts.Length; f++)
        {
            (tokens.Field, tokens.Length) = (f, 0);
            _ = analyser.Analyse(texts[f], ref tokens);
            _lengths[f].Add((ushort)Math.Min(tokens.Length, Segment.MaxCount));
        }
        var counts = CollectionsMarshal.AsSpan(_counts);
        foreach (var term in _held)
        {
            var own = counts.Slice(term * texts.Length, texts.Length);
            _postings.Add(term, _codes.Count, own);
            own.Clear();
        }
        _held.Clear();
        _codes.Add(document);
    }

    /// <summary>An index of these documents alone.</summary>
    public WordIndex Build() => WordIndex.Of(settings, analyser, []).Add(this);

    internal ReadOnlySpan<int> Codes => CollectionsMarshal.AsSpan(_codes);

    internal ReadOnlySpan<ushort> Lengths(int field) => CollectionsMarshal.AsSpan(_lengths[field]);

    /// <param name="averages">Mean lengths of the whole index, [fields].</param>
    internal Segment ToSegment(double[] averages) =>
        _postings.Build(settings, [.. _codes], [.. _lengths.Select(static l => l.ToArray())], averages);

    private void Take(scoped ReadOnlySpan<char> term, int field)
    {
        var number = _postings.TermOf(term);
        var fields = settings.Fields.Count;
        if (number * fields == _counts.Count) { CollectionsMarshal.SetCount(_counts, _counts.Count + fields); }
        var own = CollectionsMarshal.AsSpan(_counts).Slice(number * fields, fields);
        if (!own.ContainsAnyExcept((ushort)0)) { _held.Add(number); }
        if (own[field] < Segment.MaxCount) { own[field]++; }
    }

    private struct Tokens(WordIndexBuilder builder) : ITokenSink
    {
        public int Field, Length;

        public void Token(scoped ReadOnlySpan<char> term, TokenPlace place)
        {
            Length++;
            builder.Take(term, Field);
        }
    }
}
