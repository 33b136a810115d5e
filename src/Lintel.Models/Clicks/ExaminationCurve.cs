namespace Lintel.Models.Clicks;

/// <summary>How likely each place of a page is examined, beside the first. Immutable.</summary>
/// <remarks>Only ratios show in clicks: the first place counts as 1. Where high places are trusted, and so clicked more than they are
/// examined, the curve holds both.</remarks>
public sealed class ExaminationCurve
{
    private readonly double[] _values, _errors;

    internal ExaminationCurve(double[] values, double[] errors) => (_values, _errors) = (values, errors);

    /// <param name="values">From the first place, which is 1; each above 0.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static ExaminationCurve Of(params ReadOnlySpan<double> values)
    {
        if (values.Length == 0 || values[0] != 1) { throw new ArgumentException("an examination curve begins with 1, the first place", nameof(values)); }
        foreach (var value in values)
        {
            if (!(value > 0) || double.IsInfinity(value)) { throw new ArgumentException($"an examination of {value}, expected a number above 0", nameof(values)); }
        }
        return new(values.ToArray(), new double[values.Length]);
    }

    public int Places => _values.Length;

    /// <summary>Examination of a place, from 1, beside the first.</summary>
    public double this[int place] => _values[place - 1];

    /// <summary>Standard error; 0 where it is given, NaN where the fit tells none.</summary>
    public double Error(int place) => _errors[place - 1];

    /// <summary>What a click at a place counts for: 1 over the examination, at most a cap. Source: Joachims, Swaminathan and Schnabel, WSDM
    /// 2017.</summary>
    /// <param name="cap">Most weight of one click: less variance for some bias.</param>
    public double Weight(int place, double cap = 20) => Math.Min(cap, 1 / _values[place - 1]);

    /// <summary>From pages whose order was drawn: what stands at a place does not depend on the place there, so clicks at a place over
    /// clicks at the first, on the pages that have both, are the examination.</summary>
    /// <remarks>Standard errors by the delta method with pages as units.</remarks>
    /// <exception cref="FitException">No page was randomised, or none of them was clicked at the first place.</exception>
    public static ExaminationCurve FromRandomised(ClickLog log)
    {
        log.CheckFits("examination from randomised pages");
        var (values, errors) = (new double[log.Places], new double[log.Places]);
        for (var place = 1; place <= log.Places; place++)
        {
            var (pages, first, here, both) = (0, 0, 0, 0);
            for (var page = 0; page < log.PageCount; page++)
            {
                if (!log.IsRandomised(page) || log.Length(page) < place) { continue; }
                pages++;
                var (atFirst, atPlace) = (log.IsClicked(page, 0), log.IsClicked(page, place - 1));
                first += atFirst ? 1 : 0;
                here += atPlace ? 1 : 0;
                both += atFirst && atPlace ? 1 : 0;
            }
            if (first == 0 || here == 0)
            {
                throw new FitException(
                    $"examination from randomised pages: of {pages:N0} randomised pages with {place} places {here:N0} were clicked at place {place} and "
                    + $"{first:N0} at the first; let more pages be randomised, or fit a position-based model on all pages");
            }
            var ratio = (double)here / first;
            // variance of (click here − ratio · click at the first), page by page
            var spread = (here + (ratio * ratio * first) - (2 * ratio * both)) / pages;
            (values[place - 1], errors[place - 1]) = (ratio, place == 1 ? 0 : Math.Sqrt(spread / pages) / ((double)first / pages));
        }
        return new(values, errors);
    }

    /// <summary>From all pages: of a pair that was shown at several places, at which was it clicked?</summary>
    /// <remarks>Given how often a pair was clicked in all, its clicks fall on places in proportion to shown · θ, whatever its
    /// attractiveness, which so drops out: the conditional likelihood of θ, concave in its logarithms, by Newton's method. A pair seldom shown
    /// counts as far as it tells, and none is smoothed. The estimating equations are unbiased where clicks are not rare, too; standard errors
    /// allow for it (sandwich, pairs as units). The same contrast as intervention harvesting (Agarwal et al., WSDM 2019), with all places at
    /// once. It rests on the order being changed for reasons that have nothing to do with the single search.</remarks>
    /// <exception cref="FitException">Nothing connects some place with the first: no pair was clicked that was shown at both.</exception>
    public static ExaminationCurve FromPairs(ClickLog log)
    {
        log.CheckFits("examination from pairs");
        return ConditionalCurve.Fit(log.Cells(), log.PairCount, log.Places);
    }
}
