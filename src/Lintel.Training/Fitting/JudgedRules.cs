using Lintel.Decisions;
using Lintel.Pipeline.Versions;
using Lintel.Training.Evaluation;

namespace Lintel.Training.Fitting;

/// <summary>What each rule of a trained policy did on the test decisions, and what it is worth there.</summary>
internal static class JudgedRules
{
    /// <param name="rows">Every test decision.</param> <param name="ruleOf">The rule that took each.</param>
    /// <param name="part">The labelled ones, and their places among all.</param>
    public static IReadOnlyList<RulePriceResult> Of(
        Pipeline.CompiledDesign compiled, PolicySolution solution, DecidedRows rows, int[] ruleOf,
        (ScoredRows Rows, int[] Places) part, Metrics.Judged judged, ulong seed, int threads, CancellationToken cancellation)
    {
        var policy = compiled.Policy;
        if (judged.Consequences is null || judged.Count == 0) { return []; }
        var chosen = new int[policy.Rules.Count];
        foreach (var rule in solution.RuleOf) { chosen[rule]++; }
        var (holds, takenBy) = (new int[chosen.Length], new int[chosen.Length, chosen.Length]);
        _ = new PolicySimulation(policy, compiled.Plan, rows).Run(solution.Thresholds, visit: (_, taken, registers) =>
        {
            for (var rule = 0; rule < holds.Length; rule++)
            {
                if (!policy.Holds(rule, registers)) { continue; }
                holds[rule]++;
                takenBy[rule, taken]++;
            }
        });
        return RulePrices.Of(
            new()
            {
                Design = compiled.Design,
                Policy = policy,
                Rows = rows,
                RuleOf = ruleOf,
                Holds = holds,
                TakenBy = takenBy,
                Chosen = chosen,
                Off = [.. policy.Rules.Select((_, rule) => solution.Solved.Any(s => s.Rule == rule && s.Margin is null))],
                Judged = judged,
                Without = rule =>
                {
                    var without = ThresholdSolver.Apply(policy, compiled.Plan, solution.Thresholds, rows, rule);
                    return new(without, part.Rows.Consequences([.. part.Places.Select(i => without[i])]));
                },
                ResampleBy = judged.Keys.Keys.FirstOrDefault(),
                Seed = seed,
                Threads = threads,
            },
            cancellation);
    }
}
