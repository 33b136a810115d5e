namespace Lintel.Pipeline.Scoring;

/// <summary>What a model of residuals starts from: an earlier node's score, or the value of a feature.</summary>
/// <param name="Node">Index of the node; −1: it is a feature.</param> <param name="Feature">Index of the feature; −1: it is a node.</param>
/// <param name="Missing">What a missing value of the feature counts as: the median of the rows that were fitted on.</param>
public sealed record ScoreBase(int Node, int Feature, double Missing)
{
    /// <summary>A feature's value as the base, in float32 as models read it.</summary>
    public double Of(double feature)
    {
        var value = (float)feature;
        return float.IsNaN(value) ? Missing : value;
    }
}
