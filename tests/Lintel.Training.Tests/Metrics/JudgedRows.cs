using Lintel.Design;
using Lintel.Numerics.Random;
using Lintel.Training.Metrics;

namespace Lintel.Training.Tests.Metrics;

/// <summary>Judged rows for tests, and metrics by the name that a design writes.</summary>
internal static class JudgedRows
{
    public static Judged Of(double[] margins, float[] labels, int[]? days = null, int[]? cards = null, double[]? weights = null) => new()
    {
        Margins = margins,
        Probabilities = [.. margins.Select(static m => 1 / (1 + Math.Exp(-m)))],
        Labels = labels,
        Days = days ?? new int[labels.Length],
        Keys = new Dictionary<string, int[]> { ["card"] = cards ?? [.. Enumerable.Range(0, labels.Length)] },
        Weights = weights,
    };

    /// <summary>Rows with ties, several days and cards, and outcomes with costs; positives score higher.</summary>
    public static Judged Random(int count, ulong seed, int days = 5, int cards = 20, double rate = 0.2, int distinctMargins = 12)
    {
        var random = new RandomStream(seed);
        var labels = new float[count];
        var margins = new double[count];
        var dayOf = new int[count];
        var cardOf = new int[count];
        var roles = new OutcomeRole[count];
        var missed = new double[count];
        var groups = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = random.NextDouble() < rate ? 1 : 0;
            margins[i] = Math.Round((random.NextNormal() + labels[i]) * distinctMargins) / distinctMargins;
            dayOf[i] = 100 + random.NextInt32(days);
            cardOf[i] = random.NextInt32(cards);
            roles[i] = (OutcomeRole)random.NextInt32(4);
            missed[i] = random.NextInt32(50);
            groups[i] = i / 4;
        }
        var rows = Of(margins, labels, dayOf, cardOf);
        return new()
        {
            Margins = rows.Margins,
            Probabilities = rows.Probabilities,
            Labels = labels,
            Days = dayOf,
            Keys = rows.Keys,
            Groups = groups,
            Consequences = new()
            {
                Roles = roles,
                Missed = missed,
                Blocked = [.. missed.Select(static m => 5 + (0.01 * m))],
                Review = [.. missed.Select(static _ => 2.0)],
            },
        };
    }

    /// <summary><c>auc</c>, <c>recall@1%</c>, <c>precision@100</c>, <c>card-precision@100</c>.</summary>
    public static MetricDesign Metric(string name)
    {
        var parts = name.Split('@');
        var share = parts.Length > 1 && parts[1].EndsWith('%');
        double? at = parts.Length == 1 ? null : double.Parse(parts[1].TrimEnd('%')) / (share ? 100 : 1);
        var key = parts[0] == "card-precision" ? "card" : null;
        return new(name, default, key is null ? parts[0] : "key-precision", key, at, share);
    }

    public static double Evaluate(string metric, Judged rows)
    {
        var ranked = RankedRows.Rank(rows, Clusters.Of(rows, "card"));
        return MetricKinds.Prepare(Metric(metric), ranked).Evaluate(ranked.NaturalWeights());
    }

    public static readonly string[] EveryMetric =
    [
        "auc", "gauc", "average-precision", "log-loss", "normalised-entropy", "brier", "calibration", "calibration-error",
        "calibration-error@4", "recall@10%", "recall@7", "precision@7", "precision@10%", "card-precision@5", "cost", "value-recall@10%",
    ];
}
