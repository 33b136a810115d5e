using Lintel.Design.Expressions;
using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>at least 2 if movie.year &gt;= 2024 in first 10</c>.</summary>
internal sealed class AtLeastIf : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "at least if", typeof(Slots),
        "Sees to it that so many of the first places hold candidates for which a condition holds, as `at least … of` " +
        "does for a source.")
    {
        Sentence = "at least {count} if {condition} [in first {first}]",
    };

    public IPageStep Compile(StepArguments arguments) =>
        new AtLeastStep(arguments.Condition(), arguments.Count("count"),
            arguments.Count("first", arguments.PageLength));

    public sealed record Slots
    {
        [Parameter("The least.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 1;

        [Parameter("Over the candidate's row.")]
        public Expression? Condition { get; init; }

        [Parameter("Places from the top that this is said of. Default: the whole page.", Min = 1, Max = 1_000)]
        public int? First { get; init; }
    }
}
