using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>pin m17 at 1</c>.</summary>
internal sealed class Pin : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "pin", typeof(Slots),
        "Puts one item at a position of the page, where it is among the candidates that are left.")
    {
        Sentence = "pin {item} [at {position}]",
    };

    // an item that was never seen gets its code now, so that it is found when it comes
    public IPageStep Compile(StepArguments arguments) => new PinStep(
        CandidateTest.Equals(arguments.Ranking.CandidateStart,
            arguments.Texts[arguments.Ranking.Of.Name].Add(arguments.Word("item"))),
        arguments.Count("position", 1));

    public sealed record Slots
    {
        [Parameter("The item's key.")]
        public string Item { get; init; } = "";

        [Parameter("From 1. Of two lines with one position, the later takes the next.", Min = 1, Max = 1_000)]
        public int Position { get; init; } = 1;
    }
}

/// <summary>Asks for a position for the best that a test means and no earlier pin has.</summary>
internal sealed class PinStep(CandidateTest test, int position) : IPageStep
{
    public StepRole Role => StepRole.Pins;

    public void Apply(Page page)
    {
        var order = page.Order;
        var pinned = page.Scratch.Pinned(page.CandidateCount);
        foreach (var candidate in order)
        {
            if (pinned[candidate] >= 0 || !test.Holds(page.Registers(candidate))) { continue; }
            if (position > order.Length) { page.TellInfeasible(); }
            pinned[candidate] = FreePlace(order, pinned, Math.Min(position, order.Length) - 1);
            page.Scratch.Promised(page.CandidateCount)[candidate] = true;
            return;
        }
        page.TellInfeasible();
    }

    private static int FreePlace(ReadOnlySpan<int> order, ReadOnlySpan<int> pinned, int place)
    {
        for (var i = 0; i < order.Length; i++)
        {
            if (pinned[order[i]] != place) { continue; }
            // looked through from the start again: there are few pins
            (place, i) = ((place + 1) % order.Length, -1);
        }
        return place;
    }
}
