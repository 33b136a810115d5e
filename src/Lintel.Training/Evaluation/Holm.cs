namespace Lintel.Training.Evaluation;

/// <summary>Holm's step-down correction: keeps the chance of one or more false rejections among several tests at α, whatever
/// their dependence. Source: Holm, Scandinavian Journal of Statistics 6(2), 1979.</summary>
public static class Holm
{
    public const double Alpha = 0.05;

    /// <returns>Which hypotheses are rejected, in the order given.</returns>
    public static bool[] Reject(ReadOnlySpan<double> pValues, double alpha = Alpha)
    {
        var order = new int[pValues.Length];
        var sorted = pValues.ToArray();
        for (var i = 0; i < order.Length; i++) { order[i] = i; }
        Array.Sort(sorted, order);
        var rejected = new bool[order.Length];
        for (var i = 0; i < order.Length && sorted[i] <= alpha / (order.Length - i); i++) { rejected[order[i]] = true; }
        return rejected;
    }
}
