using Lintel.Decisions;
using Lintel.Design;
using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;

namespace Lintel.Training.Evaluation;

/// <summary>What each rule of a policy is worth: the judging period is decided again without it, thresholds unchanged, so that its
/// decisions fall to the rules behind it.</summary>
public static class RulePrices
{
    /// <summary>A policy run over the judging period with a rule left out.</summary>
    /// <param name="RuleOf">The rule that takes each decision, labelled or not.</param>
    /// <param name="Consequences">Of the labelled decisions.</param>
    public sealed record Run(int[] RuleOf, Consequences Consequences);

    /// <summary>The period that judges, decided by the whole policy.</summary>
    public sealed record Period
    {
        public required SystemDesign Design { get; init; }

        public required PolicyProgram Policy { get; init; }

        /// <summary>Every decision of the period.</summary>
        public required DecidedRows Rows { get; init; }

        public required int[] RuleOf { get; init; }

        /// <summary>By rule: decisions for which its condition holds.</summary>
        public required int[] Holds { get; init; }

        /// <summary>[rule, earlier rule]: of those, the ones that the earlier rule took.</summary>
        public required int[,] TakenBy { get; init; }

        /// <summary>By rule: decisions that it took where thresholds were solved.</summary>
        public required int[] Chosen { get; init; }

        /// <summary>By rule: no margin reaches the goal of its threshold.</summary>
        public required bool[] Off { get; init; }

        /// <summary>The labelled decisions, with the consequences of the whole policy.</summary>
        public required Judged Judged { get; init; }

        /// <summary>Runs the policy without a rule.</summary>
        public required Func<int, Run> Without { get; init; }

        /// <summary>The entity whose decisions move together in a resample.</summary>
        public string? ResampleBy { get; init; }

        public required ulong Seed { get; init; }

        public int Threads { get; init; } = 1;
    }

    /// <summary>Prices every rule that has a condition.</summary>
    public static IReadOnlyList<RulePriceResult> Of(Period period, CancellationToken cancellation = default)
    {
        var rules = period.Policy.Rules;
        int[] priced = [.. Enumerable.Range(0, rules.Count).Where(r => rules[r].Condition is not null)];
        if (priced.Length == 0) { return []; }
        Run[] runs = [.. priced.Select(r => period.Holds[r] == 0 ? new(period.RuleOf, period.Judged.Consequences!) : period.Without(r))];
        var clusters = Clusters.Of(period.Judged, period.ResampleBy);
        var ranked = RankedRows.Rank(period.Judged, clusters);
        Consequences[] all = [period.Judged.Consequences!, .. runs.Select(static r => r.Consequences)];
        var costed = (all[0].Missed ?? all[0].Blocked ?? all[0].Review ?? all[0].Challenge) is not null;
        var metrics = new List<PreparedMetric>();
        foreach (var consequences in all)
        {
            metrics.Add(costed ? CostOf(ranked, consequences) : PreparedMetric.Undefined("the design names no costs"));
            metrics.Add(new CaughtShare(ranked, consequences));
        }
        var figures = new ClusterBootstrap(clusters, ClusterBootstrap.DefaultReplicates, period.Seed)
            .Evaluate([new(ranked, metrics)], period.Threads, cancellation)[0];
        var reviews = Reviews(period, period.RuleOf);
        return [.. priced.Select((rule, i) =>
        {
            var (count, precision) = Took(period, rule);
            var taker = Enumerable.Range(0, rule).OrderByDescending(r => period.TakenBy[rule, r]).FirstOrDefault(-1);
            var taken = taker < 0 ? 0 : period.TakenBy[rule, taker];
            var after = Reviews(period, runs[i].RuleOf);
            return new RulePriceResult(
                rule, rules[rule].Rule.Text, period.Design.Outcomes[rules[rule].Outcome], period.Chosen[rule], count, period.Holds[rule],
                precision, Price(figures[0], figures[(2 * i) + 2]), Price(figures[1], figures[(2 * i) + 3]),
                new(reviews, after, after - reviews, null), taken == 0 ? null : taker, taken)
            {
                IsOff = period.Off[rule],
            };
        })];
    }

    private static RowMean CostOf(RankedRows ranked, Consequences consequences)
    {
        var costs = new double[ranked.Count];
        for (var i = 0; i < costs.Length; i++) { costs[i] = consequences.CostOf(ranked.Order[i], (float)ranked.Labels[i]); }
        return new(costs, "no decision has a cost");
    }

    private static PriceResult? Price(BootstrapFigure with, BootstrapFigure without)
    {
        if (with.Value is not { } before || without.Value is not { } after) { return null; }
        var change = BootstrapFigure.Paired(with, without, static (a, b) => b - a);
        return new(before, after, after - before, after == before ? null : change.Interval?.ToArray());
    }

    private static (int Count, double? Precision) Took(Period period, int rule)
    {
        int count = 0, known = 0, positives = 0;
        for (var row = 0; row < period.RuleOf.Length; row++)
        {
            if (period.RuleOf[row] != rule) { continue; }
            count++;
            if (float.IsNaN(period.Rows.Labels[row])) { continue; }
            known++;
            positives += period.Rows.Labels[row] > 0 ? 1 : 0;
        }
        return (count, known == 0 ? null : (double)positives / known);
    }

    private static double Reviews(Period period, int[] ruleOf) =>
        ruleOf.Count(rule => period.Design.OutcomeDesigns[period.Policy.OutcomeOf(rule)].Role == OutcomeRole.Reviewed)
        / (double)period.Rows.DayCount;

    /// <summary>Share of positives that do not simply pass: refused and reviewed ones, and of challenged ones the share that the
    /// challenge stops.</summary>
    private sealed class CaughtShare : PreparedMetric
    {
        private readonly double[] _labels;
        private readonly double[] _caught;

        internal CaughtShare(RankedRows ranked, Consequences consequences)
        {
            _labels = ranked.Labels;
            _caught = new double[ranked.Count];
            for (var i = 0; i < _caught.Length; i++)
            {
                var row = ranked.Order[i];
                _caught[i] = consequences.Roles[row] switch
                {
                    OutcomeRole.Passed => 0,
                    OutcomeRole.Challenged => consequences.Stops?[row] ?? 0,
                    _ => 1,
                };
            }
        }

        public override string UndefinedBecause => "there are no positives";

        public override double Evaluate(RowWeights weights)
        {
            double caught = 0, positives = 0;
            for (var i = 0; i < _labels.Length; i++)
            {
                var weight = weights.Rows[i] * _labels[i];
                positives += weight;
                caught += weight * _caught[i];
            }
            return positives > 0 ? caught / positives : double.NaN;
        }
    }
}
