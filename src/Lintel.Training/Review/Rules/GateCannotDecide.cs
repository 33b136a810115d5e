using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Design;
using Lintel.Training.Splits;

namespace Lintel.Training.Review.Rules;

/// <summary>A gate narrower than the noise always says "undecided", and blocks nothing.</summary>
internal sealed class GateCannotDecide : IReviewRule
{
    private static readonly string[] Proportions = ["average-precision", "precision", "recall", "key-precision"];

    public RuleCard Card { get; } = new(
        "LT0474", "A gate that this test part cannot decide", Severity.Warning, EvidenceKind.Split,
        "How much worse would a version have to be before this gate noticed?",
        "Half the width of the 95 % interval at the bound, from the positives of test (Hanley and McNeil for AUC, binomial over the "
        + "positives for shares): a finding from a tenth of the bound, or when bound plus half width reaches 1.",
        "Lengthen the test part, or gate a metric that moves more.")
    {
        For = DecisionUse.Conditions,
    };

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Count(SplitPart.Test) is not { Positives: > 0 } test) { yield break; }
        foreach (var gate in subject.Design.Evaluate.Gates)
        {
            if (gate.RelativeToAll || gate.Bound is <= 0 or >= 1 || HalfWidth(gate, test) is not { } half) { continue; }
            var never = gate.Comparison is BinaryOperator.Greater or BinaryOperator.GreaterOrEqual && gate.Bound + half >= 1;
            if (never || half > gate.Bound / 10)
            {
                yield return new(gate.At, never
                        ? $"the gate '{gate.Text}' can never be said to hold with this test part"
                        : $"the gate '{gate.Text}' is finer than this test part can tell",
                    $"bound {Measure.Number(gate.Bound, 3)} ± {Measure.Number(half, 3)} with {Measure.Number(test.Positives, 0)} positives");
            }
        }
    }

    private static double? HalfWidth(GateDesign gate, PartCount test) => gate.Metric.Kind switch
    {
        "auc" => 1.96 * Measure.AucError(gate.Bound, test.Positives, test.Rows - test.Positives),
        var kind when Proportions.Contains(kind) => 1.96 * Math.Sqrt(gate.Bound * (1 - gate.Bound) / test.Positives),
        _ => null,
    };
}
