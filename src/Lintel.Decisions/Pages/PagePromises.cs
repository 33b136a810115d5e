namespace Lintel.Decisions.Pages;

/// <summary>Keeps what lines promise of the page's places, once, when the page is made: pins in the order of their
/// lines, then what is said of the first places. So no step between undoes them.</summary>
internal static class PagePromises
{
    /// <param name="steps">[lines]; null: passed over.</param>
    public static void Keep(Page page, ReadOnlySpan<IPageStep?> steps)
    {
        page.Scratch.Promised(page.CandidateCount).Clear();
        page.Scratch.Pinned(page.CandidateCount).Fill(-1);
        if (Apply(page, steps, StepRole.Pins)) { PlacePinned(page); }
        _ = Apply(page, steps, StepRole.Promises);
    }

    private static bool Apply(Page page, ReadOnlySpan<IPageStep?> steps, StepRole role)
    {
        var any = false;
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i] is not { } step || step.Role != role) { continue; }
            page.Step = i;
            step.Apply(page);
            any = true;
        }
        return any;
    }

    // the pinned stand at their places; the others flow around them
    private static void PlacePinned(Page page)
    {
        var order = page.Order;
        var pinned = page.Scratch.Pinned(page.CandidateCount);
        var before = page.Scratch.First(order.Length);
        var at = page.Scratch.Second(order.Length);
        order.CopyTo(before);
        at.Fill(-1);
        foreach (var candidate in before)
        {
            if (pinned[candidate] >= 0) { at[pinned[candidate]] = candidate; }
        }
        var next = 0;
        for (var place = 0; place < order.Length; place++)
        {
            if (at[place] >= 0)
            {
                order[place] = at[place];
                continue;
            }
            while (pinned[before[next]] >= 0) { next++; }
            order[place] = before[next++];
        }
    }
}
