using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>row "Short ones" if movie.minutes &lt; 90 take 10</c>.</summary>
internal sealed class RowIf : IPageStepKind
{
    public const string Name = "row if";

    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, Name, typeof(Slots),
        "Fills a titled row of the page with the best for which a condition holds and that no earlier row shows.")
    {
        Sentence = "row {title} if {condition} take {count}",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new RowStep(arguments.Condition(), arguments.Count("count"), RowStep.IndexOf(arguments));

    public sealed record Slots
    {
        [Parameter("What stands over the row, in quotes when it has blanks.")]
        public string Title { get; init; } = "";

        [Parameter("Over the candidate's row.")]
        public Expression? Condition { get; init; }

        [Parameter("Places of the row.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 10;
    }
}
