using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Pipeline.Versions;
using Lintel.Training.Splits;

namespace Lintel.Training.Fitting;

/// <summary>Findings that only a run can have: a rule that no threshold turns on, a metric that the test rows do not define, folds that
/// could not keep the gap.</summary>
internal static class RunFindings
{
    /// <summary>Below this share of effective decisions the weights are told of.</summary>
    private const double SmallShare = 0.5;

    public static IEnumerable<FindingResult> Of(SystemDesign design, JudgedSystem judged, ForwardChain chain)
    {
        foreach (var solved in judged.Policy.Solved)
        {
            if (solved.Fault is { } fault)
            {
                yield return New(
                    "LT0491", design.Policy[solved.Rule].At, 8, $"rule '{solved.Text}' is off", fault,
                    "ask for less (a lower precision, a smaller count), or bring more labelled decisions",
                    "What happens to a rule whose goal no score reaches?");
            }
            foreach (var segment in solved.Segments.Where(static s => s.Fault is not null).Take(3))
            {
                yield return New(
                    "LT0494", design.Policy[solved.Rule].At, 8,
                    $"rule '{solved.Text}' has no threshold of its own for '{segment.Value}', and takes that of all",
                    segment.Fault!, "part by something coarser, ask for less, or bring more labelled decisions",
                    "Which part of your cases is too small to be tuned for?");
            }
        }
        foreach (var (metric, reason) in judged.Evaluation.Undefined)
        {
            yield return New(
                "LT0492", design.Evaluate.At, 7, $"metric '{metric}' is undefined on the test rows", reason,
                "choose another metric, or a test part that defines it", "What does the metric say when its denominator is empty?");
        }
        if (judged.TestEffective is { } effective && effective < SmallShare * judged.TestRows)
        {
            yield return New(
                "LT0495", design.Evaluate.At, 7, "few decisions that were let through stand for all that were refused",
                $"{judged.TestRows:N0} labelled decisions of test tell as much as {effective:N0} of equal weight ({Review.Measure.Share(effective / judged.TestRows)})",
                "let more through ('let through:' in 'serve:'), or judge over more days: intervals are as wide as the smaller number makes them",
                "How many labels do you really have of what you refuse?");
        }
        if (!chain.GapKept && design.Models.Any(static m => !m.Of.IsEmpty || m.Calibrate is not null))
        {
            yield return New(
                "LT0493", design.Split.At, 6, "out-of-fold scores could not keep the gap",
                $"{chain.ScoredCount:N0} rows were scored by fits on earlier rows of the same stretch, whose labels were not all known by then",
                "lengthen the train part to several times the label's delay",
                "Do the stack and the calibrator see scores as they will be when serving?");
        }
    }

    private static FindingResult New(
        string code, SourceSpan at, int step, string message, string evidence, string fix, string question) =>
        new(code, "warning", at.File, at.Line, at.Column, message, evidence, fix) { Step = step, Question = question, Rule = message };
}
