using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Ranking;

/// <summary>Findings that only a run of a ranking can have: a line of the policy that cannot be kept, a source that finds nothing of its
/// own, a metric that is undefined.</summary>
internal static class RankingFindings
{
    /// <summary>A line that fails more often than this is told of.</summary>
    private const double OftenInfeasible = 0.01;

    /// <summary>A source that finds less than this share alone is told of.</summary>
    private const double LittleAlone = 0.002;

    /// <summary>And whose first items hold less than this share of what the best source's hold: one that finds much of what others
    /// find tells the ranker what they agree on.</summary>
    private const double LittleAtAll = 0.5;

    public static IEnumerable<FindingResult> Of(SystemDesign design, RankingEvaluation evaluation)
    {
        foreach (var step in evaluation.Steps.Where(static s => s.Infeasible > OftenInfeasible))
        {
            yield return New(
                "LT0496", design.Policy[step.Line].At, 8, $"line '{step.Text}' cannot be kept for {step.Infeasible:0.0%} of the requests",
                "there are too few candidates that it asks for", "ask for less, or raise the quota of a source that offers them",
                "What does the page show when a rule cannot be satisfied?");
        }
        var best = evaluation.Retrieval.Where(static r => r.OnlyHere is not null).Select(FirstRecall).DefaultIfEmpty().Max();
        foreach (var source in evaluation.Retrieval.Where(r => r.OnlyHere is < LittleAlone && FirstRecall(r) < LittleAtAll * best))
        {
            var at = design.Decision.Ranking!.Candidates.First(c => c.Name == source.Source).At;
            yield return New(
                "LT0497", at, 4, $"source '{source.Source}' finds next to nothing that no other finds",
                $"{source.OnlyHere:0.00%} of what was relevant came from it alone, of {source.Offered:0} items that it offered",
                "lower its quota, or leave it out: its candidates cost latency",
                "What does each candidate source add that the others do not have?");
        }
        foreach (var (metric, reason) in evaluation.Pages.Undefined)
        {
            yield return New(
                "LT0492", design.Evaluate.At, 7, $"metric '{metric}' is undefined on the test rows", reason,
                "choose another metric, or a test part that defines it", "What does the metric say when its denominator is empty?");
        }
    }

    private static double FirstRecall(RetrievalResult source) => source.At.Count > 0 ? source.At[0].Recall : 0;

    private static FindingResult New(
        string code, SourceSpan at, int step, string message, string evidence, string fix, string question) =>
        new(code, "warning", at.File, at.Line, at.Column, message, evidence, fix) { Step = step, Question = question, Rule = message };
}
