using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>row "New this week" of fresh take 10</c>.</summary>
internal sealed class Row : IPageStepKind
{
    public const string Name = "row";

    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, Name, typeof(Slots),
        "Fills a titled row of the page with the best of a source that no earlier row shows.")
    {
        Sentence = "row {title} of {source} take {count}",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new RowStep(arguments.OfferedBy("source"), arguments.Count("count"), RowStep.IndexOf(arguments));

    public sealed record Slots
    {
        [Parameter("What stands over the row, in quotes when it has blanks.")]
        public string Title { get; init; } = "";

        [Parameter("It offered them.", Names = ParameterNames.Source)]
        public string Source { get; init; } = "";

        [Parameter("Places of the row.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 10;
    }
}

/// <summary>Moves the best that a test means and no row has behind the rows that are there.</summary>
internal sealed class RowStep(CandidateTest test, int count, int row) : IPageStep
{
    public StepRole Role => StepRole.FillsRow;

    public void Apply(Page page)
    {
        var found = 0;
        for (var place = page.CountInRows; place < page.Count && found < count; place++)
        {
            if (!test.Holds(page.Registers(page.Order[place]))) { continue; }
            page.PutInRow(place, row);
            found++;
        }
        if (found < count) { page.TellInfeasible(); }
    }

    /// <summary>Number of a line's row: how many rows stand before it in the policy.</summary>
    public static int IndexOf(StepArguments arguments) =>
        Lines(arguments.Design).TakeWhile(line => !arguments.Is(line)).Count();

    public static bool AreIn(SystemDesign design) => Lines(design).Any();

    /// <summary>The policy's lines that fill rows.</summary>
    public static IEnumerable<PolicyRule.Step> Lines(SystemDesign design) =>
        design.Policy.OfType<PolicyRule.Step>().Where(static line => line.Kind is Row.Name or RowIf.Name);
}
