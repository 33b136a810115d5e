using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Lintel.Models;
using Lintel.Numerics.Text.Analysis;
using Lintel.Retrieval.Factorisation;
using Lintel.Retrieval.Words;

namespace Lintel.Retrieval.Latent;

/// <summary>Vectors for texts, documents and queries alike: near where their words go together, shared or not. Immutable and thread-safe;
/// <see cref="LatentTrainer"/> fits it.</summary>
public sealed class LatentSpace
{
    /// <summary>Bounds on what a damaged file may ask for.</summary>
    private const int MaxDimensions = 1_000;

    private readonly Vocabulary _terms;
    private readonly float[] _idf;
    private readonly FactorTable _directions;

    /// <param name="idf">[terms].</param> <param name="directions">V, [terms, dimensions].</param>
    internal LatentSpace(TextAnalyser analyser, Vocabulary terms, float[] idf, FactorTable directions) =>
        (Analyser, _terms, _idf, _directions) = (analyser, terms, idf, directions);

    /// <summary>What becomes of a text before it is read here.</summary>
    public TextAnalyser Analyser { get; }

    /// <summary>Length of vectors.</summary>
    public int Dimensions => _directions.Factors;

    public int TermCount => _terms.Count;

    /// <summary>The vector of a query: the sum of its terms' directions by weight and idf, of unit length, so that the product of two is their
    /// cosine. Allocates nothing.</summary>
    /// <param name="vector">[<see cref="Dimensions"/>]; overwritten.</param>
    /// <returns>False: no term of it is known, and the vector is 0.</returns>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public bool Embed(WordQuery query, Span<float> vector)
    {
        if (vector.Length != Dimensions) { throw new ArgumentException($"a vector of {vector.Length} numbers; expected {Dimensions}"); }
        vector.Clear();
        for (var t = 0; t < query.Count; t++)
        {
            var term = _terms.Find(query[t]);
            if (term < 0) { continue; }
            Add(_directions[term], (float)query.Weight(t) * _idf[term], vector);
        }
        return Normalise(vector);
    }

    /// <summary>The vectors of an index's documents, weighed as those that the space was fitted on, by code; 0 for codes without a document or
    /// without a known term.</summary>
    /// <param name="count">Codes: 0 to count − 1.</param>
    public FactorTable Embed(WordIndex index, int count)
    {
        var table = new FactorTable(count, Dimensions);
        var norms = new WordStatistics(index.Settings, index.Segments).Norms;
        var cursor = new PostingCursor();
        // each document's terms are added in the order of the terms, whatever segments it came through
        for (var t = 0; t < _terms.Count; t++)
        {
            foreach (var view in index.Segments)
            {
                var term = view.Segment.Terms.Find(_terms[t]);
                if (term < 0) { continue; }
                for (cursor.Begin(view.Segment, term, _idf[t], index.Settings.K1, 1); cursor.Document != PostingCursor.End; cursor.Next())
                {
                    var code = view.Segment.Codes[cursor.Document];
                    if (code >= count || view.IsRemoved(cursor.Document)) { continue; }
                    Add(_directions[t], (float)cursor.Contribution(norms), table.Row(code)[..Dimensions]);
                }
            }
        }
        for (var code = 0; code < count; code++) { _ = Normalise(table.Row(code)[..Dimensions]); }
        return table;
    }

    /// <summary>Writes the payload; whoever keeps it seals the file.</summary>
    public void Write(BinaryWriter writer)
    {
        _terms.Write(writer);
        writer.Write(MemoryMarshal.AsBytes<float>(_idf));
        writer.Write(Dimensions);
        for (var t = 0; t < _terms.Count; t++) { writer.Write(MemoryMarshal.AsBytes(_directions[t])); }
    }

    /// <param name="analyser">That of the design.</param>
    /// <exception cref="InvalidDataException">Cut short, or a number is not finite.</exception>
    public static LatentSpace Read(BinaryReader reader, TextAnalyser analyser)
    {
        try
        {
            var terms = Vocabulary.Read(reader);
            var idf = new float[terms.Count];
            ReadFinite(reader, idf);
            var dimensions = Payload.ReadCount(reader, "dimensions", 1, MaxDimensions, checked(sizeof(float) * terms.Count));
            var directions = new FactorTable(terms.Count, dimensions);
            for (var t = 0; t < terms.Count; t++) { ReadFinite(reader, directions.Row(t)[..dimensions]); }
            return new(analyser, terms, idf, directions);
        }
        catch (Exception fault) when (fault is EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException("the latent space is cut short; train again", fault);
        }
    }

    private static void ReadFinite(BinaryReader reader, Span<float> values)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) { throw new InvalidDataException($"the latent space holds {value}, expected finite numbers; train again"); }
        }
    }

    /// <summary>One rounding a step on every machine.</summary>
    private static void Add(ReadOnlySpan<float> direction, float weight, Span<float> to) =>
        TensorPrimitives.FusedMultiplyAdd(direction, weight, to, to);

    private static bool Normalise(Span<float> vector)
    {
        double squares = 0;
        foreach (var value in vector) { squares += (double)value * value; }
        if (squares == 0) { return false; }
        TensorPrimitives.Multiply(vector, (float)(1 / Math.Sqrt(squares)), vector);
        return true;
    }
}
