using Lintel.Design.Kinds;

namespace Lintel.Decisions.Promises.Steps;

/// <summary><c>round to 5</c>.</summary>
internal sealed class RoundTo : IPromiseStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PromiseStep, "round to", typeof(Slots), "Rounds to the nearest multiple; from the middle between two to the larger one.")
    {
        Sentence = "round to {unit}",
    };

    public bool Begins => false;

    public IPromiseStep Compile(PromiseArguments arguments) => new Step(arguments.Number("unit"));

    public sealed record Slots
    {
        [Parameter("What it is a multiple of.", Min = 0.001, Max = 1_000_000)]
        public double Unit { get; init; } = 1;
    }

    private sealed class Step(double unit) : IPromiseStep
    {
        public double Apply(double promise, ReadOnlySpan<double> registers) => Math.Floor((promise / unit) + 0.5) * unit;
    }
}
