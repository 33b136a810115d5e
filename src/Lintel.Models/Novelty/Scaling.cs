namespace Lintel.Models.Novelty;

/// <summary>How one feature is standardised: (x − mean) / deviation.</summary>
/// <param name="Mean">Of the training rows that have a value.</param>
/// <param name="Deviation">Over all training rows, a missing value standing at the mean; 0: the feature has one value and is left out.</param>
internal readonly record struct Scaling(double Mean, double Deviation)
{
    public bool IsVarying => Deviation > 0;

    /// <returns>0 when missing, or when the feature has one value. An infinite value counts as the largest float, so that no score is NaN.</returns>
    public double Standardised(float x) =>
        float.IsNaN(x) || !IsVarying ? 0 : (Math.Clamp(x, -float.MaxValue, float.MaxValue) - Mean) / Deviation;

    /// <summary>Of each feature, weighted, rows in order.</summary>
    public static Scaling[] Of(TrainingRows rows)
    {
        var scaling = new Scaling[rows.FeatureCount];
        for (var f = 0; f < scaling.Length; f++)
        {
            double sum = 0, present = 0, squares = 0, total = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                double weight = rows.Weights?[i] ?? 1;
                total += weight;
                var x = rows.Features[((long)i * rows.FeatureCount) + f];
                if (float.IsNaN(x)) { continue; }
                sum += weight * x;
                present += weight;
            }
            var mean = present > 0 ? sum / present : 0;
            for (var i = 0; i < rows.Count; i++)
            {
                var x = rows.Features[((long)i * rows.FeatureCount) + f];
                if (!float.IsNaN(x)) { squares += (rows.Weights?[i] ?? 1) * (x - mean) * (x - mean); }
            }
            var deviation = Math.Sqrt(squares / total);
            // rounding of the mean alone must not look like variance
            scaling[f] = new(mean, deviation > 1e-12 * Math.Abs(mean) ? deviation : 0);
        }
        return scaling;
    }
}
