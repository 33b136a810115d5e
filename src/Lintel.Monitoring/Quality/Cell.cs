using Lintel.Training.Metrics.Values;

namespace Lintel.Monitoring.Quality;

/// <summary>What is counted of some decisions in one stretch: the sums of every metric.</summary>
internal sealed class Cell(QualityPlan plan)
{
    private readonly Tally[] _tallies = new Tally[plan.Metrics.Length];
    private readonly LogHistogram[] _histograms = [.. plan.Histograms.Select(static _ => new LogHistogram())];

    /// <summary>Decisions whose outcome became known.</summary>
    public long Matured { get; private set; }

    public ref readonly Tally Tally(int metric) => ref _tallies[metric];

    /// <summary>Of the figures whose quantile a metric is.</summary>
    public LogHistogram Histogram(int metric) => _histograms[Array.IndexOf(plan.Histograms, plan.Metrics[metric].Figure.Of)];

    public void Add(in AnsweredValue row)
    {
        Matured++;
        for (var m = 0; m < _tallies.Length; m++) { _tallies[m].Add(plan.Metrics[m].Figure.Of(row)); }
        for (var h = 0; h < _histograms.Length; h++) { _histograms[h].Add(plan.Histograms[h](row)); }
    }

    /// <summary>The outcome that told the last rows was taken.</summary>
    public void Close()
    {
        for (var m = 0; m < _tallies.Length; m++) { _tallies[m].Close(); }
    }
}
