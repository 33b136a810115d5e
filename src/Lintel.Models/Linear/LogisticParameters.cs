using Lintel.Design.Kinds;

namespace Lintel.Models.Linear;

/// <summary>Settings of kind <c>logistic</c>.</summary>
public sealed record LogisticParameters
{
    /// <summary>1: scikit-learn's default (its C is 1 / penalty); features are standardised, so it means the same for each.</summary>
    [Parameter("L2 penalty on the weights of standardised features, beside a sum over rows.", Min = 1e-6, Max = 1e12)]
    public double Penalty { get; init; } = 1;

    [Parameter("Weight of a positive row beside a negative one; undone in the log-odds.", Min = 1e-6, Max = 1e6)]
    public double ClassWeight { get; init; } = 1;
}
