namespace Lintel.Retrieval.Factorisation;

/// <summary>How each row's least-squares problem is solved.</summary>
public enum AlsSolver
{
    /// <summary>A few steps of conjugate gradients from the row's last factors: several times faster, and as good after
    /// the same number of iterations.</summary>
    ConjugateGradient,
    /// <summary>Exactly, by Cholesky's decomposition.</summary>
    Exact,
}

/// <summary>Settings of implicit matrix factorisation.</summary>
public sealed record AlsOptions
{
    /// <summary>Length of a factor vector. Default 64.</summary>
    public int Factors { get; init; } = 64;

    /// <summary>Passes over users and items. Default 15: recall changes little afterwards.</summary>
    public int Iterations { get; init; } = 15;

    /// <summary>Weight of the squared norms, above 0. Default 0.01.</summary>
    public float Regularisation { get; init; } = 0.01f;

    /// <summary>Confidence of an interaction of weight w: 1 + alpha · w. Default 40, as Hu, Koren and Volinsky.</summary>
    public float Alpha { get; init; } = 40;

    public AlsSolver Solver { get; init; } = AlsSolver.ConjugateGradient;

    /// <summary>Steps of conjugate gradients in each problem. Default 3.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>Default: all cores. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
