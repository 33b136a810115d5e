using Lintel.Design;
using Lintel.Features;

namespace Lintel.Pipeline.Live.Reviews;

/// <summary>What a design says of human review, ready to run: which outcomes a person looks at, how items are ordered,
/// and which event holds their verdicts. Immutable.</summary>
public sealed class ReviewPlan
{
    private readonly bool[] _reviewed;
    private readonly ExpressionProgram? _priority;
    private readonly ExpressionProgram? _missed;

    private ReviewPlan(CompiledDesign compiled, ReviewsDesign reviews)
    {
        Design = reviews;
        _reviewed = [.. compiled.Design.OutcomeDesigns.Select(static o => o.Role == OutcomeRole.Reviewed)];
        _priority = compiled.ReviewPriority;
        _missed = compiled.Costs.FirstOrDefault(static c => c.Name == "missed")?.Program;
        CapacityPerDay = compiled.Design.Requirements.ReviewersPerDay;
    }

    /// <summary>As the design says it: the verdict's event, how long a claim holds, when a verdict is due.</summary>
    public ReviewsDesign Design { get; }

    /// <summary>Name of the field that holds the verdict.</summary>
    public string Field => Design.Verdict.Columns[Design.VerdictColumn].Name;

    /// <summary>Verdicts that reviewers can give in a day; null: nothing is claimed.</summary>
    public double? CapacityPerDay { get; }

    /// <summary>The plan of a design; null: it says nothing of reviews.</summary>
    public static ReviewPlan? Of(CompiledDesign compiled) =>
        compiled.Design.Reviews is { } reviews ? new(compiled, reviews) : null;

    /// <summary>Whether a shown outcome waits for a person.</summary>
    /// <param name="outcome">Index into the design's outcomes.</param>
    internal bool Reviews(int outcome) => outcome >= 0 && _reviewed[outcome];

    /// <summary>Ranks a decision: what is at stake, and where it stands in the queue.</summary>
    /// <remarks>By default p × the cost of a miss. A decision whose scoring failed has no p: it counts as certain, since
    /// nothing speaks for it. A priority that is missing is what is at stake, else 0.</remarks>
    internal void Rank(DecisionRecord decision)
    {
        var stake = _missed?.Evaluate(decision.Registers) ?? double.NaN;
        var sure = double.IsNaN(decision.Probability) ? 1 : decision.Probability;
        var priority = _priority is null || decision.Failed
            ? sure * (double.IsNaN(stake) ? 1 : stake)
            : _priority.Evaluate(decision.Registers);
        decision.Stake = stake;
        decision.Priority = !double.IsNaN(priority) ? priority : double.IsNaN(stake) ? 0 : stake;
    }
}
