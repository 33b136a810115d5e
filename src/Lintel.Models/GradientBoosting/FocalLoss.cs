namespace Lintel.Models.GradientBoosting;

/// <summary>Derivatives of the focal loss, −ω (1 − u)^γ ln u, where u is the probability that the model gives to the row's own label.</summary>
/// <remarks>Rows that are judged well already count for little: γ = 0 is the logistic loss. With margin s and y = ±1:
/// dL/ds = y·f(u), f(u) = (1 − u)^γ (γ u ln u + u − 1), and d²L/ds² = u (1 − u) f'(u), taken as at least a small part of u (1 − u)
/// where the loss is not convex. The loss is not proper: its best margins lie nearer to 0 than the log-odds.
/// Source: Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017; of what it does to probabilities: Charoenphakdee et al.,
/// CVPR 2021.</remarks>
/// <param name="gamma">0 or more.</param> <param name="classWeight">Of a positive row beside a negative one.</param>
internal sealed class FocalLoss(TrainingRows rows, double gamma, double classWeight) : IBoostingLoss
{
    private const double LeastShare = 1e-3;

    public float[] Gradients { get; } = new float[rows.Count];

    public float[] Hessians { get; } = new float[rows.Count];

    public void Derive(float[] margins, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        for (var i = 0; i < margins.Length; i++)
        {
            var isPositive = rows.Labels[i] == 1;
            var weight = (rows.Weights?[i] ?? 1) * (isPositive ? classWeight : 1);
            var (gradient, hessian) = At(isPositive ? margins[i] : -margins[i], gamma);
            Gradients[i] = (float)(weight * (isPositive ? gradient : -gradient));
            Hessians[i] = (float)(weight * hessian);
        }
    }

    /// <summary>What is added to the margins so that the best constant one is the log-odds of the rows: it undoes the class weight, and
    /// what the loss does to the base rate.</summary>
    internal double Offset()
    {
        double positive = 0, negative = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows.Labels[i] == 1) { positive += rows.Weights?[i] ?? 1; }
            else { negative += rows.Weights?[i] ?? 1; }
        }
        double low = -40, high = 40;
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            var slope = (classWeight * positive * At(middle, gamma).Gradient) - (negative * At(-middle, gamma).Gradient);
            if (slope < 0) { low = middle; }
            else { high = middle; }
        }
        return Math.Log(positive / negative) - low;
    }

    /// <param name="margin">Log-odds of the row's own label.</param>
    /// <returns>First and second derivative of an unweighted row's loss by that margin; the second is 0 or more.</returns>
    internal static (double Gradient, double Hessian) At(double margin, double gamma)
    {
        // u and ln u without loss where the margin is far from 0
        var other = 1 / (1 + Math.Exp(margin));
        var u = 1 / (1 + Math.Exp(-margin));
        var log = margin > 0 ? -Math.Log(1 + Math.Exp(-margin)) : margin - Math.Log(1 + Math.Exp(margin));
        var focus = Math.Pow(other, gamma);
        var inner = (gamma * u * log) - other;
        var hessian = u * focus * ((other * ((gamma * log) + gamma + 1)) - (gamma * inner));
        return (focus * inner, Math.Max(hessian, LeastShare * u * other));
    }
}
