using Lintel.Design;
using Lintel.Decisions.Pages;
using Lintel.Events.Parquet;
using Lintel.Pipeline.Ranking;

namespace Lintel.Pipeline.Batch;

/// <summary>The rows of one part while it is made: for each entity the items of its page, and the best of those that are not
/// shown.</summary>
internal sealed class BatchPart
{
    /// <summary>Candidates that are kept of each entity besides its page: what is scored again when it asks.</summary>
    public const int KeptCandidates = 200;

    public const string Position = "position", Shown = "shown", Score = "score", Propensity = "propensity", Row = "row", Price = "price";

    private readonly string _entity;
    private readonly RankingDesign _ranking;
    private readonly List<string?> _keys = [], _items = [];
    private readonly List<long> _positions = [], _rows = [];
    private readonly List<bool> _shown = [];
    private readonly List<double> _scores = [], _propensities = [], _prices = [];
    private readonly List<long>[] _ranks;
    private int[] _rest = [];

    public BatchPart(string entity, RankingDesign ranking)
    {
        (_entity, _ranking) = (entity, ranking);
        _ranks = [.. ranking.Candidates.Select(static _ => new List<long>())];
    }

    /// <summary>Takes a page that was ranked.</summary>
    /// <param name="key">Whose it is.</param>
    public void Add(string key, PageRequest request)
    {
        var page = request.Page;
        for (var place = 0; place < page.Order.Length; place++)
        {
            var candidate = page.Order[place];
            Add(key, request, candidate, place, isShown: true, page.Propensities[candidate], page.RowOf[candidate]);
        }
        var rest = Rest(page);
        for (var place = 0; place < rest.Length; place++)
        {
            Add(key, request, rest[place], page.Order.Length + place, isShown: false, double.NaN, Page.NoRow);
        }
    }

    public void Write(string path) => ParquetFiles.Write(
        path,
        [
            new ParquetColumn.Text(_entity, [.. _keys]),
            new ParquetColumn.Whole(Position, [.. _positions]),
            new ParquetColumn.Flag(Shown, [.. _shown]),
            new ParquetColumn.Text(_ranking.Of.Name, [.. _items]),
            new ParquetColumn.Number(Score, [.. _scores]),
            new ParquetColumn.Number(Propensity, [.. _propensities]),
            new ParquetColumn.Whole(Row, [.. _rows]),
            new ParquetColumn.Number(Price, [.. _prices]),
            .. _ranking.Candidates.Select((c, s) => new ParquetColumn.Whole(c.RankColumn, [.. _ranks[s]])),
        ]);

    private void Add(string key, PageRequest request, int candidate, int place, bool isShown, double propensity, int row)
    {
        _keys.Add(key);
        _items.Add(request.Compiled.ItemNames[request.Offered.Items[candidate]]);
        _positions.Add(place + 1);
        _shown.Add(isShown);
        _scores.Add(request.Page.Scores[candidate]);
        _propensities.Add(propensity);
        _rows.Add(row);
        _prices.Add(isShown ? request.Page.Prices[candidate] : double.NaN);
        var ranks = request.Offered.Ranks(candidate);
        for (var s = 0; s < _ranks.Length; s++) { _ranks[s].Add(ranks[s]); }
    }

    /// <summary>The best by score of those that the policy removed; equal scores in the order of offers.</summary>
    private ReadOnlySpan<int> Rest(Page page)
    {
        if (_rest.Length < page.CandidateCount) { _rest = new int[2 * page.CandidateCount]; }
        var count = 0;
        for (var c = 0; c < page.CandidateCount; c++)
        {
            if (page.RemovedBy[c] != Page.Kept) { _rest[count++] = c; }
        }
        var rest = _rest.AsSpan(0, count);
        rest.Sort((a, b) => page.Scores[b].CompareTo(page.Scores[a]) is not 0 and var order ? order : a.CompareTo(b));
        return rest[..Math.Min(count, KeptCandidates)];
    }
}
