using Lintel.Decisions;
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

    private ReviewPlan(CompiledDesign compiled, EventDesign verdict, int column)
    {
        var design = compiled.Design;
        (Verdict, Column) = (verdict, column);
        _reviewed = [.. OutcomeRoles.Of(design.Outcomes).Select(static r => r == OutcomeRole.Reviewed)];
        _priority = null;
        _missed = compiled.Costs.FirstOrDefault(static c => c.Name == "missed")?.Program;
        CapacityPerDay = design.Requirements.ReviewersPerDay;
    }

    /// <summary>The event whose records are verdicts; it is about the decided event.</summary>
    public EventDesign Verdict { get; }

    /// <summary>Index of the column that holds the verdict: yes or no.</summary>
    public int Column { get; }

    /// <summary>How long a claim holds.</summary>
    public TimeSpan Lock { get; } = TimeSpan.FromMinutes(15);

    /// <summary>A verdict should come this soon; null: nothing is said.</summary>
    public TimeSpan? Within { get; }

    /// <summary>Verdicts that reviewers can give in a day; null: nothing is claimed.</summary>
    public double? CapacityPerDay { get; }

    /// <summary>The plan of a design; null: it says nothing of reviews.</summary>
    public static ReviewPlan? Of(CompiledDesign compiled)
    {
        var verdict = compiled.Design.Events.FirstOrDefault(e =>
            e.Name == "inspection" && e.About?.Event.Number == compiled.Design.Decision.Each.Number);
        return verdict is null ? null : new(compiled, verdict, verdict.Find("fraud"));
    }

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
