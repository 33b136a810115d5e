namespace Lintel.Models.Clicks;

/// <summary>Pages of results as they were shown and clicked: what click models are fitted on. A pair is a query and an item; places
/// count from 1 at the top. Not thread-safe while it is filled.</summary>
public sealed class ClickLog
{
    /// <summary>Most places of a page.</summary>
    public const int MostPlaces = 100;

    private readonly Dictionary<(int Query, int Item), int> _pairs = [];
    private readonly List<int> _first = [0];
    private readonly List<int> _pair = [];
    private readonly List<bool> _clicked = [];
    private readonly List<bool> _randomised = [];

    public int PageCount => _first.Count - 1;

    /// <summary>Items shown, all pages together.</summary>
    public int ImpressionCount => _pair.Count;

    /// <summary>Distinct pairs of a query and an item.</summary>
    public int PairCount => _pairs.Count;

    /// <summary>Places of the longest page.</summary>
    public int Places { get; private set; }

    /// <summary>Adds one page.</summary>
    /// <param name="query">Any number that tells queries apart.</param> <param name="items">From the top; any numbers.</param>
    /// <param name="clicked">Of each item.</param>
    /// <param name="randomised">Whether the order was drawn, every order of a fixed set of items alike.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a page is longer than <see cref="MostPlaces"/>.</exception>
    public void Add(int query, ReadOnlySpan<int> items, ReadOnlySpan<bool> clicked, bool randomised)
    {
        if (items.Length != clicked.Length || items.Length > MostPlaces)
        {
            throw new ArgumentException(
                $"page {PageCount}: {items.Length} items and {clicked.Length} flags of clicks, expected equally many, at most {MostPlaces}", nameof(items));
        }
        for (var i = 0; i < items.Length; i++)
        {
            if (!_pairs.TryGetValue((query, items[i]), out var pair)) { _pairs[(query, items[i])] = pair = _pairs.Count; }
            _pair.Add(pair);
            _clicked.Add(clicked[i]);
        }
        _first.Add(_pair.Count);
        _randomised.Add(randomised);
        Places = Math.Max(Places, items.Length);
    }

    /// <summary>The number of a pair, 0 to <see cref="PairCount"/> − 1; −1: it was never shown.</summary>
    public int PairOf(int query, int item) => _pairs.GetValueOrDefault((query, item), -1);

    internal int Length(int page) => _first[page + 1] - _first[page];

    internal bool IsRandomised(int page) => _randomised[page];

    internal int Pair(int page, int index) => _pair[_first[page] + index];

    internal bool IsClicked(int page, int index) => _clicked[_first[page] + index];

    /// <summary>Impressions of one pair at one place, together; in the order in which they first came.</summary>
    internal List<ClickCell> Cells()
    {
        var numbers = new Dictionary<(int Pair, int Place), int>();
        List<ClickCell> cells = [];
        for (var page = 0; page < PageCount; page++)
        {
            for (var i = 0; i < Length(page); i++)
            {
                var (pair, place) = (Pair(page, i), i + 1);
                if (!numbers.TryGetValue((pair, place), out var at))
                {
                    numbers[(pair, place)] = at = cells.Count;
                    cells.Add(new(pair, place, 0, 0));
                }
                cells[at] = cells[at] with { Shown = cells[at].Shown + 1, Clicked = cells[at].Clicked + (IsClicked(page, i) ? 1 : 0) };
            }
        }
        return cells;
    }

    /// <exception cref="FitException">Nothing was shown or nothing was clicked.</exception>
    internal void CheckFits(string kind)
    {
        if (ImpressionCount == 0) { throw new FitException($"{kind}: no impression among {PageCount:N0} pages. Widen the window, or check the source of impressions."); }
        if (!_clicked.Contains(true))
        {
            throw new FitException($"{kind}: {ImpressionCount:N0} impressions and no click. Check the source of clicks and what joins them to impressions.");
        }
    }
}

/// <summary>Impressions of one pair at one place, from 1.</summary>
internal readonly record struct ClickCell(int Pair, int Place, int Shown, int Clicked);
