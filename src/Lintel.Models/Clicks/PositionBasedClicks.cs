namespace Lintel.Models.Clicks;

/// <summary>Position-based clicks: an item is clicked when its place is examined, which depends on the place alone, and when it is attractive
/// for the query. Immutable.</summary>
/// <remarks><para>P(click) = θ(place) · α(query, item). Expectation maximisation: of an impression without a click, the place was examined
/// with θ(1 − α)/(1 − θα) and the item attractive with α(1 − θ)/(1 − θα); of one with a click both were. Attractiveness is smoothed by a
/// <see cref="ClickPrior"/>; θ(1) is 1. Impressions of one pair at one place count together, so the cost of an iteration goes with those.
/// </para><para>Without pages in another order than the ranker's own a pair stands at one place only, and only the prior tells the two
/// apart: give the curve of randomised pages then. Source: Craswell et al., WSDM 2008; Chuklin, Markov and de Rijke, Click Models for Web
/// Search, 2015, section 4.2.</para></remarks>
public sealed class PositionBasedClicks
{
    private readonly double[] _attractive, _exposure;

    private PositionBasedClicks(ExaminationCurve examination, double[] attractive, double[] exposure) =>
        (Examination, _attractive, _exposure) = (examination, attractive, exposure);

    public ExaminationCurve Examination { get; }

    /// <summary>Attractiveness of a pair.</summary>
    /// <param name="pair">0 to <see cref="ClickLog.PairCount"/> − 1.</param>
    public ClickEstimate Attractive(int pair) => ClickEstimate.Of(_attractive[pair], _exposure[pair]);

    /// <summary>Chance of a click on a pair at a place, from 1.</summary>
    public double ClickChance(int pair, int place) => Examination[place] * _attractive[pair];

    /// <param name="examination">Taken as it is; null: fitted, too.</param> <param name="iterations">At least 1.</param>
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
        var cells = Cells(log);
        var theta = new double[log.Places];
        for (var place = 0; place < theta.Length; place++) { theta[place] = examination is null ? 1 / Math.Sqrt(place + 1) : examination[place + 1]; }
        var alpha = new double[log.PairCount];
        Array.Fill(alpha, before.Clicks / before.Examinations);
        for (var iteration = 0; iteration < iterations; iteration++) { Step(cells, theta, alpha, before, fitsTheta: examination is null); }
        var curve = examination ?? Scaled(theta, alpha);
        var exposure = new double[alpha.Length];
        foreach (var cell in cells) { exposure[cell.Pair] += cell.Shown * curve[cell.Place + 1]; }
        return new(curve, alpha, exposure);
    }

    private static void Step(List<Cell> cells, double[] theta, double[] alpha, ClickPrior prior, bool fitsTheta)
    {
        var (attractive, shown) = (new double[alpha.Length], new double[alpha.Length]);
        var (examined, places) = (new double[theta.Length], new double[theta.Length]);
        foreach (var cell in cells)
        {
            var (t, a, without) = (Math.Min(1, theta[cell.Place]), alpha[cell.Pair], cell.Shown - cell.Clicked);
            var not = Math.Max(1e-12, 1 - (t * a));
            attractive[cell.Pair] += cell.Clicked + (without * a * (1 - t) / not);
            shown[cell.Pair] += cell.Shown;
            examined[cell.Place] += cell.Clicked + (without * t * (1 - a) / not);
            places[cell.Place] += cell.Shown;
        }
        for (var pair = 0; pair < alpha.Length; pair++)
        {
            alpha[pair] = (attractive[pair] + prior.Clicks) / (shown[pair] + prior.Examinations);
        }
        if (!fitsTheta) { return; }
        for (var place = 0; place < theta.Length; place++) { theta[place] = Math.Clamp(examined[place] / places[place], 1e-6, 1); }
    }

    /// <summary>So that the first place is 1: what it lacks is the items' then.</summary>
    private static ExaminationCurve Scaled(double[] theta, double[] alpha)
    {
        var first = theta[0];
        for (var pair = 0; pair < alpha.Length; pair++) { alpha[pair] *= first; }
        var errors = new double[theta.Length];
        Array.Fill(errors, double.NaN);
        errors[0] = 0;
        return new([.. theta.Select(t => t / first)], errors);
    }

    private static List<Cell> Cells(ClickLog log)
    {
        var numbers = new Dictionary<(int Pair, int Place), int>();
        List<Cell> cells = [];
        for (var page = 0; page < log.PageCount; page++)
        {
            for (var place = 0; place < log.Length(page); place++)
            {
                var pair = log.Pair(page, place);
                if (!numbers.TryGetValue((pair, place), out var at))
                {
                    numbers[(pair, place)] = at = cells.Count;
                    cells.Add(new(pair, place, 0, 0));
                }
                cells[at] = cells[at] with { Shown = cells[at].Shown + 1, Clicked = cells[at].Clicked + (log.IsClicked(page, place) ? 1 : 0) };
            }
        }
        return cells;
    }

    /// <summary>Impressions of one pair at one place, from 0.</summary>
    private readonly record struct Cell(int Pair, int Place, int Shown, int Clicked);
}
