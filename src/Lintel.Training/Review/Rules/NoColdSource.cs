using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review.Rules;

/// <summary>Who has no history gets nothing from sources that ask for one, and so does what has none.</summary>
internal sealed class NoColdSource : IReviewRule
{
    /// <summary>Sources that offer something to anybody.</summary>
    private static readonly string[] ForAnybody = ["popular", "newest"];

    public RuleCard Card { get; } = new(
        "LT0467", "Nothing for a new visitor, or for a new item", Severity.Warning, EvidenceKind.Design,
        "What does the first page of a new visitor show, and how does a new item ever get its first click?",
        "Kinds of the candidate sources: 'popular' or 'newest' answer somebody without a history; 'newest' offers items without one.",
        "Add 'trending: { kind: popular, from: EVENT, over: 7d, take: 50 }' and 'fresh: { kind: newest, take: 30 }'.");

    public IEnumerable<Finding> Check(ReviewSubject subject)
    {
        if (subject.Design.Decision.Ranking is not { Candidates.IsEmpty: false } ranking) { yield break; }
        var kinds = string.Join(", ", ranking.Candidates.Select(static c => c.Kind).Distinct());
        if (!ranking.Candidates.Any(static c => ForAnybody.Contains(c.Kind)))
        {
            yield return new(ranking.Candidates[0].At, "a visitor without a history gets no candidate",
                $"{ranking.Candidates.Length} sources, 0 that need no history ({kinds})");
        }
        else if (ranking.Of.From is not null && ranking.Candidates.All(static c => c.Kind != "newest"))
        {
            // without a 'from' nothing says what is new
            yield return new(ranking.Candidates[0].At, $"a new {ranking.Of.Name} is a candidate only after others found it by themselves",
                $"{ranking.Candidates.Length} sources, 0 of kind newest ({kinds})")
            {
                Severity = Severity.Note,
                Fix = "Add 'fresh: { kind: newest, take: 30 }', and a line such as 'at least 1 of fresh' to the policy.",
            };
        }
    }
}
