namespace Lintel.Training.Metrics;

/// <summary>Decisions with their scores and true labels, in columns: what every metric judges. Row order is the caller's and
/// no figure depends on it, save that ties keep it where a convention says so.</summary>
public sealed class Judged
{
    private static readonly Dictionary<string, int[]> NoKeys = [];

    /// <summary>Scores that order the decisions, larger is likelier positive, [n]; NaN ranks below every number.</summary>
    public required double[] Margins { get; init; }

    /// <summary>Calibrated probabilities, 0 to 1, [n]; null: the score is none, and probability metrics are undefined.</summary>
    public double[]? Probabilities { get; init; }

    /// <summary>Labels are values, and <see cref="Margins"/> estimates of them in the same unit; else labels are 0 or 1.</summary>
    public bool AreValues { get; init; }

    /// <summary>Of values: their quantiles; null: there is one estimate.</summary>
    public QuantileScores? Quantiles { get; init; }

    /// <summary>Of values: what was promised, [n]; null: the estimate is.</summary>
    public double[]? Promises { get; init; }

    /// <summary>Of values: what promises cost; null: the design does not say.</summary>
    public PromiseCosts? PromiseCosts { get; init; }

    /// <summary>0 or 1, or values, [n]; decisions whose label is unknown are left out before.</summary>
    public required float[] Labels { get; init; }

    /// <summary>Day number of each decision in the design's time zone, see <see cref="Splits.CalendarDay"/>, [n].</summary>
    public required int[] Days { get; init; }

    /// <summary>Codes of the keys, by entity, each [n]. Ties between keys are broken by the lower code.</summary>
    public IReadOnlyDictionary<string, int[]> Keys { get; init; } = NoKeys;

    /// <summary>Inverse propensities, at least 0, [n]; null: all 1.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Number of the request that each row was shown for, [n]; null: rows are decisions of their own.</summary>
    public int[]? Groups { get; init; }

    /// <summary>What the policy did and what it costs; null: nothing was decided, cost and value are undefined.</summary>
    public Consequences? Consequences { get; init; }

    public int Count => Labels.Length;

    public int PositiveCount
    {
        get
        {
            var count = 0;
            foreach (var label in Labels) { count += label > 0 ? 1 : 0; }
            return count;
        }
    }

    /// <summary>What the width of intervals follows from: positives, or of values the rows.</summary>
    public int EvidenceCount => AreValues ? Count : PositiveCount;

    /// <summary>The same decisions under another score, e.g. a trivial competitor's. Its outcomes are as many of each sort as
    /// the policy gave, handed out by its own order, hardest first: a fair competitor has the same capacity. Of values it
    /// promises its own estimate.</summary>
    public Judged WithScores(double[] margins, double[]? probabilities) => new()
    {
        Margins = margins,
        Probabilities = probabilities,
        AreValues = AreValues,
        Labels = Labels,
        Days = Days,
        Keys = Keys,
        Weights = Weights,
        Groups = Groups,
        Consequences = Consequences?.ReassignedBy(margins),
        PromiseCosts = PromiseCosts,
    };

    /// <summary>The same decisions and estimates with other quantiles.</summary>
    public Judged WithQuantiles(QuantileScores quantiles) => new()
    {
        Margins = Margins,
        AreValues = AreValues,
        Quantiles = quantiles,
        Labels = Labels,
        Days = Days,
        Keys = Keys,
        Weights = Weights,
        Groups = Groups,
    };

    /// <exception cref="ArgumentException">Columns differ in length, or a label is neither 0 nor 1, or of values not finite.</exception>
    public void Check()
    {
        CheckLength(nameof(Margins), Margins.Length);
        CheckLength(nameof(Days), Days.Length);
        CheckLength(nameof(Probabilities), Probabilities?.Length ?? Count);
        CheckLength(nameof(Weights), Weights?.Length ?? Count);
        CheckLength(nameof(Promises), Promises?.Length ?? Count);
        CheckLength(nameof(Groups), Groups?.Length ?? Count);
        foreach (var quantile in Quantiles?.Values ?? []) { CheckLength(nameof(Quantiles), quantile.Length); }
        foreach (var (entity, codes) in Keys) { CheckLength($"{nameof(Keys)}[{entity}]", codes.Length); }
        for (var i = 0; i < Labels.Length; i++)
        {
            if (AreValues ? !float.IsFinite(Labels[i]) : Labels[i] is not (0 or 1))
            {
                throw new ArgumentException(
                    $"label of row {i} is {Labels[i]}, expected {(AreValues ? "a finite number" : "0 or 1")}; leave out rows whose label is unknown");
            }
        }
    }

    private void CheckLength(string column, int length)
    {
        if (length != Count) { throw new ArgumentException($"{column} has {length} rows, {nameof(Labels)} has {Count}"); }
    }
}
