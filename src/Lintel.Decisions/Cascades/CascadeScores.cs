namespace Lintel.Decisions.Cascades;

/// <summary>Rows scored by both models of a cascade, out of fold: neither has seen them.</summary>
/// <param name="Light">Margins of the light model, [n].</param> <param name="Heavy">Margins of the heavy one, [n], on the same scale.</param>
/// <param name="Labels">0 or 1, [n].</param> <param name="Weights">What each row counts, 0 or more, [n]; null: all 1.</param>
public sealed record CascadeScores(double[] Light, double[] Heavy, float[] Labels, double[]? Weights = null)
{
    public int Count => Labels.Length;

    internal double Weight(int row) => Weights is null ? 1 : Weights[row];

    /// <exception cref="ArgumentException">Lengths differ, there is no positive row, or a value is out of its range.</exception>
    internal void Check()
    {
        if (Light.Length != Count || Heavy.Length != Count || (Weights is { } weights && weights.Length != Count))
        {
            throw new ArgumentException($"cascade: {Light.Length:N0} light and {Heavy.Length:N0} heavy margins and {Weights?.Length ?? Count:N0} weights for {Count:N0} labels");
        }
        var positives = 0.0;
        for (var i = 0; i < Count; i++)
        {
            if (Labels[i] is not (0 or 1)) { throw new ArgumentException($"cascade: row {i} has label {Labels[i]}, expected 0 or 1"); }
            if (double.IsNaN(Heavy[i])) { throw new ArgumentException($"cascade: row {i} has no heavy margin; score all rows with both models"); }
            if (!(Weight(i) >= 0) || !double.IsFinite(Weight(i))) { throw new ArgumentException($"cascade: row {i} has weight {Weight(i)}, expected 0 or more"); }
            positives += Labels[i] * Weight(i);
        }
        if (positives == 0) { throw new ArgumentException($"cascade: none of {Count:N0} rows is positive; recall means nothing without one"); }
    }
}

/// <summary>A solved cascade, with its figures on the rows that it was solved on.</summary>
/// <param name="Threshold">From it on a margin, of whichever model, is positive; +∞: no threshold reaches the precision.</param>
/// <param name="Sent">Share of rows that the heavy model is asked about, by weight.</param>
public sealed record Cascade(GreyBand Band, double Threshold, double Sent, double Recall, double Precision)
{
    /// <summary>The margin that decides.</summary>
    /// <param name="heavy">Read only where the band sends the row.</param>
    public double Margin(double light, double heavy) => Band.Sends(light) ? heavy : light;
}
