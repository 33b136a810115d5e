using System.Text;
using Lintel.Decisions.Pages;

namespace Lintel.Decisions.Promises;

/// <summary>Writes <c>docs/reference/promises.md</c> from the code: every step of a regression's policy, and how they work
/// together.</summary>
public static class PromiseReference
{
    /// <summary>Where the page stands, relative to the repository.</summary>
    public const string Path = "docs/reference/promises.md";

    /// <summary>The whole page.</summary>
    public static string Generate()
    {
        var page = new StringBuilder(Introduction);
        StepReference.WriteKinds(page, PromiseStepKinds.Kinds);
        return page.Append(Working).ToString();
    }

    private const string Introduction =
        """
        # Steps of a regression's policy

        *Generated from the code (`PromiseReference.Generate`); a test keeps it current. With `LINTEL_UPDATE=1` that test
        writes it.*

        The policy of a regression is a list of steps that make a promise. The first begins with the estimate; each
        line makes a promise of the one before it. Without a policy the estimate is promised.

        | step | does |
        |---|---|

        """;

    private const string Working =
        """

        ## How they work together

        **Order.** A `promise` line makes its promise anew, so it is the first one; the others run in the order in which they are written.
        A promise that cannot be computed is missing, in the answer null, and no later line mends it.

        **Least cost.** With F the distribution that the quantiles tell, and the costs of `requirements: costs:` for each unit,
        late · E(y − p)⁺ + early · E(p − y)⁺ + lost · p is least where F(p) = (late − lost) / (late + early). Costs are expressions over what is
        known at the decision. Between two quantiles the distribution runs straight, and beyond the outermost as steep as next to
        them. Of a range its moved ends and the estimate are the quantiles.

        **Keeping.** The event `decision` is what was decided before, and its `promise` what was promised. `last(decision.promise) by trip over
        4h - minutes(since(decision) by trip over 4h)` is what is left of the trip's last promise, in minutes; without one it is
        missing, and nothing is kept. Training simulates the promises of a period in the order of time; a live service reads its
        own.

        **Judged.** `late@k`, `early@k` and `cost` are figures of the promise, all others of the estimate and its quantiles.

        """;
}
