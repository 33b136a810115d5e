namespace Lintel.Training.Metrics;

/// <summary>What a promise costs, by row: for each unit that the outcome comes late, that it comes early, and that is promised.</summary>
/// <param name="Late">[n]; null: the design does not name it, and it is 0.</param>
public sealed record PromiseCosts(double[]? Late, double[]? Early, double[]? Lost)
{
    /// <summary>Cost of a row's promise; NaN where one of its rates is missing.</summary>
    public double Of(int row, double promise, double label) =>
        new PromiseRates(At(Late, row), At(Early, row), At(Lost, row)).CostOf(promise, label);

    private static double At(double[]? cost, int row) => cost is null ? 0 : cost[row];
}

/// <summary>What a unit costs by which a promise is late or early, and one that is promised; 0: it costs nothing.</summary>
public readonly record struct PromiseRates(double Late, double Early, double Lost)
{
    /// <summary>late · (y − p)⁺ + early · (p − y)⁺ + lost · p.</summary>
    public double CostOf(double promise, double label) =>
        (Late * Math.Max(label - promise, 0)) + (Early * Math.Max(promise - label, 0)) + (Lost * promise);
}
