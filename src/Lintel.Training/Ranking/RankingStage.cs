using Lintel.Design;
using Lintel.Events;
using Lintel.Features;
using Lintel.Numerics.Random;
using Lintel.Training.Fitting;
using Lintel.Training.Splits;

namespace Lintel.Training.Ranking;

/// <summary>One pass over the data: what is hidden from it, what its sources were fitted on, and which requests it asks.</summary>
/// <param name="Name">For progress.</param>
/// <param name="SourcesUntil">Sources are fitted on what was known before this instant and is not hidden.</param>
/// <param name="Hidden">Rows of label events that this pass may not know; null: nothing is hidden.</param>
/// <param name="Requests">Decided rows that are asked.</param>
/// <param name="AtEnd">They are asked when everything else is known, not at their turn: protocols without time.</param>
internal sealed record RankingStage(
    string Name, long SourcesUntil, HashSet<(int Type, int Row)>? Hidden, HashSet<int> Requests, bool AtEnd)
{
    /// <summary>What is relevant to each request that is asked; null: whatever its labels say.</summary>
    public IReadOnlyDictionary<int, (int Item, float Gain)[]>? Held { get; init; }

    /// <summary>Whether a record is kept from the pass.</summary>
    public bool Hides(LogEntry entry) => Hidden?.Contains((entry.Type, entry.Row)) == true;
}

/// <summary>The passes that a split asks for.</summary>
/// <param name="Examples">Whose candidates the ranker learns from.</param>
/// <param name="Validate">Null: the split has no such part.</param>
/// <param name="Test">Judges.</param>
internal sealed record RankingStages(RankingStage Examples, RankingStage? Validate, RankingStage Test)
{
    /// <summary>Share of train that the sources which make examples are fitted on.</summary>
    public const double SourcesShare = 0.8;

    public static RankingStages Make(Preparation prepared, PairLabels labels, int repetition) =>
        prepared.Design.Split is SplitDesign.ByKey key ? ByKey(prepared, labels, key, repetition) : ByTime(prepared);

    /// <summary>The last stage of all: nothing is held out, sources know everything.</summary>
    public static RankingStage Everything(Preparation prepared) => new("all", long.MaxValue, null, [], AtEnd: false);

    /// <summary>Whether what models read of a row depends on who offered the item.</summary>
    public static bool ReadsSources(SystemDesign design)
    {
        var ranking = design.Decision.Ranking!;
        var reading = new CandidateReading(design, ranking.Row.Columns.Length - (2 * ranking.Candidates.Length));
        return design.Features.Any(f => reading.Differs(f.Value));
    }

    /// <summary>When the requests begin that make examples. Where sources are read, those that make examples are fitted on what was known
    /// before; where what was shown makes them and no source is read, all of train does.</summary>
    /// <param name="rows">In the order of time.</param>
    public static long ExamplesFrom(Preparation prepared, int[] rows) =>
        prepared.Pairs!.Shown is not null && !ReadsSources(prepared.Design)
            ? prepared.Known[rows[0]] : prepared.Known[rows[(int)(SourcesShare * (rows.Length - 1))]];

    private static RankingStages ByTime(Preparation prepared)
    {
        var split = prepared.Split;
        var train = split.Rows(SplitPart.Train);
        int[] inTime = [.. train.OrderBy(r => prepared.Known[r])];
        var boundary = ExamplesFrom(prepared, inTime);
        var trained = split.Periods[SplitPart.Train].To;
        return new(
            new("examples", boundary, null, [.. inTime.Where(r => prepared.Known[r] >= boundary)], false),
            split.HasValidate ? new("validate", trained, null, [.. split.Rows(SplitPart.Validate)], false) : null,
            new("test", trained, null, [.. split.Rows(SplitPart.Test)], false));
    }

    /// <summary>Protocols that hold out some of each key's records, whatever their time: every key asks once, at the end.</summary>
    private static RankingStages ByKey(Preparation prepared, PairLabels labels, SplitDesign.ByKey split, int repetition)
    {
        if (split.Folds is not null)
        {
            throw SplitPlan.Fault(
                "LT0396", split, "a ranking cannot be split into folds of keys",
                "by: time, or { by: KEY, leave: last }, or { by: KEY, random: 75%, seeds: 5 }");
        }
        var keys = prepared.Keys()[split.Key];
        var byKey = labels.Records.Where(static r => r.Label == 0).GroupBy(r => keys[r.Request])
            .OrderBy(static g => g.Key)
            .Select(static g => g.OrderBy(static r => r.Known).ThenBy(static r => r.Row).ToArray()).ToList();
        var (test, validate, examples) = split.Leave is not null
            ? LeaveLast(byKey) : AtRandom(byKey, split.Random ?? 0.75, (ulong)repetition);
        RankingStage Held(string name, IEnumerable<LabelRecord> hidden, List<LabelRecord> asked)
        {
            // a key asks through the decided row of its last record that is held out
            var requests = asked.GroupBy(r => keys[r.Request])
                .Select(static g => (Row: g.Max(static r => r.Request), Relevant: Relevant(g))).ToList();
            return new(name, long.MaxValue, [.. hidden.Select(static r => (r.Type, r.Row))],
                [.. requests.Select(static r => r.Row)], AtEnd: true)
            {
                Held = requests.ToDictionary(static r => r.Row, static r => r.Relevant),
            };
        }

        return new(
            Held("examples", [.. examples, .. validate, .. test], examples),
            validate.Count == 0 ? null : Held("validate", [.. validate, .. test], validate),
            Held("test", test, test));
    }

    private static (int Item, float Gain)[] Relevant(IEnumerable<LabelRecord> records) =>
        [.. records.Where(static r => r.Gain > 0).GroupBy(static r => r.Item)
            .Select(static g => (g.Key, (float)g.Max(static r => r.Gain)))];

    private static (List<LabelRecord> Test, List<LabelRecord> Validate, List<LabelRecord> Examples) LeaveLast(
        List<LabelRecord[]> byKey)
    {
        var (test, validate, examples) = (new List<LabelRecord>(), new List<LabelRecord>(), new List<LabelRecord>());
        foreach (var records in byKey.Where(static r => r.Length >= 3))
        {
            test.Add(records[^1]);
            validate.Add(records[^2]);
            if (records.Length > 3) { examples.Add(records[^3]); }
        }
        return (test, validate, examples);
    }

    /// <summary>The test part is drawn first; of what is left, the same share again makes examples.</summary>
    private static (List<LabelRecord> Test, List<LabelRecord> Validate, List<LabelRecord> Examples) AtRandom(
        List<LabelRecord[]> byKey, double share, ulong seed)
    {
        var (test, examples) = (new List<LabelRecord>(), new List<LabelRecord>());
        var random = new RandomStream(seed);
        foreach (var records in byKey)
        {
            random.Shuffle<LabelRecord>(records);
            var kept = (int)Math.Round(share * records.Length, MidpointRounding.AwayFromZero);
            var known = (int)Math.Round(share * kept, MidpointRounding.AwayFromZero);
            test.AddRange(records[kept..]);
            examples.AddRange(records[known..kept]);
        }
        return (test, [], examples);
    }
}
