using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>bury 0.5 if seen_before &gt; 3</c>.</summary>
internal sealed class Bury : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "bury", typeof(Slots),
        "Multiplies scores by a factor below 1 where a condition holds, and orders anew; scores as `boost` means them.")
    {
        Sentence = "bury {factor} if {condition}",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new FactorStep(arguments.Condition(), arguments.Number("factor"));

    public sealed record Slots
    {
        [Parameter("1 changes nothing.", Min = 0.001, Max = 1)]
        public double Factor { get; init; } = 1;

        [Parameter("Over the candidate's row.")]
        public Expression? Condition { get; init; }
    }
}
