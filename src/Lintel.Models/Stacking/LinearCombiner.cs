namespace Lintel.Models.Stacking;

/// <summary>Base + Σ weight·margin, added in input order in double: what a stack and an average are when scoring.</summary>
public sealed class LinearCombiner : ICombiner
{
    private const int MaxInputs = 10_000;

    private readonly double[] _weights;
    private readonly double _base;

    internal LinearCombiner(double[] weights, double baseMargin, ScoreScale scale) =>
        (_weights, _base, Scale) = (weights, baseMargin, scale);

    public int InputCount => _weights.Length;

    public ScoreScale Scale { get; }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> margins)
    {
        ModelShapes.CheckInputs(margins, InputCount);
        var score = _base;
        for (var i = 0; i < margins.Length; i++) { score += _weights[i] * margins[i]; }
        return score;
    }

    /// <summary>The weights are the same at every row.</summary>
    public double Explain(ReadOnlySpan<double> margins, Span<double> weights)
    {
        ModelShapes.CheckInputs(margins, InputCount);
        _weights.CopyTo(weights);
        return _base;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Scale);
        writer.Write(_base);
        Payload.WriteNumbers(writer, _weights);
    }

    internal static LinearCombiner Read(BinaryReader reader)
    {
        var scale = Payload.ReadScale(reader);
        var baseMargin = Payload.ReadNumber(reader, "base");
        return new(Payload.ReadNumbers(reader, "weights", 1, MaxInputs), baseMargin, scale);
    }
}
