using Lintel.Design.Kinds;
using Lintel.Features;
using Lintel.Numerics;

namespace Lintel.Decisions.Promises.Steps;

/// <summary><c>promise least cost of range</c>.</summary>
internal sealed class PromiseLeastCost : IPromiseStepKind
{
    private const string Late = "late", Early = "early", Lost = "lost";

    public Kind Kind { get; } = new(
        KindFamily.PromiseStep, "promise least cost", typeof(Slots),
        "Promises what costs least in expectation: the quantile at (late − lost) / (late + early), with the design's costs of a unit that " +
        "it comes late, that it comes early, and that is promised.")
    {
        Sentence = "promise least cost of {model}",
        Costs = [Late, Early, Lost],
    };

    public bool Begins => true;

    public IPromiseStep Compile(PromiseArguments arguments) => new Step(
        arguments.Curve("model"), arguments.Program(Late), arguments.Program(Early), arguments.Program(Lost));

    public sealed record Slots
    {
        [Parameter("Whose quantiles are the distribution.", Names = ParameterNames.Quantiles)]
        public string Model { get; init; } = "";
    }

    private sealed class Step(PromiseCurve curve, ExpressionProgram late, ExpressionProgram early, ExpressionProgram lost) : IPromiseStep
    {
        public double Apply(double promise, ReadOnlySpan<double> registers) => curve.At(
            QuantileCurve.CheapestLevel(late.Evaluate(registers), early.Evaluate(registers), lost.Evaluate(registers)), registers);
    }
}
