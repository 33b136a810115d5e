using Lintel.Design.Kinds;

namespace Lintel.Decisions.Pages.Steps;

/// <summary><c>drop duplicates of movie.title near 0.8</c>.</summary>
internal sealed class DropDuplicates : IPageStepKind
{
    public Kind Kind { get; } = new(
        KindFamily.PolicyStep, "drop duplicates", typeof(Slots),
        "Keeps the best of those that are one thing by a column: equal keys, numbers or lists, and texts that are one " +
        "title but for case, accents, punctuation and articles; with `near`, texts that are alike too.")
    {
        Sentence = "drop duplicates of {column} [near {similarity}]",
    };

    public IPageStep Compile(StepArguments arguments)
    {
        var codes = arguments.Codes("column");
        if (codes.Column.Field >= 0) { return new ByGroup(DuplicateGroups.Of(arguments, codes)); }
        if (arguments.Has("similarity"))
        {
            arguments.ThrowFault($"'near' compares texts of the catalogue {arguments.Items.Design.Name}",
                fix: "name a text of the catalogue, or leave 'near' out");
        }
        return new ByValue(codes);
    }

    public sealed record Slots
    {
        [Parameter("Of the candidate's row; nobody is a duplicate of a missing value.")]
        public StepColumn? Column { get; init; }

        [Parameter("Texts of the catalogue that are alike from here on: Jaccard's likeness of their three-letter " +
            "pieces. Titles whose numbers differ (years, II and III) are never alike. Default: equal titles only.",
            Min = 0.5, Max = 1)]
        public double? Similarity { get; init; }
    }

    private sealed class ByValue(ColumnCodes codes) : IPageStep
    {
        public StepRole Role => StepRole.Removes;

        public void Apply(Page page)
        {
            var order = page.Order;
            var (seen, kept) = (page.Scratch.Codes, 0);
            seen.Clear();
            foreach (var candidate in order)
            {
                var value = codes.Value(page, candidate);
                if (seen[value] > 0)
                {
                    page.Mark(candidate);
                    continue;
                }
                if (!double.IsNaN(value)) { seen.Add(value); }
                order[kept++] = candidate;
            }
            page.Shorten(kept);
        }
    }

    private sealed class ByGroup(DuplicateGroups groups) : IPageStep
    {
        public StepRole Role => StepRole.Removes;

        public void Apply(Page page)
        {
            var order = page.Order;
            var (seen, kept) = (page.Scratch.Codes, 0);
            seen.Clear();
            foreach (var candidate in order)
            {
                var group = groups.Of(page.Items[candidate]);
                if (group >= 0 && IsSeen(seen, group))
                {
                    page.Mark(candidate);
                    continue;
                }
                if (group >= 0) { seen.Add(group); }
                order[kept++] = candidate;
            }
            page.Shorten(kept);
        }

        private bool IsSeen(CodeTable seen, int group)
        {
            if (seen[group] > 0) { return true; }
            foreach (var alike in groups.AlikeTo(group))
            {
                if (seen[alike] > 0) { return true; }
            }
            return false;
        }
    }
}
