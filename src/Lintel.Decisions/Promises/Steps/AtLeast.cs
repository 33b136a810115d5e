using Lintel.Design.Kinds;

namespace Lintel.Decisions.Promises.Steps;

/// <summary><c>at least 10</c>.</summary>
internal sealed class AtLeast : IPromiseStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PromiseStep, "at least", typeof(Slots), "Promises no less than this.")
    {
        Sentence = "at least {least}",
    };

    public bool Begins => false;

    public IPromiseStep Compile(PromiseArguments arguments) => new Step(arguments.Number("least"));

    public sealed record Slots
    {
        [Parameter("In the label's unit.", Min = -1_000_000_000, Max = 1_000_000_000)]
        public double Least { get; init; }
    }

    private sealed class Step(double least) : IPromiseStep
    {
        public double Apply(double promise, ReadOnlySpan<double> registers) => Math.Max(promise, least);
    }
}
