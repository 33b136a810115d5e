using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>drop seen play over 90d</c>: stands for <c>drop if count(play) by user, movie over 90d &gt;
/// 0</c>.</summary>
internal sealed class DropSeen : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "drop seen", typeof(Slots),
        "Removes items with which the one who asks had an event already: `drop if count(EVENT) by WHO, ITEM over " +
        "WINDOW > 0`.")
    {
        Sentence = "drop seen {event} [over {window}]",
    };

    // the grammar says what it stands for, and adds the condition
    public IPageStep Compile(StepArguments arguments) => new DropStep(arguments.Condition());

    public sealed record Slots
    {
        [Parameter("It has a key of what is ranked and one of those who ask.", Names = ParameterNames.Event)]
        public string Event { get; init; } = "";

        [Parameter("How long ago it still counts. Default: whenever.")]
        public TimeSpan? Window { get; init; }
    }
}
