namespace Lintel.Models.Clicks;

/// <summary>The examination curve that explains best at which of its places each pair was clicked, given how often it was clicked in
/// all.</summary>
/// <remarks>With x = log θ, x(1) = 0, n and c the times that a pair was shown and clicked at a place and C its clicks in all: ℓ = Σ c x −
/// Σ over pairs of C log Σ n e^x. The gradient of a pair is c − C s, the information C (diag s − s sᵀ), with s = n e^x / Σ n e^x.</remarks>
internal static class ConditionalCurve
{
    private const int MostSteps = 50;
    private const double Enough = 1e-9, LeastInformation = 0.5, LongestStep = 2;

    /// <exception cref="FitException">A place is not connected with the first.</exception>
    public static ExaminationCurve Fit(List<ClickCell> cells, int pairs, int places)
    {
        var byPair = ByPair(cells, pairs);
        var (x, errors) = (new double[places], new double[places]);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, information, _) = Sum(byPair, x);
            var inverse = Inverse(information, places);
            var longest = 0d;
            for (var p = 1; p < places; p++)
            {
                double move = 0;
                for (var q = 1; q < places; q++) { move += inverse[p, q] * gradient[q]; }
                x[p] += Math.Clamp(move, -LongestStep, LongestStep);
                longest = Math.Max(longest, Math.Abs(move));
            }
            if (longest < Enough) { break; }
        }
        var (_, bread, meat) = Sum(byPair, x);
        var b = Inverse(bread, places);
        var theta = new double[places];
        for (var p = 0; p < places; p++)
        {
            theta[p] = Math.Exp(x[p]);
            double variance = 0;
            for (var q = 1; q < places; q++)
            {
                for (var r = 1; r < places; r++) { variance += b[p, q] * meat[q, r] * b[r, p]; }
            }
            errors[p] = theta[p] * Math.Sqrt(Math.Max(0, variance));
        }
        return new(theta, errors);
    }

    /// <summary>Gradient, information, and the sum of squared gradients, pair by pair.</summary>
    private static (double[] Gradient, double[,] Information, double[,] Squares) Sum(List<ClickCell>[] byPair, double[] x)
    {
        var places = x.Length;
        var (gradient, information, squares) = (new double[places], new double[places, places], new double[places, places]);
        foreach (var cells in byPair)
        {
            double total = 0, clicks = 0;
            foreach (var cell in cells)
            {
                total += cell.Shown * Math.Exp(x[cell.Place - 1]);
                clicks += cell.Clicked;
            }
            foreach (var cell in cells)
            {
                var (p, share) = (cell.Place - 1, cell.Shown * Math.Exp(x[cell.Place - 1]) / total);
                var own = cell.Clicked - (clicks * share);
                gradient[p] += own;
                information[p, p] += clicks * share;
                foreach (var other in cells)
                {
                    var (q, shareOfOther) = (other.Place - 1, other.Shown * Math.Exp(x[other.Place - 1]) / total);
                    information[p, q] -= clicks * share * shareOfOther;
                    squares[p, q] += own * (other.Clicked - (clicks * shareOfOther));
                }
            }
        }
        return (gradient, information, squares);
    }

    /// <summary>Pairs that tell something: clicked, and shown at several places.</summary>
    private static List<ClickCell>[] ByPair(List<ClickCell> cells, int pairs)
    {
        var byPair = new List<ClickCell>?[pairs];
        foreach (var cell in cells) { (byPair[cell.Pair] ??= []).Add(cell); }
        return [.. byPair.OfType<List<ClickCell>>().Where(static c => c.Count > 1 && c.Exists(static cell => cell.Clicked > 0))];
    }

    /// <summary>Of the part without the first place, by Gauss and Jordan: positive definite where all places hang together.</summary>
    private static double[,] Inverse(double[,] information, int places)
    {
        var (left, inverse) = ((double[,])information.Clone(), new double[places, places]);
        for (var p = 1; p < places; p++) { inverse[p, p] = 1; }
        for (var p = 1; p < places; p++)
        {
            var pivot = left[p, p];
            if (!(pivot > LeastInformation))
            {
                throw new FitException(
                    $"examination from pairs: too few pairs were clicked that were shown at place {p + 1} and at another place that leads to the "
                    + "first; let more pages be randomised, or give the examination curve");
            }
            for (var q = 1; q < places; q++) { (left[p, q], inverse[p, q]) = (left[p, q] / pivot, inverse[p, q] / pivot); }
            for (var r = 1; r < places; r++)
            {
                var factor = left[r, p];
                if (r == p || factor == 0) { continue; }
                for (var q = 1; q < places; q++)
                {
                    left[r, q] -= factor * left[p, q];
                    inverse[r, q] -= factor * inverse[p, q];
                }
            }
        }
        return inverse;
    }
}
