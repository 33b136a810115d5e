using System.Text;
using Lintel.Design.Diagnostics;

namespace Lintel.Training.Review;

/// <summary>The page <c>docs/framework.md</c>: the eight steps of a system design, and what the review asks at each, written from
/// the rules themselves so that it cannot say anything else.</summary>
public static class FrameworkReference
{
    /// <summary>Names of the steps; the step is the index plus one.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        "Problem", "Requirements and metrics", "Formulation and labels", "Data and split", "Features", "Models and training",
        "Evaluation", "Serving, policy, monitoring, retraining",
    ];

    /// <summary>The whole page in Markdown, ending in a line break.</summary>
    public static string Generate()
    {
        var page = new StringBuilder();
        page.Append(
            $"""
            # The framework, as the review asks it

            `lintel review FILE` reads a design in eight steps, the order in which a system design is best told. Each rule below is a question
            that an experienced interviewer would ask, the number that answers it, and what to do about a bad answer. With data
            (`lintel review FILE --data FOLDER`, or inside `lintel train`) the numbers are measured on your records; a rule that needs more
            than there is stays silent. There are {ReviewRules.All.Count} rules.

            An *error* blocks training and promotion. Where the grammar takes `because:`, a reason given there lifts the block, and the finding
            stays on record with it. A *warning* is shown; a *note* informs.

            This page is generated from the rules.


            """);
        foreach (var step in ReviewRules.All.GroupBy(static r => r.Card.Step))
        {
            page.Append($"## {step.Key}. {Steps[step.Key - 1]}\n\n");
            foreach (var rule in step) { Append(page, rule.Card); }
        }
        return page.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder page, RuleCard card)
    {
        page.Append($"### {card.Code} · {card.Title}\n\n");
        page.Append($"> {card.Question}\n\n");
        page.Append($"- **Measured:** {card.Measures}\n");
        page.Append($"- **Fix:** {card.Fix}\n");
        page.Append($"- **Weight:** {Weight(card.Severity)} · **needs** {Needs(card.Needs)}\n\n");
    }

    private static string Weight(Severity severity) => severity switch
    {
        Severity.Error => "error (blocks)",
        Severity.Warning => "warning",
        _ => "note",
    };

    private static string Needs(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Design => "the design alone",
        EvidenceKind.Records => "the records",
        EvidenceKind.Labels => "the records and their labels",
        EvidenceKind.Split => "the records, parted by the split",
        EvidenceKind.Policy => "a trained policy's decisions",
        _ => "the feature matrix",
    };
}
