using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>take 20</c>: the page is final.</summary>
internal sealed class Take : IPageStepKind
{
    public const string Name = "take";

    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, Name, typeof(Slots),
        "Keeps the first ones, and the page is final; of a page with rows, those that stand in one.")
    {
        Sentence = "take {count}",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new Step(arguments.Count("count"), RowStep.AreIn(arguments.Design));

    public sealed record Slots
    {
        [Parameter("Places of the page.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 10;
    }

    private sealed class Step(int count, bool hasRows) : IPageStep
    {
        public StepRole Role => StepRole.Ends;

        public void Apply(Page page)
        {
            page.Keep(hasRows ? Math.Min(count, page.CountInRows) : count);
            if (page.Count < count) { page.TellInfeasible(); }
        }
    }
}
