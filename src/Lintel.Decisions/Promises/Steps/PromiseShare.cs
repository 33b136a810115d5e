using Lintel.Design.Kinds;

namespace Lintel.Decisions.Promises.Steps;

/// <summary><c>promise 80% of range</c>.</summary>
internal sealed class PromiseShare : IPromiseStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PromiseStep, "promise share", typeof(Slots),
        "Promises the value that so many outcomes do not exceed: of ten orders promised at 80%, eight are there in time.")
    {
        Sentence = "promise {share} of {model}",
    };

    public bool Begins => true;

    public IPromiseStep Compile(PromiseArguments arguments) => new Step(arguments.Curve("model"), arguments.Number("share"));

    public sealed record Slots
    {
        [Parameter("Of the outcomes.", Share = true, Min = 0, Max = 1)]
        public double Share { get; init; } = 0.5;

        [Parameter("Whose quantiles are the distribution.", Names = ParameterNames.Quantiles)]
        public string Model { get; init; } = "";
    }

    private sealed class Step(PromiseCurve curve, double share) : IPromiseStep
    {
        public double Apply(double promise, ReadOnlySpan<double> registers) => curve.At(share, registers);
    }
}
