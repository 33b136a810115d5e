using System.Text;
using Lintel.Design.Kinds;
using Lintel.Training.Evaluation;

namespace Lintel.Training.Metrics;

/// <summary>Writes <c>docs/reference/metrics.md</c> from the code: every metric, and how judging works around them.</summary>
public static class MetricReference
{
    /// <summary>Where the page stands, relative to the repository.</summary>
    public const string Path = "docs/reference/metrics.md";

    /// <summary>The whole page.</summary>
    public static string Generate()
    {
        var page = new StringBuilder();
        _ = page.Append(Introduction);
        _ = page.Append("| metric | of | written as | best | unit |\n|---|---|---|---|---|\n");
        foreach (var metric in MetricKinds.All)
        {
            _ = page.Append($"| {Link(metric)} | {(metric.Kind.For.HasFlag(DecisionUse.Regression) ? "values" : "probabilities")} | {Forms(metric)} | {Best(metric.Aim)} | {metric.Unit} |\n");
        }
        _ = page.Append('\n');
        foreach (var metric in MetricKinds.All)
        {
            _ = page.Append($"### {metric.Kind.Name}\n\n{metric.Kind.Summary}\n\n");
            _ = page.Append($"- {metric.Conventions}\n- Source: {metric.Source}\n\n");
        }
        _ = page.Append(Judging());
        return page.ToString();
    }

    private static string Link(IMetric metric) => $"[{metric.Kind.Name}](#{metric.Kind.Name})";

    private static string Forms(IMetric metric)
    {
        var name = metric.NeedsKey ? "card-precision" : metric.Kind.Name;
        var forms = new List<string>();
        if (metric.Cutoff == MetricCutoff.None || metric.Cutoff.HasFlag(MetricCutoff.Optional)) { forms.Add($"`{name}`"); }
        if (metric.Cutoff.HasFlag(MetricCutoff.Share)) { forms.Add($"`{name}@{(metric.Kind.For == DecisionUse.Regression ? "80%" : "1%")}`"); }
        if (metric.Cutoff.HasFlag(MetricCutoff.Count)) { forms.Add($"`{name}@{(metric.Cutoff.HasFlag(MetricCutoff.Optional) ? 20 : metric.Kind.For == DecisionUse.Regression ? 5 : 100)}`"); }
        return string.Join(", ", forms);
    }

    private static string Best(MetricAim aim) => aim switch
    {
        MetricAim.Highest => "high",
        MetricAim.Lowest => "low",
        MetricAim.Zero => "0",
        MetricAim.Level => "the share asked for",
        _ => "1",
    };

    private const string Introduction =
        """
        # Metrics, thresholds and verdicts

        *Generated from the code (`MetricReference.Generate`); a test keeps it current. With `LINTEL_UPDATE=1` that test writes it.*

        A design names metrics in `evaluate.metrics` and in `gates`. Each is printed for the test days and the validation days, with a 95 %
        interval and beside the same figure of every baseline on the same decisions. Test days choose nothing.

        ## The metrics

        Of a classification, ranking metrics read the *margin*, probability metrics the *calibrated* probability. A missing margin ranks last. An undefined figure
        is `null`, and the reason is reported. Of a regression they read the estimate and its quantiles, in the label's own unit.


        """;

    private static string Judging() =>
        $$"""
        ## Baselines

        `random` orders by chance, `prior` gives everyone the share of positives in train, an expression such as `amount` is a score by its
        value; of a regression `mean` is the mean of train and `median` the design's first model of that kind, without one the median of train. Only `prior` is a probability, so the others have no log loss, Brier score or calibration. For `cost` a baseline refuses and
        reviews as many decisions as the policy did, by its own order.

        ## Intervals

        {{ClusterBootstrap.DefaultReplicates}} replicates of the pigeonhole bootstrap (Owen, Annals of Applied Statistics 1(2), 2007): each draws as many keys as there
        are, and independently as many days, with replacement; a decision counts the copies of its key times the copies of its day. The
        interval runs from the 2.5th to the 97.5th percentile. It allows for decisions of one card that move together and for days that
        do; where neither happens it is wider than it need be (up to √3 times). Over few days, a week say, what days add to the uncertainty
        is itself known only roughly. Figures that are compared (a slice with the whole, a
        challenger with the champion) are taken from the same draws, pair by pair. An interval that is undefined in more than a tenth of
        the replicates is not given. The seed decides every draw; the number of threads changes nothing.

        ## Holds, broken, undecided

        A gate *holds* when its whole interval lies on the right side of the bound, is *broken* when it lies on the wrong one, and is
        *undecided* otherwise: shown, but it does not block. `slice auc: ">= 0.95 of all"` judges the ratio of each slice's figure to the whole's.
        Several slices are several chances to be unlucky, so a slice breaks its gate only when it is still rejected after Holm's
        correction (Scandinavian Journal of Statistics 6(2), 1979). Slices with fewer than {{GateJudge.LeastPositives}} positives are shown, not judged;
        of a regression those with fewer decisions.
        A capacity of reviewers holds when the 95th percentile of the daily count of all review rules together is within it (nearest rank
        over all days of the test period, quiet ones included).

        ## Splits

        Shares are of the time that is left once the gaps are taken out; the gap stands before validate and before test. Where every part
        is a day or longer, borders fall on midnights of the design's zone. A label counts for fitting only if it was known before the next
        part begins; for validate and test any label counts that the data holds. Early stopping, stacks and calibrators use out-of-fold
        scores: train is cut into blocks of time, and each is scored by a model that was fitted on what was known, at least the gap before.
        When train is too short for that, the gap is given up, and the version says so.

        ## Sampling

        `sample: { negatives: 10% }` keeps every positive and exactly that share of the negatives. The ledger adds ln(share kept) to the margin,
        which gives back the log-odds of the natural population: q = p / (p + (1 − p) / w).

        ## Thresholds

        Thresholds are margins, solved on the validation days, rule by rule, over the decisions that no earlier rule took and for which the
        rest of the condition holds.

        - `threshold(precision 90%)`: the lowest margin from which upward the precision is reached. Decisions whose label is unknown do not
          count.
        - `threshold(recall 50%)`: the highest margin at which this share of the positives that reach the rule is caught.
        - `threshold(top 80/day)`: the lowest margin that at most 80 decisions a day reach on average over the period.

        Decisions of equal margin stand or fall together. Where no margin reaches the goal the rule is off, and that is a finding. The
        threshold table shows what was reached on validation and on test, and the median, 95th percentile and maximum per day. A
        decision that fires whatever the threshold is (`card in blocklist or fraud >= threshold(top 80/day)`) uses up the count and takes
        no part in a precision.

        ## Calibration

        A margin is log-odds; a calibrator turns it into the probability that costs, prices and reports use, and never changes the order.
        `calibration` is the ratio of promised to seen positives, best at 1; `calibration-error` the mean distance between both over bins of
        equal mass. The calibration curve has twenty bins of equal mass, the highest parted at 99, 99.5 and 99.9 %.

        ## Letting through

        `let through: 1%` lets that share of the hardest outcome pass, drawn by a hash of the decision's id and the seed, so that replay gives
        the same answer. The decision record keeps the propensity, the chance with which the shown outcome was shown: the share for one
        that was let through, one less the share for one that was not, 1 for every other outcome.

        """;
}
