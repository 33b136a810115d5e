using Lintel.Events;
using Lintel.Pipeline;
using Lintel.Pipeline.Live;
using Lintel.Training.Ranking;

namespace Lintel.Training.Continuous;

/// <summary>Every item of a page becomes a row when it is shown: with the features that its page recorded, and those that only the
/// record knows which says that it was shown.</summary>
/// <remarks>A page is remembered as long as a label may take, counted from its answer, and no longer than until its last item was shown.
/// An item is learned once for each page: what says again that it was shown, what was on no page that is remembered, and what was on
/// one of another root (whose features are others) makes no row and is counted.</remarks>
internal sealed class ShownRows : IRowMaker
{
    private readonly WaitingRows _waiting;
    private readonly ShownValues _values;
    private readonly CodeDictionary _items;
    private readonly Dictionary<int, WaitingPage> _pages = [];
    private readonly Queue<WaitingPage> _oldest = new();
    private readonly int _root, _shown, _item, _featureCount;
    private readonly long _allowed;

    /// <param name="root">Pages of its versions make rows, others do not.</param>
    public ShownRows(int root, CompiledDesign compiled, WaitingRows waiting)
    {
        var ranking = compiled.Design.Decision.Ranking!;
        var shown = ranking.Shown ?? throw new ArgumentException("the ranking does not say what was shown", nameof(compiled));
        (_root, _waiting, _values) = (root, waiting, new(compiled.Plan));
        (_shown, _item, _featureCount) = (shown.Number, shown.FindKey(ranking.Of.Name), compiled.Plan.FeatureCount);
        _items = compiled.Dictionaries[shown.Columns[_item].Domain!];
        _allowed = waiting.LongestSilence;
    }

    public int PageCount => _pages.Count;

    public long Unheard { get; private set; }

    public void Decided(DecisionRecord decision, int number)
    {
        if (decision.Root != _root || decision.Page is not { } shown) { return; }
        var page = new WaitingPage(number, decision.Given, shown.Shown.Count);
        foreach (var item in shown.Shown)
        {
            // what was shown because scoring failed may have no features
            if (item.Features.Length == _featureCount) { page.Add(_items.Find(item.Item), item.Features); }
        }
        if (page.LeftCount > 0) { Enter(page); }
    }

    public bool Take(in EventRecord record, ReadOnlySpan<double> registers)
    {
        if (record.Type != _shown) { return false; }
        if (record.Subject >= 0 && _pages.TryGetValue(record.Subject, out var page) && page.Take(record.Values[_item]) is { } features)
        {
            if (page.LeftCount == 0) { _pages.Remove(record.Subject); }
            _values.Fill(record.Values, features.AsSpan());
            _waiting.Add(record, features, isJudged: true);
        }
        else { Unheard++; }
        return true;
    }

    public void Pass(long instant)
    {
        while (_oldest.TryPeek(out var page) && (page.LeftCount == 0 || page.Given + _allowed < instant))
        {
            _oldest.Dequeue();
            _pages.Remove(page.Number);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Unheard);
        writer.Write(_pages.Count);
        foreach (var page in _oldest.Where(static p => p.LeftCount > 0)) { page.Write(writer); }
    }

    public void Read(BinaryReader reader)
    {
        Unheard = reader.ReadInt64();
        for (var left = reader.ReadInt32(); left > 0; left--) { Enter(WaitingPage.Read(reader, _featureCount)); }
    }

    private void Enter(WaitingPage page)
    {
        _pages[page.Number] = page;
        _oldest.Enqueue(page);
    }
}
