using Lintel.Design.Diagnostics;
using Lintel.Design.Expressions;

namespace Lintel.Training.Review.Rules;

/// <summary>A gate that chance passes guards nothing.</summary>
internal sealed class GateNeverFails : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0475", "A gate that a random score passes", Severity.Warning, EvidenceKind.Design,
        "What does a coin score on this gate?",
        "The gate's bound against the figure of a random score: 0.5 for AUC, the base rate for average precision and precision.",
        "Put the bound above the trivial baselines, near what the last version reached.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        foreach (var gate in subject.Design.Evaluate.Gates)
        {
            if (gate.RelativeToAll || gate.Comparison is not (BinaryOperator.Greater or BinaryOperator.GreaterOrEqual)) { continue; }
            var chance = gate.Metric.Kind switch
            {
                "auc" => 0.5,
                "average-precision" or "precision" => subject.BaseRate ?? 0,
                _ => 0.0,
            };
            if (gate.Bound <= chance)
            {
                yield return new(gate.At, $"a random score passes the gate '{gate.Text}'",
                    $"bound {Measure.Number(gate.Bound, 4)}, random {Measure.Number(chance, 4)}");
            }
        }
    }
}
