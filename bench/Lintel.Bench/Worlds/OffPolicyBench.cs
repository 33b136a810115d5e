using System.Diagnostics;
using Lintel.Training.Ranking.OffPolicy;
using Lintel.Worlds.Movies;

namespace Lintel.Bench.Worlds;

/// <summary>How often do the intervals of off-policy estimates hold the truth? Many logs of the movies world: each
/// draws users with all of their visits, exploration, and what was liked; the target puts the logged pool in an order
/// of its own, and explores as much. Its value is known exactly. Arguments: runs (1,000), visits of a log
/// (6,000).</summary>
internal static class OffPolicyBench
{
    private const double Low = 0.935, High = 0.965;

    private static readonly string[] Estimators = ["ips", "snips", "dr"];

    public static int Run(string[] arguments)
    {
        var runs = arguments.Length > 0 ? int.Parse(arguments[0]) : 1_000;
        var visits = arguments.Length > 1 ? int.Parse(arguments[1]) : 6_000;
        var started = Stopwatch.GetTimestamp();
        var pages = new ExploredPages(MoviesTruth.Of(new()));
        Console.WriteLine($"movies world: {pages.VisitCount:N0} visits of {pages.UserCount:N0} users drawn in "
            + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        var answers = new OffPolicyAnswer[runs];
        started = Stopwatch.GetTimestamp();
        Parallel.For(0, runs, new() { MaxDegreeOfParallelism = 2 }, run =>
        {
            var (log, target) = pages.Draw(visits, (ulong)run);
            answers[run] = OffPolicyEvaluator.Evaluate(log, target);
        });
        var estimated = answers.OfType<OffPolicyAnswer.Estimated>().ToArray();
        Console.WriteLine(
            $"{runs:N0} logs of about {visits:N0} visits in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {runs - estimated.Length} refused; "
            + $"the logging policy earns {estimated.Average(static e => e.Logged):0.0000} a page, the target {pages.Truth:0.0000} (exactly)");
        Console.WriteLine(
            $"effective exposures {estimated.Average(static e => e.EffectiveCount):0}, largest weight {estimated.Max(static e => e.MaxWeight):0}");
        var fine = true;
        foreach (var estimator in Estimators) { fine &= Report(estimator, estimated, pages.Truth); }
        return fine && estimated.Length == runs ? 0 : 1;
    }

    private static bool Report(string estimator, OffPolicyAnswer.Estimated[] answers, double truth)
    {
        var estimates = answers.Select(a => a.Of(estimator)).ToArray();
        var mean = estimates.Average(static e => e.Value);
        var error = Math.Sqrt(estimates.Average(e => (e.Value - mean) * (e.Value - mean)) / estimates.Length);
        var covered = estimates.Average(e => e.Interval.Low <= truth && truth <= e.Interval.High ? 1.0 : 0);
        var width = estimates.Average(static e => e.Interval.High - e.Interval.Low);
        var holds = covered is >= Low and <= High;
        Console.WriteLine(
            $"{estimator,-6} mean {mean:0.0000} ± {1.96 * error:0.0000}, mean width of the 95 % interval {width:0.0000}, "
            + $"covers the truth in {covered:0.0%} (goal {Low:0.0%} to {High:0.0%}){(holds ? "" : "  MISSED")}");
        return holds;
    }
}
