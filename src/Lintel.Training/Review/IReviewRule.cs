using Lintel.Design.Diagnostics;
using Lintel.Design.Kinds;

namespace Lintel.Training.Review;

/// <summary>One thing that a careful reader of a system design asks, with the measurement that answers it. A rule is one file in
/// <c>Rules</c> and one line in <see cref="ReviewRules.All"/>; it is stateless.</summary>
public interface IReviewRule
{
    /// <summary>What the reference page says of it; the same for every finding.</summary>
    RuleCard Card { get; }

    /// <summary>Findings, none when the design is sound here. A rule that needs evidence which is not there stays silent.</summary>
    IEnumerable<Finding> Check(ReviewSubject subject);
}

/// <summary>The part of a rule that does not depend on a design.</summary>
/// <param name="Code"><c>LT04</c>, the step, and a digit.</param>
/// <param name="Title">The fault in a few words.</param>
/// <param name="Severity">Of its gravest finding: a note informs, a warning is shown, an error blocks.</param>
/// <param name="Needs">The least evidence with which it can speak.</param>
/// <param name="Question">What an interviewer would ask.</param>
/// <param name="Measures">What is measured, with the bound.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record RuleCard(
    string Code, string Title, Severity Severity, EvidenceKind Needs, string Question, string Measures, string Fix)
{
    /// <summary>Decisions that it has something to say of.</summary>
    public DecisionUse For { get; init; } = DecisionUse.All;

    /// <summary>Step of the framework, 1 to 8: the third digit of the code.</summary>
    public int Step => Code[4] - '0';
}

/// <summary>What a rule has to see besides the design.</summary>
public enum EvidenceKind
{
    Design,
    /// <summary>The records of the sources.</summary>
    Records,
    /// <summary>The label of each decision.</summary>
    Labels,
    /// <summary>Which part of the split each decision fell into.</summary>
    Split,
    /// <summary>The feature matrix.</summary>
    Features,
    /// <summary>What the trained policy decided on the test part.</summary>
    Policy,
}

/// <summary>One finding of a rule.</summary>
/// <param name="At">The line of the design that it speaks of; default: the file's first.</param>
/// <param name="Message">What is wrong here, by name.</param>
/// <param name="Evidence">The measured number, with its unit and the bound it is held against.</param>
public sealed record Finding(SourceSpan At, string Message, string Evidence)
{
    /// <summary>Where it weighs less than the rule's gravest; null: the rule's own.</summary>
    public Severity? Severity { get; init; }

    /// <summary>A cure more exact than the rule's; null: the rule's own.</summary>
    public string? Fix { get; init; }

    /// <summary>The reason with which the design overrides it; it then does not block, and stays on record.</summary>
    public string? Because { get; init; }
}
