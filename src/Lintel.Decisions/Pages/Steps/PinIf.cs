using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>pin if movie.franchise = "Dune" at 1</c>.</summary>
internal sealed class PinIf : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "pin if", typeof(Slots),
        "Puts the best candidate for which a condition holds at a position of the page.")
    {
        Sentence = "pin if {condition} at {position}",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new PinStep(arguments.Condition(), arguments.Count("position", 1));

    public sealed record Slots
    {
        [Parameter("Over the candidate's row.")]
        public Expression? Condition { get; init; }

        [Parameter("From 1. Of two lines with one position, the later takes the next.", Min = 1, Max = 1_000)]
        public int Position { get; init; } = 1;
    }
}
