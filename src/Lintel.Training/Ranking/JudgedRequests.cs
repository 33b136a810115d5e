using Lintel.Decisions.Pages;
using Lintel.Events;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Ranking;
using Lintel.Pipeline.Versions;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;

namespace Lintel.Training.Ranking;

/// <summary>What a version and its competitors would have shown to the requests of one stage, and what was relevant to them.</summary>
internal sealed class JudgedRequests
{
    /// <summary>Requests whose pages are made, about; of more, a sample drawn by their ids.</summary>
    private const int MostJudged = 20_000;

    /// <summary>Items of a competitor's list that are kept: no metric of a page looks further.</summary>
    private const int ListLength = 200;

    private readonly Preparation _prepared;
    private readonly SystemVersion _version;
    private readonly RankingStage _stage;
    private readonly Popularity _popularity;
    private readonly SliceReader _slices;
    private readonly RequestDraw _draw;
    private readonly PageProgram[] _without;
    private readonly RetrievalRecall _recall;
    private readonly List<(double Score, ulong Tie, int Item)> _sorted = [];

    private JudgedRequests(
        Preparation prepared, SystemVersion version, RankingStage stage, Popularity popularity, RetrievalRecall recall, ulong seed,
        bool prices)
    {
        (_prepared, _version, _stage, _popularity, _recall) = (prepared, version, stage, popularity, recall);
        var design = prepared.Design;
        var ranking = design.Decision.Ranking!;
        _slices = new(prepared.Compiled);
        _draw = new(prepared, seed);
        _without = prices ? [.. design.Policy.Select((_, line) => prepared.Compiled.Page!.Without(line))] : [];
        Policy = [];
        Sources = [.. ranking.Candidates.Select(static _ => new List<int[]>())];
        Without = [.. design.Policy.Select(static _ => new List<int[]>())];
        Removed = new long[design.Policy.Length];
        Infeasible = new int[design.Policy.Length];
    }

    /// <summary>Rows of the decided table, in the order in which they were asked.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>What was relevant, over the whole catalogue.</summary>
    public List<(int Item, float Gain)[]> Relevant { get; } = [];

    /// <summary>Pages as the policy left them.</summary>
    public List<int[]> Policy { get; }

    /// <summary>Candidates in the final model's order, no line of the policy applied.</summary>
    public List<int[]> Ranked { get; } = [];

    /// <summary>[source]: what each offered, in its order.</summary>
    public List<int[]>[] Sources { get; }

    /// <summary>The items that most had to do with, those that can be had and are not known.</summary>
    public List<int[]> Popular { get; } = [];

    public List<int[]> Random { get; } = [];

    /// <summary>[line of the policy]: pages without it; empty where prices were not asked for.</summary>
    public List<int[]>[] Without { get; }

    /// <summary>[line of the policy]: candidates that it removed, over all requests.</summary>
    public long[] Removed { get; }

    /// <summary>[line of the policy]: requests for which it could not be kept.</summary>
    public int[] Infeasible { get; }

    /// <summary>[slice][request]: whether a slice of requests holds; null for slices of items.</summary>
    public IReadOnlyList<List<bool>?> RequestSlices => _slices.Requests;

    /// <summary>[slice][request]: which relevant items a slice of items keeps; null for slices of requests.</summary>
    public IReadOnlyList<List<bool[]>?> ItemSlices => _slices.Items;

    /// <param name="recall">Takes what sources found.</param>
    /// <param name="prices">Whether pages without each line are made, too.</param>
    /// <param name="shown">Takes every request's shown items, whether its page is judged or not; null: nobody asks.</param>
    public static JudgedRequests Collect(
        Preparation prepared, SystemVersion version, RankingStage stage, Popularity popularity, RetrievalRecall recall, ulong seed,
        bool prices, ITrainingProgress progress, CancellationToken cancellation, ExampleMaker? shown = null)
    {
        var judged = new JudgedRequests(prepared, version, stage, popularity, recall, seed, prices);
        var share = (double)MostJudged / stage.Requests.Count;
        bool IsJudged(int row) => share >= 1 || RandomStream.Mix(judged._draw.Of(row)) < share * ulong.MaxValue;
        var findsAll = shown is not null && RankingStages.ReadsSources(prepared.Design);
        RequestPass.Run(prepared, stage, version.Retriever!, (int row, in EventRecord record, PageRequest request, RankingEngine engine) =>
        {
            if (IsJudged(row)) { judged.Take(row, record, request, engine); }
            shown?.Take(row, record, request, engine);
        }, [], progress, cancellation, row => findsAll || IsJudged(row));
        return judged;
    }

    private void Take(int row, in EventRecord record, PageRequest request, RankingEngine engine)
    {
        var (page, offered) = (request.Page, request.Offered);
        var relevant = _stage.Held is { } held ? held[row] : _prepared.Pairs!.Relevant(row);
        Rows.Add(row);
        Relevant.Add(relevant);
        _slices.Take(record, request, engine, relevant);
        _recall.Add([.. relevant.Select(static r => r.Item)], offered);
        var draw = _draw.Of(row);
        _version.Rank(request, draw);
        for (var c = 0; c < page.CandidateCount; c++)
        {
            if (page.RemovedBy[c] is >= 0 and var line) { Removed[line]++; }
        }
        for (var line = 0; line < Infeasible.Length; line++) { Infeasible[line] += (int)((page.Infeasible >> line) & 1); }
        Policy.Add(Shown(request));
        Ranked.Add(InFinalOrder(request));
        for (var s = 0; s < Sources.Length; s++) { Sources[s].Add(Offers(offered, s)); }
        Popular.Add(_popularity.Best(record, ListLength));
        Random.Add(_popularity.Random(record, ListLength, draw));
        for (var line = 0; line < _without.Length; line++)
        {
            page.Restart();
            _without[line].Run(page);
            Without[line].Add(Shown(request));
        }
    }

    private static int[] Shown(PageRequest request)
    {
        var order = request.Page.Order;
        var items = new int[order.Length];
        for (var i = 0; i < items.Length; i++) { items[i] = request.Page.Items[order[i]]; }
        return items;
    }

    /// <summary>Ties stand by a hash of the item, which no file's order knows.</summary>
    private int[] InFinalOrder(PageRequest request)
    {
        _sorted.Clear();
        for (var c = 0; c < request.Page.CandidateCount; c++)
        {
            var item = request.Page.Items[c];
            _sorted.Add((_version.FinalScore(request.Page.Registers(c)), RandomStream.Mix((ulong)item), item));
        }
        return [.. _sorted.OrderByDescending(static s => s.Score).ThenBy(static s => s.Tie).Take(ListLength).Select(static s => s.Item)];
    }

    private static int[] Offers(CandidateSet offered, int source)
    {
        var items = new List<(int Rank, int Item)>();
        for (var c = 0; c < offered.Count; c++)
        {
            if (offered.Rank(c, source) is > 0 and var rank) { items.Add((rank, offered.Items[c])); }
        }
        items.Sort();
        return [.. items.Select(static i => i.Item)];
    }
}
