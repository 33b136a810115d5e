namespace Lintel.Retrieval.Factorisation;

/// <summary>Factors of users and items whose product says how much a user would like an item. Immutable.</summary>
public sealed class FactorModel
{
    private readonly AlsOptions _options;
    private readonly float[] _itemGram;

    internal FactorModel(FactorTable users, FactorTable items, AlsOptions options)
    {
        (Users, Items, _options) = (users, items, options);
        _itemGram = Gram.Of(items, options);
    }

    public FactorTable Users { get; }

    public FactorTable Items { get; }

    /// <summary>Factors of a user from what is known of them now: the row's problem against fixed items, solved
    /// exactly. The same interactions give the same factors, whoever the user is.</summary>
    /// <param name="items">Items the user had to do with, [n].</param> <param name="weights">[n].</param>
    /// <param name="user">[stride of the item table].</param>
    public void FoldIn(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> user) =>
        new AlsProblem(_itemGram, Items, _options with { Solver = AlsSolver.Exact }).Solve(items, weights, user);
}
