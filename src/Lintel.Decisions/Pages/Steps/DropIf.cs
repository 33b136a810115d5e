using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>drop if movie.maturity &gt; 16 and user.age &lt; 16</c>.</summary>
internal sealed class DropIf : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "drop if", typeof(Slots),
        "Removes candidates for which a condition holds; a missing condition does not hold.")
    {
        Sentence = "drop if {condition}",
    };

    public IPageStep Compile(StepArguments arguments) => new DropStep(arguments.Condition());

    public sealed record Slots
    {
        [Parameter("Over the candidate's row.")]
        public Expression? Condition { get; init; }
    }
}

/// <summary>Removes whom a test means.</summary>
internal sealed class DropStep(CandidateTest test) : IPageStep
{
    public StepRole Role => StepRole.Removes;

    public void Apply(Page page)
    {
        var order = page.Order;
        var kept = 0;
        foreach (var candidate in order)
        {
            if (test.Holds(page.Registers(candidate))) { page.Mark(candidate); }
            else { order[kept++] = candidate; }
        }
        page.Shorten(kept);
    }
}
