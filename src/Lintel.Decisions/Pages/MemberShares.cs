using Lintel.Features;

namespace Lintel.Decisions.Pages;

/// <summary>Recovers how much of each member of a list (each genre) somebody is used to, from what a row tells: for
/// each candidate the mean over its own members.</summary>
internal static class MemberShares
{
    private const int Rounds = 40, MostCandidates = 200;

    /// <summary>Shares of members that explain the candidates' means.</summary>
    /// <remarks>With w 1 / members of a candidate's list, mean a ≈ Σ w·p; p ← p · Σ w·(a / Σ w·p) / Σ w, 40 rounds over
    /// the first 200 candidates: never below 0, and exact in the limit where the means agree. Source: Richardson, JOSA
    /// 62(1), 1972; Lucy, AJ 79(6), 1974.</remarks>
    /// <param name="value">A candidate's mean; missing or below 0 is left out.</param>
    /// <param name="shares">[members]: sums to 1; members that no candidate has are 0.</param>
    /// <returns>Whether anything is known.</returns>
    public static bool Estimate(Page page, ColumnCodes codes, ExpressionProgram value, Span<double> shares)
    {
        var order = page.Order[..Math.Min(page.Count, MostCandidates)];
        var means = page.Scratch.Values(order.Length);
        var weights = page.Scratch.Members(1, shares.Length);
        var gains = page.Scratch.Members(2, shares.Length);
        weights.Clear();
        var isKnown = false;
        for (var i = 0; i < order.Length; i++)
        {
            var list = codes.Members(page, order[i]);
            means[i] = list.IsEmpty ? double.NaN : value.Evaluate(page.Registers(order[i]));
            if (!(means[i] >= 0)) { continue; }
            isKnown |= means[i] > 0;
            foreach (var m in list) { weights[m] += 1.0 / list.Length; }
        }
        if (!isKnown) { return false; }
        for (var m = 0; m < shares.Length; m++) { shares[m] = weights[m] > 0 ? 1 : 0; }
        for (var round = 0; round < Rounds; round++)
        {
            gains.Clear();
            for (var i = 0; i < order.Length; i++)
            {
                if (!(means[i] > 0)) { continue; }
                var list = codes.Members(page, order[i]);
                var explained = 0.0;
                foreach (var m in list) { explained += shares[m]; }
                // the mean explained is this over the list's length, and so is each member's weight: the lengths cancel
                if (explained > 0)
                {
                    foreach (var m in list) { gains[m] += means[i] / explained; }
                }
            }
            for (var m = 0; m < shares.Length; m++)
            {
                if (weights[m] > 0) { shares[m] *= gains[m] / weights[m]; }
            }
        }
        return Normalise(shares);
    }

    private static bool Normalise(Span<double> shares)
    {
        var sum = 0.0;
        foreach (var share in shares) { sum += share; }
        if (!(sum > 0) || double.IsInfinity(sum)) { return false; }
        foreach (ref var share in shares) { share /= sum; }
        return true;
    }
}
