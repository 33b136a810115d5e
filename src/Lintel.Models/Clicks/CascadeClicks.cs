namespace Lintel.Models.Clicks;

/// <summary>Clicks of somebody who reads from the top: what is examined is clicked if it is attractive, a click may satisfy and end the
/// search, and who is not satisfied goes on or gives up. Immutable.</summary>
/// <remarks>The dynamic Bayesian network of Chapelle and Zhang (WWW 2009): P(click | examined) = α(query, item), P(satisfied | click) =
/// σ(query, item), P(next is examined | examined, not satisfied) = γ. Expectation maximisation; what lies above the last click was examined
/// for certain, below it how far somebody went is summed over. α and σ are smoothed by a <see cref="ClickPrior"/>. α · σ is the
/// relevance that the authors rank by.</remarks>
public sealed class CascadeClicks
{
    private readonly double[] _attractive, _satisfies;
    private readonly Sums _sums;

    private CascadeClicks(double goesOn, double[] attractive, double[] satisfies, Sums sums) =>
        (GoesOn, _attractive, _satisfies, _sums) = (goesOn, attractive, satisfies, sums);

    /// <summary>γ: chance to look at the next place.</summary>
    public double GoesOn { get; }

    /// <summary>Attractiveness of a pair.</summary>
    /// <param name="pair">0 to <see cref="ClickLog.PairCount"/> − 1.</param>
    public ClickEstimate Attractive(int pair) => ClickEstimate.Of(_attractive[pair], _sums.Clicks[pair], _sums.Examined[pair]);

    /// <summary>Chance that a click on a pair satisfies.</summary>
    public ClickEstimate Satisfies(int pair) => ClickEstimate.Of(_satisfies[pair], _sums.Satisfied[pair], _sums.Clicks[pair]);

    /// <param name="iterations">At least 1.</param>
    /// <exception cref="FitException">Nothing was shown or clicked.</exception>
    public static CascadeClicks Fit(ClickLog log, ClickPrior? prior = null, int iterations = 40)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        log.CheckFits("cascade clicks");
        var before = prior ?? ClickPrior.Default;
        before.Check();
        var (goesOn, alpha, sigma) = (0.8, new double[log.PairCount], new double[log.PairCount]);
        Array.Fill(alpha, before.Clicks / before.Examinations);
        Array.Fill(sigma, 0.5);
        var sums = new Sums(log.PairCount);
        Span<double> stops = stackalloc double[ClickLog.MostPlaces + 1];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            sums.Clear();
            for (var page = 0; page < log.PageCount; page++) { Expect(log, page, goesOn, alpha, sigma, sums, stops); }
            for (var pair = 0; pair < alpha.Length; pair++)
            {
                alpha[pair] = (sums.Clicks[pair] + before.Clicks) / (sums.Examined[pair] + before.Examinations);
                // nobody knows what satisfies: half
                sigma[pair] = (sums.Satisfied[pair] + 1) / (sums.Clicks[pair] + 2);
            }
            goesOn = sums.CouldGoOn > 0 ? Math.Clamp(sums.WentOn / sums.CouldGoOn, 1e-6, 1) : goesOn;
        }
        return new(goesOn, alpha, sigma, sums);
    }

    /// <param name="stops">Scratch: weight of having stopped behind a place.</param>
    private static void Expect(ClickLog log, int page, double goesOn, double[] alpha, double[] sigma, Sums sums, Span<double> stops)
    {
        var (length, last) = (log.Length(page), -1);
        if (length == 0) { return; }
        for (var i = 0; i < length; i++) { last = log.IsClicked(page, i) ? i : last; }
        for (var i = 0; i <= last; i++)
        {
            var pair = log.Pair(page, i);
            sums.Examined[pair]++;
            if (log.IsClicked(page, i)) { sums.Clicks[pair]++; }
            // who clicks further down was not satisfied and went on
            if (i < last) { (sums.WentOn, sums.CouldGoOn) = (sums.WentOn + 1, sums.CouldGoOn + 1); }
        }
        // how far it went below the last click; without one the first place was examined
        var from = Math.Max(0, last);
        var satisfied = last >= 0 ? sigma[log.Pair(page, last)] : 0;
        var reached = last >= 0 ? 1 - satisfied : 1 - alpha[log.Pair(page, 0)];
        var total = satisfied;
        for (var j = from; j < length; j++)
        {
            if (j > from) { reached *= goesOn * (1 - alpha[log.Pair(page, j)]); }
            total += stops[j] = reached * (j == length - 1 ? 1 : 1 - goesOn);
        }
        if (last >= 0) { sums.Satisfied[log.Pair(page, last)] += satisfied / total; }
        else { sums.Examined[log.Pair(page, 0)]++; }
        var behind = (total - satisfied) / total;
        for (var j = from; j < length - 1; j++)
        {
            // examined j and not satisfied; then somebody stopped there, or went on
            sums.CouldGoOn += behind;
            behind -= stops[j] / total;
            sums.WentOn += behind;
            sums.Examined[log.Pair(page, j + 1)] += behind;
        }
    }

    /// <summary>Expected counts by pair, and of going on.</summary>
    private sealed class Sums(int pairs)
    {
        public double[] Examined { get; } = new double[pairs];

        public double[] Clicks { get; } = new double[pairs];

        public double[] Satisfied { get; } = new double[pairs];

        public double WentOn { get; set; }

        public double CouldGoOn { get; set; }

        public void Clear()
        {
            Array.Clear(Examined);
            Array.Clear(Clicks);
            Array.Clear(Satisfied);
            (WentOn, CouldGoOn) = (0, 0);
        }
    }
}
