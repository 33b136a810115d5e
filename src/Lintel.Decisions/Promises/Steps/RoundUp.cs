using Lintel.Design.Kinds;

namespace Lintel.Decisions.Promises.Steps;

/// <summary><c>round up to 5</c>.</summary>
internal sealed class RoundUp : IPromiseStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PromiseStep, "round up", typeof(Slots), "Rounds to the next multiple that is not less.")
    {
        Sentence = "round up to {unit}",
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
        // a multiple that arithmetic missed by a rounding is itself, not the next one
        private const double Rounding = 1e-9;

        public double Apply(double promise, ReadOnlySpan<double> registers) => Math.Ceiling((promise / unit) - Rounding) * unit;
    }
}
