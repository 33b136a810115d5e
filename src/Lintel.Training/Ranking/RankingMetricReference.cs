using System.Text;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking;

/// <summary>Writes <c>docs/reference/ranking-metrics.md</c> from the code: every metric of pages, and how judging works
/// around them.</summary>
public static class RankingMetricReference
{
    /// <summary>Where the page stands, relative to the repository.</summary>
    public const string Path = "docs/reference/ranking-metrics.md";

    /// <summary>The whole page.</summary>
    public static string Generate()
    {
        var page = new StringBuilder();
        _ = page.Append(Introduction);
        _ = page.Append("| metric | written as | best | unit | over |\n|---|---|---|---|---|\n");
        foreach (var metric in RankingMetricKinds.All)
        {
            var name = metric.Kind.Name;
            var forms = metric.Cutoff.HasFlag(MetricCutoff.Optional) ? $"`{name}`, `{name}@10`" : $"`{name}@10`";
            var best = metric.Aim == MetricAim.Highest ? "high" : "low";
            _ = page.Append($"| [{name}](#{name}) | {forms} | {best} | {metric.Unit} | {Over(metric.View)} |\n");
        }
        _ = page.Append('\n');
        foreach (var metric in RankingMetricKinds.All)
        {
            _ = page.Append($"### {metric.Kind.Name}\n\n{metric.Kind.Summary}\n\n");
            _ = page.Append($"- {metric.Conventions}\n- Source: {metric.Source}\n\n");
        }
        _ = page.Append(Judging);
        return page.ToString();
    }

    private static string Over(RankingView view) => view switch
    {
        RankingView.Found => "decisions at which something was right",
        RankingView.List => "lists",
        _ => "all lists together",
    };

    private const string Introduction =
        """
        # Metrics of rankings

        *Generated from the code (`RankingMetricReference.Generate`); a test keeps it current. With `LINTEL_UPDATE=1` that test writes it.*

        A design whose decision is a ranking names these in `evaluate.metrics` and in `gates`. They are computed over the full catalogue: whatever
        was right counts, whether a source retrieved it or not, and no negatives are sampled.


        """;

    private const string Judging =
        """
        ## What is compared

        At the same decisions: the policy's pages, the ranker without the policy, every source alone in its own order, the most popular of
        train, and a random order. Each figure has a 95 % interval, resampled by key and by day; the gain over a competitor is paired,
        so that it is told from chance more sharply than two intervals side by side.

        ## Slices

        A slice of decisions judges those alone. A slice of the catalogue (new films, rare ones) keeps the lists and counts as right only what
        lies inside it: it shows how well that part is found. Under 100 decisions at which something was right a slice is shown, not judged.

        ## Retrieval

        Recall of each source against depth k, and of the union: the mean over decisions of the share of what was right that is among the first
        k of the source (of every source). `only here` is the share of what was right that no other source offered: what would be lost without it.

        ## Off-policy evaluation

        Where a design declares exploration and pages were logged with propensities, another policy's value is estimated from the log, of an item
        at its position: a page's reward is the sum over its positions.

        - `ips`: mean of w·r, with w the target's chance of showing the item at the position over the logged one.
        - `snips`: Σ w·r / Σ w: a little biased, far steadier.
        - `dr`: the reward model's value of the target, corrected by mean of w·(r − model).

        Intervals come from sums by cluster. It refuses without exploration (every propensity 1, or none logged), where the target shows what the
        log never could, and where the effective sample size (Σw)² / Σw² is below its floor.

        """;
}
