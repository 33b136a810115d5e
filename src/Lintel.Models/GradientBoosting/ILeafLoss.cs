namespace Lintel.Models.GradientBoosting;

/// <summary>A loss of values whose leaves are set after each tree: the tree's splits follow the derivatives, and what a leaf adds is the
/// best constant for the rows in it, not a Newton step, which has no meaning where the second derivative is 0.</summary>
/// <remarks>Source: Friedman, Annals of Statistics 29(5), 2001, section 4.3 to 4.4 (TreeBoost); the rows that a tree did not see take no
/// part in its leaves (Friedman, Stochastic gradient boosting, 2002).</remarks>
internal interface ILeafLoss : IBoostingLoss
{
    /// <summary>Margin before the first tree: the best constant.</summary>
    float Start { get; }

    /// <summary>Draws the rows that the next tree sees; <see cref="IBoostingLoss.Derive"/> leaves the others out.</summary>
    void Draw(int tree);

    /// <summary>The best constants for the rows in each leaf, times the learning rate.</summary>
    /// <param name="leaves">[rows]: node of each row.</param> <param name="margins">[rows], of the trees so far.</param>
    /// <returns>By node; 0 where no row is.</returns>
    float[] Leaves(ReadOnlySpan<float> leaves, ReadOnlySpan<float> margins);
}
