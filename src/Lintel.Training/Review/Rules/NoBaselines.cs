using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>A figure without a trivial competitor says nothing.</summary>
internal sealed class NoBaselines : IReviewRule
{
    public RuleCard Card { get; } = new(
        "LT0471", "No trivial baseline", Severity.Warning, EvidenceKind.Design,
        "What would you get by sorting by amount?",
        "The number of baselines, without 'random' and 'prior'; at least one that a person could use is expected. A ranking "
        + "always stands beside the popular, a random order, and each of its sources.",
        "Add a baseline such as the most telling single field: 'baselines: [random, amount]'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Decision.Ranking is not null) { yield break; }       // popular, random and each source always compete
        var baselines = subject.Design.Evaluate.Baselines;
        var useful = baselines.Count(static b => b.Value is not null || b.Name == "median");
        if (useful == 0)
        {
            yield return new(subject.Design.Evaluate.At, "no rule of thumb stands beside the model's figures",
                $"{baselines.Length} baselines, {useful} that a person could use")
            {
                Severity = baselines.IsEmpty ? Severity.Warning : Severity.Note,
            };
        }
    }
}
