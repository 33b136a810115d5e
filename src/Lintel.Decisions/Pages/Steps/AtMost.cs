using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>at most 2 of movie.franchise</c>, <c>at most 1 of movie.genres in first 5</c>.</summary>
internal sealed class AtMost : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "at most", typeof(Slots),
        "Keeps the best few of each value of a column and removes the others; with `in first`, moves the others " +
        "behind the first places. A list counts for each of its members; a missing value is free.")
    {
        Sentence = "at most {count} of {column} [in first {first}]",
    };

    private const int Taken = -1;

    public IPageStep Compile(StepArguments arguments)
    {
        var (limit, codes) = (arguments.Count("count"), arguments.Codes("column"));
        return arguments.Has("first")
            ? new InFirst(limit, codes, arguments.Count("first"))
            : new Everywhere(limit, codes);
    }

    private static bool Fits(CodeTable counts, ColumnCodes codes, int limit, Page page, int candidate)
    {
        if (!codes.IsList)
        {
            return counts[codes.Value(page, candidate)] < limit || double.IsNaN(codes.Value(page, candidate));
        }
        foreach (var member in codes.Members(page, candidate))
        {
            if (counts[member] >= limit) { return false; }
        }
        return true;
    }

    private static void Add(CodeTable counts, ColumnCodes codes, Page page, int candidate)
    {
        if (!codes.IsList)
        {
            if (codes.Value(page, candidate) is var value && !double.IsNaN(value)) { counts.Add(value); }
            return;
        }
        foreach (var member in codes.Members(page, candidate)) { counts.Add(member); }
    }

    public sealed record Slots
    {
        [Parameter("The most of one value.", Min = 0, Max = 1_000)]
        public int Count { get; init; } = 1;

        [Parameter("Of the candidate's row.")]
        public StepColumn? Column { get; init; }

        [Parameter("Places from the top that this is said of. Default: the whole page, and what is too much is " +
            "removed.", Min = 1, Max = 1_000)]
        public int? First { get; init; }
    }

    private sealed class Everywhere(int limit, ColumnCodes codes) : IPageStep
    {
        public StepRole Role => StepRole.Removes;

        public void Apply(Page page)
        {
            var order = page.Order;
            var (counts, kept) = (page.Scratch.Codes, 0);
            counts.Clear();
            foreach (var candidate in order)
            {
                if (!Fits(counts, codes, limit, page, candidate))
                {
                    page.Mark(candidate);
                    continue;
                }
                Add(counts, codes, page, candidate);
                order[kept++] = candidate;
            }
            page.Shorten(kept);
        }
    }

    /// <summary>Fills the first places from the top down with the best that fits; who is promised there
    /// stays.</summary>
    private sealed class InFirst(int limit, ColumnCodes codes, int first) : IPageStep
    {
        public StepRole Role => StepRole.Promises;

        public void Apply(Page page)
        {
            var order = page.Order;
            var (counts, count, top) = (page.Scratch.Codes, page.Count, Math.Min(first, page.Count));
            var left = page.Scratch.First(count);
            var promised = page.Scratch.Promised(page.CandidateCount);
            order.CopyTo(left);
            counts.Clear();
            for (var place = 0; place < top; place++)
            {
                if (!promised[left[place]]) { continue; }
                if (!Fits(counts, codes, limit, page, left[place])) { page.TellInfeasible(); }
                Add(counts, codes, page, left[place]);
                left[place] = Taken;
            }
            // counts only grow: whoever did not fit once does not fit later
            var (next, open) = (0, 0);
            for (; open < top; open++)
            {
                if (promised[order[open]]) { continue; }
                while (next < count && (left[next] == Taken || !Fits(counts, codes, limit, page, left[next])))
                {
                    next++;
                }
                if (next == count)
                {
                    page.TellInfeasible();
                    break;
                }
                order[open] = left[next];
                Add(counts, codes, page, left[next]);
                left[next] = Taken;
            }
            Fill(order, left, open, top, promised);
        }

        // the places from the first open one on take those that are left, best first
        private static void Fill(Span<int> order, ReadOnlySpan<int> left, int open, int top,
            ReadOnlySpan<bool> promised)
        {
            var next = 0;
            for (var place = open; place < order.Length; place++)
            {
                if (place < top && promised[order[place]]) { continue; }
                while (left[next] == Taken) { next++; }
                order[place] = left[next++];
            }
        }
    }
}
