namespace Lintel.Training.Metrics;

/// <summary>Judged rows in descending order of their margins: sorted once, so that a metric and each bootstrap replicate of it
/// is one pass. Immutable, shared by all threads.</summary>
public sealed class RankedRows
{
    private readonly double[]? _propensity;

    private RankedRows(Judged source, Clusters clusters, int[] order)
    {
        Source = source;
        Clusters = clusters;
        Order = order;
        Margins = Pick(source.Margins);
        Probabilities = source.Probabilities is null ? null : Pick(source.Probabilities);
        Labels = new double[order.Length];
        Keys = new int[order.Length];
        Days = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            Labels[i] = source.Labels[order[i]];
            Keys[i] = clusters.KeyOf[order[i]];
            Days[i] = clusters.DayOf[order[i]];
        }
        Promises = source.Promises is null ? Margins : Pick(source.Promises);
        Quantiles = source.Quantiles is { } quantiles ? new(quantiles.Levels, [.. quantiles.Values.Select(Pick)]) : null;
        _propensity = source.Weights is null ? null : Pick(source.Weights);
        TieEnds = Ranking.TieEnds(Margins);
    }

    public Judged Source { get; }

    public Clusters Clusters { get; }

    /// <summary>Rows of <see cref="Source"/> in rank order, [n].</summary>
    public int[] Order { get; }

    public int Count => Order.Length;

    /// <summary>Not increasing, [n].</summary>
    public double[] Margins { get; }

    public double[]? Probabilities { get; }

    /// <summary>Of values: what was promised; the margins where nothing else was, [n].</summary>
    public double[] Promises { get; }

    /// <summary>Of values: their quantiles, in rank order; null: there is one estimate.</summary>
    public QuantileScores? Quantiles { get; }

    /// <summary>What the width of intervals follows from: positives, or of values the rows.</summary>
    public int EvidenceCount => Source.AreValues ? Count : (int)Labels.Sum();

    /// <summary>0 or 1, or values, [n].</summary>
    public double[] Labels { get; }

    /// <summary>Cluster of each row's key, [n].</summary>
    public int[] Keys { get; }

    /// <summary>Cluster of each row's day, ascending with the day, [n].</summary>
    public int[] Days { get; }

    /// <summary>Exclusive ends of the groups of equal margins.</summary>
    public int[] TieEnds { get; }

    public static RankedRows Rank(Judged rows, Clusters clusters)
    {
        rows.Check();
        return new(rows, clusters, Ranking.Descending(rows.Margins));
    }

    /// <summary>Those rows that a slice holds, in the same order and with the same clusters.</summary>
    /// <param name="holds">By row of <see cref="Source"/>.</param>
    public RankedRows Slice(ReadOnlySpan<bool> holds)
    {
        var kept = new List<int>();
        foreach (var row in Order)
        {
            if (holds[row]) { kept.Add(row); }
        }
        return new(Source, Clusters, [.. kept]);
    }

    /// <summary>Weights of the rows when each counts once.</summary>
    public RowWeights NaturalWeights()
    {
        var weights = new RowWeights(this);
        weights.Keys.AsSpan().Fill(1);
        weights.Days.AsSpan().Fill(1);
        weights.Spread();
        return weights;
    }

    internal void Spread(double[] keys, double[] days, double[] rows)
    {
        for (var i = 0; i < rows.Length; i++) { rows[i] = keys[Keys[i]] * days[Days[i]]; }
        if (_propensity is null) { return; }
        for (var i = 0; i < rows.Length; i++) { rows[i] *= _propensity[i]; }
    }

    private double[] Pick(double[] column)
    {
        var picked = new double[Order.Length];
        for (var i = 0; i < picked.Length; i++) { picked[i] = column[Order[i]]; }
        return picked;
    }
}

/// <summary>How often each row counts in one evaluation: the copies of its key × the copies of its day × its inverse propensity.
/// Owned by one thread and used again from replicate to replicate.</summary>
public sealed class RowWeights
{
    private readonly RankedRows _ranked;

    public RowWeights(RankedRows ranked)
        : this(ranked, new double[ranked.Clusters.KeyCount], new double[ranked.Clusters.Days.Length])
    {
    }

    /// <summary>Weights of a slice that share the copies of keys and days with the whole.</summary>
    internal RowWeights(RankedRows ranked, double[] keys, double[] days)
    {
        _ranked = ranked;
        Keys = keys;
        Days = days;
        Rows = new double[ranked.Count];
    }

    /// <summary>By row in rank order.</summary>
    public double[] Rows { get; }

    /// <summary>Copies, by key cluster.</summary>
    public double[] Keys { get; }

    /// <summary>Copies, by day cluster.</summary>
    public double[] Days { get; }

    /// <summary>Fills <see cref="Rows"/> from the copies of keys and days.</summary>
    public void Spread() => _ranked.Spread(Keys, Days, Rows);
}
