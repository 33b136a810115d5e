using Lintel.Design.Expressions;
using Lintel.Design.Kinds;
using Lintel.Features;

namespace Lintel.Decisions.Promises.Steps;

/// <summary><c>keep last(decision.promise) by trip over 4h - minutes(since(decision) by trip over 4h) if within 3</c>: what was said
/// before stays said.</summary>
internal sealed class Keep : IPromiseStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PromiseStep, "keep", typeof(Slots),
        "Promises a formula's value instead where both differ by no more than so much: a promise that was made is not changed for " +
        "little. A missing value is not kept.")
    {
        Sentence = "keep {value} if within {difference}",
    };

    public bool Begins => false;

    public IPromiseStep Compile(PromiseArguments arguments) => new Step(arguments.Program("value"), arguments.Number("difference"));

    public sealed record Slots
    {
        [Parameter("Over the decision; the event `decision` is what was decided before, with its `promise`.")]
        public Expression? Value { get; init; }

        [Parameter("In the label's unit.", Min = 0, Max = 1_000_000_000)]
        public double Difference { get; init; }
    }

    private sealed class Step(ExpressionProgram value, double difference) : IPromiseStep
    {
        public double Apply(double promise, ReadOnlySpan<double> registers)
        {
            var before = value.Evaluate(registers);
            return Math.Abs(promise - before) <= difference ? before : promise;
        }
    }
}
