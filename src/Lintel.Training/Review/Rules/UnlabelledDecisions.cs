using Lintel.Design.Diagnostics;
using Lintel.Training.Fitting;

namespace Lintel.Training.Review.Rules;

/// <summary>Decisions whose truth never arrives are rarely like the others.</summary>
internal sealed class UnlabelledDecisions : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0433", "Decisions without a label", Severity.Warning, EvidenceKind.Labels,
        "Which cases never get a label, and are they like those that do?",
        "Share of decisions for which no label is known although the longest measured delay has passed; a note from 1 %, a "
        + "warning from 20 %.",
        "Find out what keeps labels away; if it depends on the decision, let a share through and learn from that.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Evidence.Labels is not { } labels || subject.LabelDelays is not { Length: > 0 } delays) { yield break; }
        var times = subject.Times;
        var end = subject.History!.Order.Length == 0 ? 0 : subject.History.Order[^1].Known;
        var ended = Ended(subject);
        long mature = 0, missing = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            if (times[row] + delays[^1] > end || ended.Contains(row)) { continue; }
            mature++;
            if (double.IsNaN(labels[row])) { missing++; }
        }
        var share = mature == 0 ? 0 : (double)missing / mature;
        if (share >= 0.01)
        {
            yield return new(subject.Design.Decision.At, "no label ever arrived for a part of the decisions",
                $"{Measure.Share(share)} of {Measure.Number(mature, 0)} decisions older than {Measure.Duration(delays[^1])}")
            {
                Severity = share >= 0.2 ? Severity.Warning : Severity.Note,
            };
        }
    }

    /// <summary>Decisions that were ended without a label are no riddle: the design names what ends them, and weighs for it.</summary>
    private static HashSet<int> Ended(ReviewSubject subject)
    {
        var ended = new HashSet<int>();
        if (subject.Design.Decision.Censored is not { } censored || subject.History is not { } history) { return ended; }
        var decisions = new DecisionsAbout(history, censored);
        for (var row = 0; row < history.Tables[censored.Number].RowCount; row++)
        {
            foreach (var decision in decisions.Of(row)) { ended.Add(decision); }
        }
        return ended;
    }
}
