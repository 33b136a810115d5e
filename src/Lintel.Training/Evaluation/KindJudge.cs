using Lintel.Pipeline.Versions;
using Lintel.Training.Metrics;

namespace Lintel.Training.Evaluation;

/// <summary>What is judged by kind of positive.</summary>
public sealed record KindRequest
{
    /// <summary>Judged decisions; margins are not read.</summary>
    public required Judged Rows { get; init; }

    /// <summary>By row, index into <see cref="Names"/>; −1 for negatives.</summary>
    public required int[] KindOf { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Positives of each kind in train, and in validate.</summary>
    public required int[] Train { get; init; }

    public required int[] Validate { get; init; }

    /// <summary>What the policy does not let pass.</summary>
    public required Selection Policy { get; init; }

    /// <summary>The same number without the novelty rules; null: there is none.</summary>
    public Selection? WithoutNovelty { get; init; }

    /// <summary>Decisions that the novelty rules took.</summary>
    public int NoveltyDecisions { get; init; }

    /// <summary>Each model alone; the last is the final one.</summary>
    public required IReadOnlyList<Selection> Models { get; init; }

    /// <summary>Days of the period, 1 or more.</summary>
    public required int DayCount { get; init; }

    public string? ResampleBy { get; init; }

    public required ulong Seed { get; init; }

    public int Replicates { get; init; } = ClusterBootstrap.DefaultReplicates;
}

/// <summary>Recall by kind of positive, for the policy and for each model alone at the policy's load.</summary>
/// <remarks>A selection is made once, on the whole period, and its recall is resampled by key and day at once, all selections with
/// the same draws; so a difference is that of the same resampled world.</remarks>
public static class KindJudge
{
    /// <summary>Fewer positives of a kind are shown without an interval.</summary>
    public const int LeastPositives = 30;

    /// <returns>Null: the rows hold no positive.</returns>
    public static KindDetection? Judge(KindRequest request)
    {
        int[] positives = [.. Enumerable.Range(0, request.Rows.Count).Where(i => request.KindOf[i] >= 0)];
        if (positives.Length == 0) { return null; }
        var table = new RecallTable(request, positives);
        int[] order = [.. Enumerable.Range(0, request.Names.Count)
            .Where(k => request.Train[k] + request.Validate[k] + table.Count(kind => kind == k) > 0)
            .OrderByDescending(k => request.Train[k]).ThenBy(k => request.Names[k], StringComparer.Ordinal)];
        KindResult[] kinds = [.. order.Select(k => table.Result(request.Names[k], request.Train[k], request.Validate[k], kind => kind == k))];
        bool IsKnown(int kind) => request.Train[kind] > 0;
        var known = request.Train.Sum() == 0 ? null : table.Result("known kinds", request.Train.Sum(),
            Enumerable.Range(0, request.Names.Count).Where(IsKnown).Sum(k => request.Validate[k]), IsKnown);
        var decisions = (int)Math.Round(request.Policy.Share.Sum());
        var perDay = (double)decisions / request.DayCount;
        return new(decisions, perDay, request.NoveltyDecisions, kinds, known, KindSentence.Of(perDay, kinds));
    }

    /// <summary>Positives, resampled once for every question about them.</summary>
    private sealed class RecallTable
    {
        private readonly KindRequest _request;
        private readonly int[] _kinds;
        private readonly Selection[] _selections;
        // [selection][positive]
        private readonly double[][] _shares;
        // [replicate][positive]
        private readonly float[][] _weights;

        public RecallTable(KindRequest request, int[] positives)
        {
            _request = request;
            _kinds = [.. positives.Select(i => request.KindOf[i])];
            _selections = [request.Policy, .. request.Models, .. request.WithoutNovelty is { } without ? [without] : Array.Empty<Selection>()];
            _shares = [.. _selections.Select(s => positives.Select(i => s.Share[i]).ToArray())];
            var clusters = Clusters.Of(request.Rows, request.ResampleBy);
            var bootstrap = new ClusterBootstrap(clusters, request.Replicates, request.Seed);
            var (keys, days) = (new double[clusters.KeyCount], new double[clusters.Days.Length]);
            _weights = new float[request.Replicates][];
            for (var r = 0; r < _weights.Length; r++)
            {
                bootstrap.Draw(r, keys, days);
                _weights[r] = [.. positives.Select(i => (float)(keys[clusters.KeyOf[i]] * days[clusters.DayOf[i]]))];
            }
        }

        public int Count(Func<int, bool> kinds) => _kinds.Count(kinds);

        public KindResult Result(string name, int train, int validate, Func<int, bool> kinds)
        {
            int[] rows = [.. Enumerable.Range(0, _kinds.Length).Where(p => kinds(_kinds[p]))];
            BootstrapFigure[] figures = [.. _shares.Select(share => Figure(rows, share))];
            var judged = rows.Length >= LeastPositives;
            var final = figures[_request.Models.Count];
            var models = new SortedDictionary<string, RecallResult>(StringComparer.Ordinal);
            for (var m = 0; m < _request.Models.Count; m++)
            {
                models.Add(_request.Models[m].Name, Recall(figures[m + 1], m + 1 == _request.Models.Count ? null : final, judged));
            }
            return new(
                name, train, validate, rows.Length, judged, Recall(figures[0], null, judged),
                _request.WithoutNovelty is null ? null : Recall(figures[^1], figures[0], judged), models);
        }

        private static RecallResult Recall(BootstrapFigure figure, BootstrapFigure? best, bool judged)
        {
            var behind = best is null ? null : BootstrapFigure.Paired(best, figure, static (a, b) => a - b);
            return new(
                figure.Value, judged && figure.Interval is { } i ? [Math.Max(0, i.Low), Math.Min(1, i.High)] : null,
                behind?.Value, judged ? behind?.Interval?.ToArray() : null);
        }

        private BootstrapFigure Figure(int[] rows, double[] share) => new(
            rows.Length == 0 ? double.NaN : rows.Sum(p => share[p]) / rows.Length,
            "the period holds none of the kind",
            [.. _weights.Select(weights =>
            {
                double all = 0, caught = 0;
                foreach (var p in rows)
                {
                    all += weights[p];
                    caught += weights[p] * share[p];
                }
                return all > 0 ? caught / all : double.NaN;
            })]);
    }
}
