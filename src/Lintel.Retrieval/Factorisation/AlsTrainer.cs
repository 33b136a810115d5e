using Lintel.Retrieval.Interactions;

namespace Lintel.Retrieval.Factorisation;

/// <summary>Matrix factorisation for implicit feedback by alternating least squares.</summary>
/// <remarks>Minimises Σ c_ui (p_ui − x_u · y_i)² + λ (Σ |x_u|² + Σ |y_i|²) over all cells, where p is 1 for an interaction
/// and 0 without, and c = 1 + α w. Source: Hu, Koren and Volinsky, Collaborative Filtering for Implicit Feedback
/// Datasets, ICDM 2008; the conjugate gradients of Takács, Pilászy and Tikk, Applications of the Conjugate Gradient
/// Method for Implicit Feedback Collaborative Filtering, RecSys 2011. Rows are independent of each other within a half
/// pass, and each is summed in one fixed order: the result depends on the seed alone, not on threads or
/// machine.</remarks>
public static class AlsTrainer
{
    private const int RowsAtOnce = 64;

    /// <param name="interactions">[users, items].</param>
    /// <param name="progress">Told the share done, 0 to 1, after each iteration.</param>
    /// <exception cref="ArgumentException">There is no interaction, or a setting is out of range.</exception>
    public static FactorModel Fit(
        InteractionMatrix interactions, AlsOptions options, ulong seed, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        Check(interactions, options);
        var byItem = interactions.Transpose();
        var users = FactorTable.Drawn(interactions.RowCount, options.Factors, seed, stream: 1);
        var items = FactorTable.Drawn(interactions.ColumnCount, options.Factors, seed, stream: 2);
        for (var i = 0; i < options.Iterations; i++)
        {
            Solve(interactions, users, items, options, cancellation);
            Solve(byItem, items, users, options, cancellation);
            progress?.Report((i + 1.0) / options.Iterations);
        }
        return new(users, items, options);
    }

    /// <summary>Solves every row of one side against the other.</summary>
    internal static void Solve(
        InteractionMatrix rows, FactorTable solved, FactorTable against, AlsOptions options,
        CancellationToken cancellation)
    {
        var gram = Gram.Of(against, options);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var blocks = (rows.RowCount + RowsAtOnce - 1) / RowsAtOnce;
        Parallel.For(0, blocks, parallel, () => new AlsProblem(gram, against, options), (block, _, problem) =>
        {
            var end = Math.Min(rows.RowCount, (block + 1) * RowsAtOnce);
            for (var row = block * RowsAtOnce; row < end; row++)
            {
                problem.Solve(rows.Columns(row), rows.Weights(row), solved.Row(row));
            }
            return problem;
        }, static _ => { });
    }

    private static void Check(InteractionMatrix interactions, AlsOptions options)
    {
        if (interactions.Count == 0)
        {
            throw new ArgumentException("als: there is no interaction to learn from; check where `from:` points");
        }
        if (!(options.Regularisation > 0) || !(options.Alpha > 0) || options.Iterations < 1 || options.Steps < 1)
        {
            throw new ArgumentException(
                $"als: regularisation {options.Regularisation}, alpha {options.Alpha}, {options.Iterations} iterations of "
                + $"{options.Steps} steps; expected numbers above 0");
        }
    }
}
