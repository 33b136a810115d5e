using System.Globalization;
using System.Reflection;
using System.Text;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages;

/// <summary>Writes <c>docs/reference/steps.md</c> from the code: every step of a ranking's policy, and how they work
/// together.</summary>
public static class StepReference
{
    /// <summary>Where the page stands, relative to the repository.</summary>
    public const string Path = "docs/reference/steps.md";

    /// <summary>The whole page.</summary>
    public static string Generate()
    {
        var page = new StringBuilder(Introduction);
        WriteKinds(page, PageStepKinds.Kinds);
        return page.Append(Working).ToString();
    }

    /// <summary>Rows of the sentences, and a table of their slots; the head of the first table stands there.</summary>
    internal static void WriteKinds(StringBuilder page, IEnumerable<Kind> kinds)
    {
        var all = kinds.ToList();
        foreach (var kind in all) { _ = page.Append($"| `{kind.Sentence}` | {kind.Summary} |\n"); }
        _ = page.Append("\n## Their slots\n\n| step | slot | holds |\n|---|---|---|\n");
        foreach (var kind in all)
        {
            foreach (var property in kind.Parameters.GetProperties())
            {
                var about = property.GetCustomAttribute<ParameterAttribute>()!;
                var slot = property.Name.ToLowerInvariant();
                _ = page.Append($"| {kind.Name} | `{slot}` | {Form(property, about)}. {about.Summary} |\n");
            }
        }
    }

    private static string Form(PropertyInfo property, ParameterAttribute about)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var form = type == typeof(Expression) ? property.Name == "Condition" ? "A condition" : "A formula"
            : type == typeof(StepColumn) ? "A column"
            : type == typeof(TimeSpan) ? "A duration"
            : type == typeof(string) ? about.Names switch
            {
                ParameterNames.Source => "The name of a source",
                ParameterNames.Event => "The name of an event",
                ParameterNames.Model => "The name of a model",
                ParameterNames.UnsureModel => "The name of a model of a kind that knows its variance",
                ParameterNames.Quantiles => "The name of a model with quantiles, or of a range",
                _ => "A word, or a text in quotes",
            }
            : about.Share ? "A share" : type == typeof(int) ? "A count" : "A number";
        return double.IsInfinity(about.Min) ? form : $"{form}, {Bound(about.Min, about)} to {Bound(about.Max, about)}";
    }

    private static string Bound(double bound, ParameterAttribute about) =>
        about.Share ? $"{bound * 100:0}%" : bound.ToString("#,0.###", CultureInfo.InvariantCulture);

    private const string Introduction =
        """
        # Steps of a ranking's policy

        *Generated from the code (`StepReference.Generate`); a test keeps it current. With `LINTEL_UPDATE=1` that test
        writes it.*

        The policy of a ranking is a list of steps. Its candidates begin ordered by the final model's margin; each
        line changes their order or their scores, or removes some, and whatever it removes bears its number. Parts in
        brackets may be left out.

        | step | does |
        |---|---|

        """;

    private const string Working =
        """

        ## How they work together

        **Order.** Lines run from the top down. What a step would undo is refused: nothing stands behind `take`;
        behind `explore … among` only `price` and `take`; behind `price` only `take`; behind a row only rows and `take`; and behind `diversify` and `calibrate` none
        that sorts by score again (`rank by`, `boost`, `bury`). Equal scores stand in the order of a hash of the
        item's code, which tells nothing of the file; a missing score stands last.

        **Promises.** `pin`, `at least` and `at most … in first` say something of the page's places. They are kept
        once, when the page is made (before the first `explore … among`, `price`, row or `take`), so that no line between undoes them:
        pins first, in the order of their lines, then the others in theirs. A pinned item, and one that a promise
        needs where it stands, is not moved by a later one. An explored page keeps what was removed, and no promise.

        **What cannot be done** is told with the line's number, and evaluation prints the share of requests: too few
        candidates that fit, a pinned item that is no candidate, a row or a page with open places.

        **Scores.** A model's margin stands for odds (of a ranker: the odds with which one stands before another), so
        `boost 1.1` multiplies these: margin + ln 1.1. Behind `rank by` the formula's value is multiplied itself; one
        below 0 is divided, so that a boost never lowers and `bury` never lifts.

        **Seen.** `drop seen play over 90d` is `drop if count(play) by user, movie over 90d > 0`, with the key of
        those who ask and that of what is ranked; the event needs both, of its own or of what it is about.

        **Duplicates.** Of candidates that are one thing the best stays. Texts are compared as titles: lower case,
        Latin letters without accents, punctuation as blanks, `&` as `and`, an English article at the start or behind
        a comma left out (`Matrix, The` is `The Matrix`). Numbers stay, so `Dune (1984)` and `Dune (2021)` are two
        films, and a title without a letter or digit is itself. `near 0.8` also drops titles whose three-letter pieces
        are that much alike (Jaccard: those of both over those of either), but never two whose numbers differ, digits
        or Roman numerals: the parts of a series are no duplicates. Pairs are found once over the catalogue.

        **Diversity.** `diversify` fills the page's places one by one with the candidate of the greatest (1 − λ) ·
        relevance − λ · likeness, likeness being the greatest to one that already stands there: of lists Jaccard's, of
        other columns 1 when they are equal. So λ is the weight of unlikeness: 0 changes nothing. Relevance falls
        evenly from 1 over the first three pages' worth of candidates, the only ones that compete (Carbonell and
        Goldstein, SIGIR 1998, whose λ is one less ours).

        **Calibrated shares.** `calibrate movie.genres to genre_share (weight 0.5)` fills the places with the greatest
        (1 − λ) · relevance − λ · KL(p ‖ q) (Steck, RecSys 2018): q the page's shares of genres, an item's divided
        between its own; p those that the user is used to. The formula gives for each candidate the mean over its
        genres, as `count(play) by user, movie.genres over 90d` does; p is recovered from these means (40 rounds of
        Richardson and Lucy's iteration), and who has none keeps the order.

        **Exploration.** `explore 5% among 50` draws that share of the pages by the request's own random bits: the
        first m = min(50, left) candidates then stand in an order drawn uniformly. An item's logged propensity at its
        place is share / m, and 1 − share more where the order without drawing has it; behind the first m it is 1.

        **Thompson's draw.** `explore 2% by thompson of clicks` draws that share of the requests: each candidate's margin m of the model becomes
        m′ = m + √v · z, v being the model's variance of the row and z normal (Thompson, Biometrika 25, 1933). Scores that are margins move by m′ − m;
        behind `rank by` the formula's value is multiplied by σ(m′) / σ(m), which is exact where it is proportional to that model's probability, such
        as `ad.bid * clicks`. With which probability an item then stands where it stands has no closed form: propensities are missing in pages that
        were drawn and in those that were not. Only where the draw could change nothing (share 0, one candidate, no variance) they stay 1. The
        model's kind must know its variance (ftrl, leaves).

        **Prices.** `price second of ad.bid by pctr, reserve 0.05` takes the order as it stands: a click on the item at one place costs
        bid · pctr of the next place's item over its own pctr, the least that would keep its place if places went by bid · pctr; at least the
        reserve, at most its own bid, and the reserve where nothing stands below (Edelman, Ostrovsky and Schwarz, AER 97(1), 2007). An aggregate
        with `by` stands there as a feature. The next one below counts even where `take` cuts it off. Items whose bid is missing, not above 0 or below the reserve are removed; where that happens
        behind a draw, the propensities of the page are missing: write `drop if ad.bid < 0.05` above `explore`. The price is part of the page's
        record and of the answer; the client logs it with the impression or the click, and what was spent is a sum over these.

        **Pacing.** `pace sum(click.price) by ad over 1d of ad.budget` lets a candidate take part with probability (1 − u) / (1 − share), held between
        0 and 1, where u is what it spent over its budget and `from 50%` says the share that is spent freely. It is drawn for each item from
        the request's own random bits. At a steady speed of s budgets in the window's time it comes to rest at u = s / (1 − share + s) where that is
        above the share, below the budget at every speed. A missing budget is no bound, one not above 0 lets nothing through. Propensities are
        those among the candidates that take part.

        **Rows.** Each row takes the best that no earlier row shows. A page with rows consists of them alone; `take`
        keeps the first of all.

        **What a line is worth** is found by running the same pages without it.

        """;
}
