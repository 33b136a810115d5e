using Lintel.Events;
using Lintel.Features;
using Lintel.Pipeline;
using Lintel.Pipeline.Ranking;

namespace Lintel.Training.Ranking;

/// <summary>Reads the design's slices at each request: those over the request pick requests, those that read the candidate pick the
/// relevant items that count.</summary>
internal sealed class SliceReader
{
    private readonly CompiledDesign _compiled;
    private readonly bool[] _ofItems;
    private readonly double[] _registers;

    public SliceReader(CompiledDesign compiled)
    {
        _compiled = compiled;
        var design = compiled.Design;
        var reading = new CandidateReading(design, design.Decision.Ranking!.CandidateStart);
        _ofItems = [.. design.Evaluate.Slices.Select(s => reading.Differs(s.Condition))];
        Requests = [.. _ofItems.Select(static items => items ? null : new List<bool>())];
        Items = [.. _ofItems.Select(static items => items ? new List<bool[]>() : null)];
        _registers = new double[compiled.Plan.RegisterCount];
    }

    /// <summary>[slice][request]; null for slices of items.</summary>
    public IReadOnlyList<List<bool>?> Requests { get; }

    /// <summary>[slice][request][relevant item]; null for slices of requests.</summary>
    public IReadOnlyList<List<bool[]>?> Items { get; }

    /// <param name="request">Read, not yet scored.</param>
    public void Take(in EventRecord record, PageRequest request, RankingEngine engine, (int Item, float Gain)[] relevant)
    {
        var row = _compiled.Plan.Row!;
        Span<int> noRanks = stackalloc int[row.Ranking.Candidates.Length];
        noRanks.Clear();
        var kept = Items.Select(list => list is null ? null : new bool[relevant.Length]).ToArray();
        for (var i = 0; i < relevant.Length && Array.Exists(_ofItems, static o => o); i++)
        {
            request.Shared.CopyTo(_registers, 0);
            row.FillCandidate(relevant[i].Item, noRanks, _registers);
            engine.Features.ReadCandidate(record.Known, _registers, peek: true);
            for (var s = 0; s < kept.Length; s++)
            {
                if (kept[s] is { } list) { list[i] = _compiled.Slices[s].Program!.Holds(_registers); }
            }
        }
        for (var s = 0; s < kept.Length; s++)
        {
            Requests[s]?.Add(_compiled.Slices[s].Program!.Holds(request.Shared));
            Items[s]?.Add(kept[s]!);
        }
    }
}
