using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Features;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>rank by 0.7 * like + 0.3 * finish</c>: another value than the final model's score.</summary>
internal sealed class RankBy : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "rank by", typeof(Slots),
        "Orders by a formula's value, best first; a candidate without a value stands last.")
    {
        Sentence = "rank by {value}",
    };

    public IPageStep Compile(StepArguments arguments) => new Step(arguments.Program("value"));

    public sealed record Slots
    {
        [Parameter("Over the candidate's row: scores of models (probabilities), features, prices.")]
        public Expression? Value { get; init; }
    }

    private sealed class Step(ExpressionProgram value) : IPageStep
    {
        public StepRole Role => StepRole.Rescores;

        public void Apply(Page page)
        {
            foreach (var candidate in page.Order)
            {
                page.Scores[candidate] = value.Evaluate(page.Registers(candidate));
            }
            page.HasMargins = false;
            page.Sort();
        }
    }
}
