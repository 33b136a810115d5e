using Lintel.Training.Fitting;
using Lintel.Training.Ranking;
using Lintel.Training.Splits;

namespace Lintel.Training.Online;

/// <summary>The rows that a design's learners learn from, in the order of time: those of train, and all that followed, with the instant of
/// each decision and the instant at which its label was known.</summary>
/// <remarks>Classification: decisions. Ranking: what was shown; a label is known when its first record is, and that none comes when the
/// time allowed for it has passed since the item was shown.</remarks>
internal sealed class LearningRows
{
    /// <summary>Rows of <see cref="Fitted"/> and <see cref="Following"/> with the first label and its own known instant.</summary>
    public required Examples Examples { get; init; }

    /// <summary>Train rows that a fit may use, ascending in time.</summary>
    public required int[] Fitted { get; init; }

    /// <summary>Every other row since train began whose label the data holds, ascending in time.</summary>
    public required int[] Following { get; init; }

    /// <summary>Those of <see cref="Following"/> that the test part judges, ascending in time.</summary>
    public required int[] Judged { get; init; }

    /// <summary>When it is known of each row which way it went, [rows]: where a positive comes sooner than that none came, later than the
    /// label of a positive. A fit on labels as they come would take the last positives for more than they are, so it takes settled rows.</summary>
    public required long[] Settled { get; init; }

    public required ForwardChain Chain { get; init; }

    public required Period Train { get; init; }

    public required Period Test { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <exception cref="InvalidDataException">The split is not one of time, or a ranking does not say what was shown.</exception>
    public static LearningRows Read(Preparation prepared, TrainingRequest request, CancellationToken cancellation)
    {
        var (train, test) = (prepared.Split.Periods[SplitPart.Train], prepared.Split.Periods[SplitPart.Test]);
        if (test.From < train.To)
        {
            throw new InvalidDataException(
                $"{prepared.Design.System}: learning goes on where train ends, and by this split ({prepared.Split.Kind}) test begins "
                + "before that. Split by time, e.g. split: { by: time, train: 75%, test: 25% }.");
        }
        return prepared.Pairs is { } pairs ? Shown(prepared, pairs, request, cancellation) : Decisions(prepared, request, cancellation);
    }

    /// <summary>Columns of a model for some rows, [rows, columns], and the label.</summary>
    public (float[] Features, float[] Labels) Gather(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns) =>
        (Examples.Gather(rows, columns), Examples.LabelsOf(rows));

    private static LearningRows Decisions(Preparation prepared, TrainingRequest request, CancellationToken cancellation)
    {
        var examples = Replay.Run(prepared, static _ => false, [], request.Progress, cancellation).Examples;
        var sources = prepared.Design.Decision.Label;
        var allowed = sources.All(static s => s.Value is null && s.Within is not null)
            ? sources.Max(static s => CalendarDay.Microseconds(s.Within!.Value)) : 0;
        long[] settled = [.. examples.LabelKnown.Select((known, r) => Math.Max(known, examples.Known[r] + allowed))];
        int[] all = [.. Enumerable.Range(0, examples.Count)];
        return Of(prepared, examples, settled, prepared.Split.Rows(SplitPart.Train), all, prepared.Split.Rows(SplitPart.Test));
    }

    private static LearningRows Shown(
        Preparation prepared, PairLabels pairs, TrainingRequest request, CancellationToken cancellation)
    {
        var stages = RankingStages.Make(prepared, pairs, 0);
        if (pairs.Shown is not { } shown || stages.Examples.AtEnd)
        {
            throw new InvalidDataException(
                $"{prepared.Design.System}: what nobody saw has no click to learn from. Name the event that says what was shown "
                + "(decision: shown: impression), and split by time.");
        }
        var training = new RankingTraining(prepared, request, cancellation);
        var split = prepared.Split;
        var (from, to) = (split.Periods[SplitPart.Train].From, split.Periods[SplitPart.Test].To);
        var fitted = split.Rows(SplitPart.Train).ToHashSet();
        var later = new RankingStage(
            "what followed", split.Periods[SplitPart.Train].To, null,
            [.. Enumerable.Range(0, prepared.Known.Length).Where(r => prepared.Known[r] >= from && prepared.Known[r] < to
                && !fitted.Contains(r) && prepared.Labels.Known[r] != LabelColumn.Never)],
            AtEnd: false);
        var first = training.Examples(stages.Examples);
        var second = training.Examples(later);
        int[] requests = [.. first.RequestRows, .. second.RequestRows];
        var (known, settled) = Known(prepared, pairs, shown, requests, [.. first.Items, .. second.Items]);
        var examples = Joined(first.Examples, second.Examples, known);
        var tested = split.Rows(SplitPart.Test).ToHashSet();
        return Of(
            prepared, examples, settled, first.Rows, [.. Enumerable.Range(first.Examples.Count, second.Examples.Count)],
            [.. Enumerable.Range(first.Examples.Count, second.Examples.Count).Where(r => tested.Contains(requests[r]))]);
    }

    private static LearningRows Of(
        Preparation prepared, Examples examples, long[] settled, int[] fitted, int[] candidates, int[] judged)
    {
        var (train, test) = (prepared.Split.Periods[SplitPart.Train], prepared.Split.Periods[SplitPart.Test]);
        var known = fitted.ToHashSet();
        int[] Timed(IEnumerable<int> rows) => [.. rows.OrderBy(r => examples.Known[r]).ThenBy(static r => r)];
        var inTime = Timed(fitted);
        return new()
        {
            Examples = examples,
            Settled = settled,
            Fitted = inTime,
            Following = Timed(candidates.Where(r => !known.Contains(r) && examples.LabelKnown[r] != LabelColumn.Never
                && !float.IsNaN(examples.Labels[r]) && examples.Known[r] >= train.From && examples.Known[r] < test.To)),
            Judged = Timed(judged.Where(r => !float.IsNaN(examples.Labels[r]))),
            Chain = ForwardChain.Make(inTime, examples.Known, settled, SystemRecipe.Blocks, prepared.Split.Gap),
            Train = train,
            Test = test,
            Zone = prepared.Design.TimeZone,
        };
    }

    /// <summary>When the label of each shown item was known, and when it would have been known whatever it is.</summary>
    private static (long[] Known, long[] Settled) Known(Preparation prepared, PairLabels pairs, ShownItems shown, int[] requests, int[] items)
    {
        var told = new Dictionary<(int Request, int Item), long>();
        foreach (var record in pairs.Records.Where(static r => r.Label == 0 && r.Gain > 0))
        {
            var pair = (record.Request, record.Item);
            told[pair] = Math.Min(told.GetValueOrDefault(pair, long.MaxValue), record.Known);
        }
        var sources = prepared.Design.Decision.Ranking!.Labels[0].Sources;
        var allowed = sources.All(static s => s.Within is not null) ? sources.Max(static s => CalendarDay.Microseconds(s.Within!.Value)) : -1;
        var (known, settled) = (new long[requests.Length], new long[requests.Length]);
        for (var i = 0; i < known.Length; i++)
        {
            var waited = allowed < 0 ? prepared.Labels.Known[requests[i]]
                : shown.Of(requests[i]).First(s => s.Item == items[i]).At + allowed;
            known[i] = Math.Max(prepared.Known[requests[i]], told.GetValueOrDefault((requests[i], items[i]), waited));
            settled[i] = Math.Max(known[i], waited);
        }
        return (known, settled);
    }

    private static Examples Joined(Examples first, Examples second, long[] labelKnown)
    {
        var groups = first.GroupOf!.DefaultIfEmpty(-1).Max() + 1;
        return new()
        {
            Features = [.. first.Features, .. second.Features],
            FeatureCount = first.FeatureCount,
            Shapes = first.Shapes,
            Labels = [.. first.Labels, .. second.Labels],
            LabelSets = first.LabelSets?.ToDictionary(static s => s.Key, s => (float[])[.. s.Value, .. second.LabelSets![s.Key]]),
            GroupOf = [.. first.GroupOf!, .. second.GroupOf!.Select(g => g + groups)],
            LabelKnown = labelKnown,
            Known = [.. first.Known, .. second.Known],
        };
    }
}
