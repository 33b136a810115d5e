using Lintel.Events;
using Lintel.Numerics.Random;
using Lintel.Pipeline.Ranking;
using Lintel.Retrieval.Sources;
using Lintel.Training.Fitting;

namespace Lintel.Training.Ranking;

/// <summary>Candidates of past requests as rows to learn from: features as they were read at that instant, labels as they became known.</summary>
/// <param name="Examples">Rows of one request stand together.</param>
/// <param name="RequestRows">Of the decided table, by row.</param>
/// <param name="Items">Codes of the items, by row.</param>
/// <param name="Slices">[slice][row]; empty where nobody asked.</param>
/// <param name="Requests">Requests that gave rows.</param>
/// <param name="Candidates">Rows that they could have given.</param>
/// <param name="Share">Share of the candidates without a label above 0 that was kept, 0 to 1.</param>
internal sealed record RankingExamples(
    Examples Examples, int[] RequestRows, int[] Items, bool[][] Slices, int Requests, long Candidates, double Share)
{
    public int[] Rows => [.. Enumerable.Range(0, Examples.Count)];

    /// <summary>Share of the rows with the first label.</summary>
    public double PositiveRate => (double)Examples.Positives(Rows) / Examples.Count;
}

/// <summary>Makes a ranker's examples of the requests of one stage.</summary>
/// <remarks>Where the design says what was shown, the shown items are the examples. Else they are the candidates of every request for
/// which something relevant was retrieved: all the relevant ones, and of the others a random share that is the same for every
/// request, so large that the whole stays near <see cref="MostRows"/>.</remarks>
internal sealed class ExampleMaker
{
    /// <summary>Rows that a fit takes, about.</summary>
    public const int MostRows = 1_500_000;

    private readonly Preparation _prepared;
    private readonly PairLabels _labels;
    private readonly ShownItems? _shown;
    private readonly ShownValues _shownValues;
    private readonly RankingStage _stage;
    private readonly double _share;
    private readonly RandomStream _random;
    private readonly int _featureCount, _featureStart, _labelCount;
    private readonly List<float> _features = [];
    private readonly List<float>[] _gains;
    private readonly List<long> _known = [], _labelKnown = [];
    private readonly List<int> _groups = [];
    private readonly List<int> _requestRows = [], _items = [];
    private readonly List<bool>[] _slices;
    private readonly List<int> _kept = [];
    private readonly double[] _record;
    private int _requests;
    private long _candidates;

    /// <param name="share">Of the candidates without a label above 0 that are kept.</param>
    /// <param name="slices">Whether the design's slices are looked up, row by row.</param>
    public ExampleMaker(Preparation prepared, RankingStage stage, double share, ulong seed, bool slices)
    {
        var labels = prepared.Pairs!;
        _slices = slices ? [.. prepared.Compiled.Slices.Select(static _ => new List<bool>())] : [];
        (_prepared, _labels, _shown, _stage, _share) = (prepared, labels, labels.Shown, stage, share);
        _shownValues = new(prepared.Compiled.Plan);
        _record = new double[prepared.Design.Decision.Ranking!.Shown?.Columns.Length ?? 0];
        _random = new(seed, stream: 0xE8A3);
        var plan = prepared.Compiled.Plan;
        (_featureCount, _featureStart) = (plan.FeatureCount, plan.FeatureStart);
        _labelCount = prepared.Design.Decision.Ranking!.Labels.Length;
        _gains = [.. Enumerable.Range(0, _labelCount).Select(static _ => new List<float>())];
    }

    /// <param name="retriever">Fitted on what the stage allows; null: what was shown makes the examples, and no source is read.</param>
    public static RankingExamples Make(
        Preparation prepared, RankingStage stage, CandidateRetriever? retriever, ulong seed, ITrainingProgress progress,
        CancellationToken cancellation)
    {
        var quota = prepared.Design.Decision.Ranking!.Candidates.Sum(static c => c.Take);
        var most = (double)stage.Requests.Count * quota;
        var share = prepared.Pairs!.Shown is null && most > MostRows ? MostRows / most : 1;
        var maker = new ExampleMaker(prepared, stage, share, seed, slices: false);
        RequestPass.Run(prepared, stage, retriever, maker.Take, [], progress, cancellation);
        return maker.Done();
    }

    /// <summary>Takes a request whose candidates are read, where any are wanted.</summary>
    public void Take(int row, in EventRecord record, PageRequest request, RankingEngine engine)
    {
        if (_shown is { } shown)
        {
            if (shown.Of(row).Count == 0) { return; }
            Show(shown.Of(row), request.Offered);
            engine.ReadItems(record, request);
            for (var c = 0; c < request.Offered.Count; c++)
            {
                FillShown(First(shown.Of(row), request.Offered.Items[c]), request.Page.Registers(c));
            }
        }
        Choose(row, request.Offered);
        if (_kept.Count == 0) { return; }
        foreach (var c in _kept)
        {
            foreach (var value in request.Page.Registers(c).Slice(_featureStart, _featureCount)) { _features.Add((float)value); }
            for (var l = 0; l < _labelCount; l++) { _gains[l].Add(Gain(row, request.Offered.Items[c], l)); }
            _known.Add(record.Known);
            _labelKnown.Add(Math.Max(record.Known, _stage.AtEnd ? 0 : _labels.Known[row]));
            _groups.Add(_requests);
            _requestRows.Add(row);
            _items.Add(request.Offered.Items[c]);
            for (var s = 0; s < _slices.Length; s++)
            {
                _slices[s].Add(_prepared.Compiled.Slices[s].Program!.Holds(request.Page.Registers(c)));
            }
        }
        _requests++;
    }

    /// <summary>Puts the shown items in the place of the candidates; each keeps the ranks that sources gave it.</summary>
    private static void Show(IReadOnlyList<ShownRecord> shown, CandidateSet offered)
    {
        var ranks = new Dictionary<int, int[]>();
        for (var c = 0; c < offered.Count; c++) { ranks[offered.Items[c]] = offered.Ranks(c).ToArray(); }
        offered.Clear();
        foreach (var item in shown.Select(static s => s.Item).Distinct())
        {
            var c = offered.Add(item);
            if (!ranks.TryGetValue(item, out var given)) { continue; }
            for (var s = 0; s < given.Length; s++) { offered.SetRank(c, s, given[s]); }
        }
    }

    private void FillShown(ShownRecord shown, Span<double> registers)
    {
        if (_shownValues.IsEmpty) { return; }
        var (history, type) = (_prepared.History, _prepared.Design.Decision.Ranking!.Shown!.Number);
        var values = history.Read(new(history.Tables[type].KnownOf(shown.Row), type, shown.Row), _record).Values;
        _shownValues.Fill(values, registers.Slice(_featureStart, _featureCount));
    }

    private static ShownRecord First(IReadOnlyList<ShownRecord> shown, int item)
    {
        var s = 0;
        while (shown[s].Item != item) { s++; }
        return shown[s];
    }

    private void Choose(int row, CandidateSet offered)
    {
        _kept.Clear();
        var relevant = 0;
        for (var c = 0; c < offered.Count; c++)
        {
            var isRelevant = false;
            for (var l = 0; l < _labelCount; l++) { isRelevant |= Gain(row, offered.Items[c], l) > 0; }
            relevant += isRelevant ? 1 : 0;
            if (isRelevant || _share == 1 || _random.NextDouble() < _share) { _kept.Add(c); }
        }
        // without anything shown, a request whose truth was not retrieved teaches nothing about order
        if (_shown is null && relevant == 0) { _kept.Clear(); }
        else { _candidates += offered.Count; }
    }

    private float Gain(int row, int item, int label)
    {
        if (_stage.Held is not { } held) { return (float)_labels.Gain(row, item, label); }
        foreach (var (relevant, gain) in held[row])
        {
            if (relevant == item) { return gain; }
        }
        return 0;
    }

    /// <exception cref="InvalidDataException">No request gave a row.</exception>
    public RankingExamples Done()
    {
        if (_requests == 0)
        {
            throw new InvalidDataException(
                $"no request of the {_stage.Name} part had anything relevant among its candidates: {_stage.Requests.Count:N0} were asked. "
                + "Check 'label' and what the sources learn from, or raise their 'take'.");
        }
        var names = _prepared.Design.Decision.Ranking!.Labels.Select(static l => l.Name).ToList();
        var labels = _gains.Select(static g => g.ToArray()).ToList();
        return new(
            new()
            {
                Features = [.. _features],
                FeatureCount = _featureCount,
                Shapes = [.. _prepared.Compiled.Plan.FeatureShapes],
                Labels = labels[0],
                LabelSets = names.Select((name, l) => (name, l)).ToDictionary(static n => n.name, n => labels[n.l]),
                LabelKnown = [.. _labelKnown],
                Known = [.. _known],
                GroupOf = [.. _groups],
            },
            [.. _requestRows], [.. _items], [.. _slices.Select(static s => s.ToArray())], _requests, _candidates, _share);
    }
}
