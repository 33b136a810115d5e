namespace Lintel.Models.Clicks;

/// <summary>Position-based clicks: an item is clicked when its place is examined, which depends on the place alone, and when it is attractive
/// for the query. Immutable.</summary>
/// <remarks><para>P(click) = θ(place) · α(query, item), with θ(1) = 1. θ is taken from the curve that is given, else from
/// <see cref="ExaminationCurve.FromPairs"/>; α by expectation maximisation: of an impression without a click, the item was attractive with
/// α(1 − θ)/(1 − θα), of one with a click for certain; smoothed by a <see cref="ClickPrior"/>. Impressions of one pair at one place count
/// together, so the cost of an iteration goes with those.</para><para>Maximisation over θ and α at once, as the textbooks have it, is not
/// done: where most pairs stand at one place it takes thousands of steps, and the smoothing of α bends the curve (the second place of the
/// search world came out at 0.92 instead of 0.58 after 60). Source: Craswell et al., WSDM 2008; Chuklin, Markov and de Rijke, Click Models
/// for Web Search, 2015, section 4.2.</para></remarks>
public sealed class PositionBasedClicks
{
    private readonly double[] _attractive;
    // of each pair: clicks, Σ θ and Σ θ² over its impressions
    private readonly (double Clicks, double Exposure, double Squares)[] _seen;

    private PositionBasedClicks(ExaminationCurve examination, double[] attractive, (double, double, double)[] seen) =>
        (Examination, _attractive, _seen) = (examination, attractive, seen);

    public ExaminationCurve Examination { get; }

    /// <summary>Attractiveness of a pair.</summary>
    /// <param name="pair">0 to <see cref="ClickLog.PairCount"/> − 1.</param>
    public ClickEstimate Attractive(int pair) => _seen[pair] is var (clicks, exposure, squares)
        ? ClickEstimate.Of(_attractive[pair], clicks, exposure, squares / exposure) : default;

    /// <summary>Chance of a click on a pair at a place, from 1.</summary>
    public double ClickChance(int pair, int place) => Examination[place] * _attractive[pair];

    /// <param name="examination">Taken as it is; null: from pairs shown at several places.</param> <param name="iterations">At least 1.</param>
    /// <exception cref="FitException">Nothing was shown or clicked, or the curve has fewer places than the pages.</exception>
    public static PositionBasedClicks Fit(ClickLog log, ExaminationCurve? examination = null, ClickPrior? prior = null, int iterations = 60)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        log.CheckFits("position-based clicks");
        if (examination is not null && examination.Places < log.Places)
        {
            throw new FitException($"position-based clicks: pages have up to {log.Places} places, the examination curve tells of {examination.Places}");
        }
        var before = prior ?? ClickPrior.Default;
        before.Check();
        var cells = log.Cells();
        var curve = examination ?? ExaminationCurve.FromPairs(log);
        var alpha = new double[log.PairCount];
        Array.Fill(alpha, before.Clicks / before.Examinations);
        var (attractive, shown) = (new double[alpha.Length], new double[alpha.Length]);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            Array.Clear(attractive);
            Array.Clear(shown);
            foreach (var cell in cells)
            {
                var (t, a, without) = (Math.Min(1, curve[cell.Place]), alpha[cell.Pair], cell.Shown - cell.Clicked);
                attractive[cell.Pair] += cell.Clicked + (without * a * (1 - t) / Math.Max(1e-12, 1 - (t * a)));
                shown[cell.Pair] += cell.Shown;
            }
            for (var pair = 0; pair < alpha.Length; pair++)
            {
                alpha[pair] = (attractive[pair] + before.Clicks) / (shown[pair] + before.Examinations);
            }
        }
        var seen = new (double Clicks, double Exposure, double Squares)[alpha.Length];
        foreach (var cell in cells)
        {
            var (clicks, exposure, squares) = seen[cell.Pair];
            var t = curve[cell.Place];
            seen[cell.Pair] = (clicks + cell.Clicked, exposure + (cell.Shown * t), squares + (cell.Shown * t * t));
        }
        return new(curve, alpha, seen);
    }
}
