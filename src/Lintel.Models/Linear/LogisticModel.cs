namespace Lintel.Models.Linear;

/// <summary>One feature's part of a linear margin.</summary>
/// <param name="Weight">Log-odds per unit of the feature.</param> <param name="Mean">Of the training rows that have a value.</param>
/// <param name="Present">Added when there is a value: the indicator's share.</param> <param name="Missing">The whole part when there is none.</param>
internal readonly record struct LinearTerm(double Weight, double Mean, double Present, double Missing)
{
    public double At(float x) => float.IsNaN(x) ? Missing : (Weight * (x - Mean)) + Present;
}

/// <summary>A linear log-odds: base + Σ parts, one part per feature, added in feature order in double.</summary>
/// <remarks>Parts are centred: over the training rows each averages to 0, so a contribution is read against the average row.</remarks>
public sealed class LogisticModel : IModel
{
    private const int MaxFeatures = 1 << 24;

    private readonly LinearTerm[] _terms;
    private readonly double _base;

    internal LogisticModel(LinearTerm[] terms, double baseLogOdds) => (_terms, _base) = (terms, baseLogOdds);

    public int FeatureCount => _terms.Length;

    public ScoreScale Scale => ScoreScale.LogOdds;

    internal ReadOnlySpan<LinearTerm> Terms => _terms;

    internal double Base => _base;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, Span<double> margins)
    {
        ModelShapes.CheckScore(rows, margins, FeatureCount);
        for (var i = 0; i < margins.Length; i++)
        {
            var row = rows.Slice(i * _terms.Length, _terms.Length);
            var margin = _base;
            for (var f = 0; f < row.Length; f++) { margin += _terms[f].At(row[f]); }
            margins[i] = margin;
        }
    }

    /// <inheritdoc/>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ModelShapes.CheckExplain(row, contributions, FeatureCount);
        for (var f = 0; f < row.Length; f++) { contributions[f] = _terms[f].At(row[f]); }
        return _base;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_base);
        writer.Write(_terms.Length);
        foreach (var term in _terms)
        {
            writer.Write(term.Weight);
            writer.Write(term.Mean);
            writer.Write(term.Present);
            writer.Write(term.Missing);
        }
    }

    internal static LogisticModel Read(BinaryReader reader)
    {
        var baseLogOdds = Payload.ReadNumber(reader, "base");
        var terms = new LinearTerm[Payload.ReadCount(reader, "features", 1, MaxFeatures, 4 * sizeof(double))];
        for (var f = 0; f < terms.Length; f++)
        {
            terms[f] = new(
                Payload.ReadNumber(reader, $"weight of feature {f}"), Payload.ReadNumber(reader, $"mean of feature {f}"),
                Payload.ReadNumber(reader, $"presence of feature {f}"), Payload.ReadNumber(reader, $"absence of feature {f}"));
        }
        return new(terms, baseLogOdds);
    }

    internal LogisticModel WithOffset(double offset) => new(_terms, _base + offset);
}
