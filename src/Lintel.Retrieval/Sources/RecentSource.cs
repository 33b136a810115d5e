using Lintel.Design.Kinds;
using Lintel.Models;
using Lintel.Retrieval.Nearest;

namespace Lintel.Retrieval.Sources;

/// <summary>Kind <c>recent</c>: what the one who asks had to do with last, such as what was left unfinished (<c>where: share &lt;
/// 0.9</c>).</summary>
public sealed class RecentTrainer : ICandidateTrainer
{
    public Kind Kind { get; } = new(KindFamily.CandidateSource, "recent", typeof(NoParameters),
        "The latest items of the one who asks: continue where you stopped.")
    {
        Feed = FeedNeed.Needed,
    };

    public SourceNeeds Needs => SourceNeeds.History;

    public bool OffersKnown => true;

    public ICandidateSource Fit(object parameters, SourceExamples examples, FitContext context) => new RecentSource();

    public ICandidateSource Read(BinaryReader reader) => new RecentSource();
}

internal sealed class RecentSource : ICandidateSource
{
    public int Retrieve(CandidateRequest request, Span<ScoredItem> best)
    {
        var count = 0;
        var history = request.History;
        for (var i = history.Length - 1; i >= 0 && count < best.Length; i--)
        {
            var item = history[i].Item;
            if (request.MayOffer(item) && !Holds(best[..count], item)) { best[count++] = new(item, i - history.Length); }
        }
        return count;
    }

    public void Write(BinaryWriter writer) { }

    private static bool Holds(ReadOnlySpan<ScoredItem> items, int item)
    {
        foreach (var other in items)
        {
            if (other.Item == item) { return true; }
        }
        return false;
    }
}
