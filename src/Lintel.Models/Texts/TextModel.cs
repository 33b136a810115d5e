using System.Diagnostics.CodeAnalysis;
using Lintel.Models.Sparse;
using Lintel.Models.Sparse.Encoding;
using Lintel.Numerics.Text.Posts;

namespace Lintel.Models.Texts;

/// <summary>What one word of a text adds to its margin.</summary>
/// <param name="Word">In its normal form.</param> <param name="Effect">What the margin loses without it, in log-odds.</param>
public readonly record struct WordEffect(string Word, double Effect);

/// <summary>A linear log-odds of texts: b + Σ over columns of Σ weights of the text's different n-grams / √their number.</summary>
/// <remarks>A text costs about 40 ns a character: it is normalised, its n-grams are hashed and looked up. 4 bytes a weight.</remarks>
public sealed class TextModel : ITextReader
{
    private const int MaxColumns = 64;

    private readonly float[] _weights;
    private readonly double _base;
    private readonly NgramShape _shape;
    private readonly ITextSource? _texts;
    private readonly Spares<GramReader> _readers;

    internal TextModel(NgramShape shape, int columns, float[] weights, double baseLogOdds, ITextSource? texts)
    {
        (_shape, FeatureCount, _weights, _base, _texts) = (shape, columns, weights, baseLogOdds, texts);
        _readers = new(() => new(shape));
    }

    /// <summary>Columns of texts.</summary>
    public int FeatureCount { get; }

    public ScoreScale Scale => ScoreScale.LogOdds;

    /// <summary>Memory of its weights, in bytes.</summary>
    public long Bytes => sizeof(float) * (long)_weights.Length;

    /// <summary>Whether it knows whose codes its rows hold.</summary>
    internal bool IsBound => _texts is not null;

    /// <inheritdoc/>
    public IModel Reading(ITextSource texts) => new TextModel(_shape, FeatureCount, _weights, _base, texts);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It was read from a file and does not know yet whose codes its rows hold.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        if (_texts is null) { ThrowUnbound(); }
        var reader = _readers.Take();
        for (var i = 0; i < margins.Length; i++)
        {
            var margin = _base;
            for (var c = 0; c < FeatureCount; c++) { margin += Part(reader.Read(_texts, rows[(i * FeatureCount) + c], c)); }
            margins[i] = margin;
        }
        _readers.Return(reader);
    }

    /// <summary>What each column's text adds; the base is the intercept.</summary>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        if (_texts is null) { ThrowUnbound(); }
        var reader = _readers.Take();
        for (var c = 0; c < FeatureCount; c++) { contributions[c] = Part(reader.Read(_texts, row[c], c)); }
        _readers.Return(reader);
        return _base;
    }

    /// <summary>What each word of a text adds to the margin, in the text's order: the text is scored again without it.</summary>
    /// <param name="column">Whose text it is.</param>
    public IReadOnlyList<WordEffect> Effects(ReadOnlySpan<char> text, int column = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)FeatureCount);
        var reader = _readers.Take();
        var words = reader.Words(text);
        var whole = Part(reader.Read(string.Join(' ', words), column));
        var effects = new WordEffect[words.Length];
        for (var w = 0; w < words.Length; w++)
        {
            var without = string.Join(' ', words.Where((_, i) => i != w));
            effects[w] = new(words[w], whole - Part(reader.Read(without, column)));
        }
        _readers.Return(reader);
        return effects;
    }

    public void Write(BinaryWriter writer)
    {
        foreach (var number in (ReadOnlySpan<int>)[_shape.Words, _shape.CharactersFrom, _shape.CharactersTo, _shape.Bits, FeatureCount])
        {
            writer.Write(number);
        }
        writer.Write(_base);
        SparseFloats.Write(writer, _weights);
    }

    /// <exception cref="InvalidDataException">A count or a number is outside its range; the message says which.</exception>
    internal static TextModel Read(BinaryReader reader)
    {
        var shape = new NgramShape(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (shape.Fault is { } fault) { throw new InvalidDataException(fault); }
        var columns = Payload.ReadCount(reader, "columns", 1, MaxColumns);
        var baseLogOdds = Payload.ReadNumber(reader, "base");
        return new(shape, columns, SparseFloats.Read(reader, "weights", 1L << shape.Bits), baseLogOdds, null);
    }

    internal TextModel WithOffset(double offset) => new(_shape, FeatureCount, _weights, _base + offset, _texts);

    private double Part(ReadOnlySpan<int> ids)
    {
        var sum = 0.0;
        foreach (var id in ids) { sum += _weights[id]; }
        return GramRows.Scale(ids.Length) * sum;
    }

    [DoesNotReturn]
    private static void ThrowUnbound() => throw new InvalidOperationException(
        $"score: a text model from a file reads codes of no texts yet; ask it for '{nameof(Reading)}' of the texts that its rows mean");
}
