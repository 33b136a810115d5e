using Lintel.Design;
using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;
using Lintel.Pipeline.Versions;

namespace Lintel.Training.Review;

/// <summary>Reads a design as a careful interviewer would, and answers each question with what the data say.</summary>
public static class Reviewer
{
    /// <summary>Rows of the feature matrix that the rules read, evenly taken: enough to see a leak, a twin or a shift to the third
    /// digit, and a million rows then cost no more.</summary>
    private const int MaxFeatureRows = 200_000;

    /// <summary>Every finding, by step of the framework, then the gravest first, then by line.</summary>
    /// <param name="evidence">Null: the design alone is read.</param>
    public static IReadOnlyList<FindingResult> Review(SystemDesign design, ReviewEvidence? evidence) =>
        Review(design, evidence, ReviewRules.All);

    internal static IReadOnlyList<FindingResult> Review(
        SystemDesign design, ReviewEvidence? evidence, IEnumerable<IReviewRule> rules)
    {
        var subject = new ReviewSubject(design, evidence is { Features: { } features }
            ? evidence with { Features = features.Thinned(MaxFeatureRows) } : evidence);
        var use = design.Decision.Kind switch
        {
            DecisionKind.Classification => DecisionUse.Classification,
            DecisionKind.Regression => DecisionUse.Regression,
            _ => DecisionUse.Ranking,
        };
        return
        [
            .. rules
                .Where(rule => rule.Card.For.HasFlag(use))
                .SelectMany(rule => rule.Check(subject).Select(finding => (rule.Card, Finding: finding)))
                .OrderBy(static x => x.Card.Step)
                .ThenByDescending(static x => x.Finding.Severity ?? x.Card.Severity)
                .ThenBy(static x => x.Card.Code, StringComparer.Ordinal)
                .ThenBy(static x => x.Finding.At.Line)
                .Select(x => ToResult(x.Card, x.Finding, design)),
        ];
    }

    /// <summary>Whether a finding stops what comes after: an error that the design does not override with a reason.</summary>
    public static bool Blocks(FindingResult finding) => finding is { Severity: "error", Because: null };

    private static FindingResult ToResult(RuleCard card, Finding finding, SystemDesign design)
    {
        var at = finding.At.File is null ? new SourceSpan(design.Path, 1, 1) : finding.At;
        return new(
            card.Code, (finding.Severity ?? card.Severity).ToString().ToLowerInvariant(), at.File, at.Line, at.Column,
            finding.Message, finding.Evidence, finding.Fix ?? card.Fix)
        {
            Rule = card.Title,
            Step = card.Step,
            Question = card.Question,
            Because = finding.Because,
        };
    }
}
