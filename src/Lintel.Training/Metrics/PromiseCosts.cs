namespace Lintel.Training.Metrics;

/// <summary>What a promise costs, by row: for each unit that the outcome comes late, that it comes early, and that is promised.</summary>
/// <param name="Late">[n]; null: the design does not name it, and it is 0.</param>
public sealed record PromiseCosts(double[]? Late, double[]? Early, double[]? Lost)
{
    /// <summary>late · (y − p)⁺ + early · (p − y)⁺ + lost · p; NaN where one of them is missing.</summary>
    public double Of(int row, double promise, double label) =>
        (At(Late, row) * Math.Max(label - promise, 0)) + (At(Early, row) * Math.Max(promise - label, 0)) + (At(Lost, row) * promise);

    private static double At(double[]? cost, int row) => cost is null ? 0 : cost[row];
}
