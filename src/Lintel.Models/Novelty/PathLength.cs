namespace Lintel.Models.Novelty;

/// <summary>The measure of an isolation tree: how many splits it takes to be alone.</summary>
internal static class PathLength
{
    private const double EulerGamma = 0.577215664901532860606512;

    /// <summary>Mean path length of an unsuccessful search in a binary tree of n rows, c(n) = 2·H(n − 1) − 2·(n − 1)/n, where
    /// H(i) = ln i + γ; c(2) = 1, c(1) = 0.</summary>
    /// <remarks>What a leaf of n rows still adds to the path, and what the mean path is divided by. Source: Liu, Ting and Zhou,
    /// "Isolation Forest", ICDM 2008, equation 1. Test: c(256) is scikit-learn's.</remarks>
    /// <param name="n">Rows, 1 or more.</param>
    public static double Expected(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return n switch
        {
            1 => 0,
            2 => 1,
            _ => (2 * (Math.Log(n - 1) + EulerGamma)) - (2.0 * (n - 1) / n),
        };
    }

    /// <summary>Splits after which a tree stops: about the mean depth of a tree of n rows, ⌈log₂ n⌉.</summary>
    public static int Limit(int n)
    {
        var depth = 0;
        while (1L << depth < n) { depth++; }
        return depth;
    }
}
