using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>at least 1 of fresh</c>, <c>at least 3 of trending in first 10</c>.</summary>
internal sealed class AtLeast : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "at least", typeof(Slots),
        "Sees to it that so many of the first places hold what a source offered: the best of them move up, and take " +
        "the places of the lowest others.")
    {
        Sentence = "at least {count} of {source} [in first {first}]",
    };

    public IPageStep Compile(StepArguments arguments) => new AtLeastStep(
        arguments.OfferedBy("source"), arguments.Count("count"), arguments.Count("first", arguments.PageLength));

    public sealed record Slots
    {
        [Parameter("The least.", Min = 1, Max = 1_000)]
        public int Count { get; init; } = 1;

        [Parameter("It offered them.", Names = ParameterNames.Source)]
        public string Source { get; init; } = "";

        [Parameter("Places from the top that this is said of. Default: the whole page.", Min = 1, Max = 1_000)]
        public int? First { get; init; }
    }
}

/// <summary>Moves the best that a test means into the first places.</summary>
internal sealed class AtLeastStep(CandidateTest test, int least, int first) : IPageStep
{
    public StepRole Role => StepRole.Promises;

    public void Apply(Page page)
    {
        var order = page.Order;
        var top = Math.Min(first, order.Length);
        var promised = page.Scratch.Promised(page.CandidateCount);
        var there = 0;
        for (var place = 0; place < top && there < least; place++)
        {
            if (!test.Holds(page.Registers(order[place]))) { continue; }
            promised[order[place]] = true;
            there++;
        }
        // places that may be given up, from the lowest; filled again best first
        var open = page.Scratch.First(order.Length);
        var openCount = 0;
        for (var place = top - 1; place >= 0 && there + openCount < least; place--)
        {
            if (!promised[order[place]]) { open[openCount++] = place; }
        }
        var moved = page.Scratch.Second(order.Length);
        var movedCount = 0;
        for (var place = top; place < order.Length && movedCount < openCount; place++)
        {
            if (test.Holds(page.Registers(order[place]))) { moved[movedCount++] = place; }
        }
        if (there + movedCount < least) { page.TellInfeasible(); }
        MoveUp(order, open[..movedCount], moved[..movedCount], top, promised);
    }

    /// <param name="open">Places given up, lowest first.</param> <param name="moved">Places of those that move up, best
    /// first.</param>
    private static void MoveUp(Span<int> order, Span<int> open, Span<int> moved, int top, Span<bool> promised)
    {
        var count = moved.Length;
        // one by one from the last: the one that gives up its place stands first behind the top, the others move down
        for (var m = count - 1; m >= 0; m--)
        {
            var place = open[count - 1 - m];
            var at = moved[m] + (count - 1 - m);
            var (up, down) = (order[at], order[place]);
            order[top..at].CopyTo(order[(top + 1)..]);
            order[top] = down;
            order[place] = up;
            promised[up] = true;
        }
    }
}
