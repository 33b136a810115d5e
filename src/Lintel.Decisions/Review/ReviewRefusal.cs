namespace Lintel.Decisions.Review;

/// <summary>Why an act cannot be done; nothing was changed.</summary>
public abstract record ReviewRefusal
{
    private protected ReviewRefusal() { }

    /// <summary>The queue has no such item: it was never sent to review, or longer ago than the retention.</summary>
    public sealed record NotThere(string Item) : ReviewRefusal;

    /// <summary>Nobody waits for a verdict that is free to be claimed.</summary>
    /// <param name="Claimed">Items that others hold.</param>
    public sealed record NothingOpen(int Claimed) : ReviewRefusal;

    /// <summary>Another reviewer holds the item.</summary>
    public sealed record Held(string Item, string By, long Until) : ReviewRefusal;

    /// <summary>Only who claimed an item can release or extend it.</summary>
    public sealed record NotHeld(string Item, string By) : ReviewRefusal;

    /// <summary>The item has a verdict; another reviewer's is overruled only when the act says so.</summary>
    public sealed record Judged(string Item, string By, double Value, long At) : ReviewRefusal;

    /// <summary>There is no verdict to take back.</summary>
    public sealed record NotJudged(string Item) : ReviewRefusal;

    /// <summary>The id of the act was used for another one.</summary>
    public sealed record ActReused(ReviewAct First) : ReviewRefusal;
}
