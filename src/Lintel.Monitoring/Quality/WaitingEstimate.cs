using Lintel.Pipeline.Outcomes;
using Lintel.Training.Metrics;

namespace Lintel.Monitoring.Quality;

/// <summary>What was answered, kept until it is known what happened.</summary>
internal sealed class WaitingEstimate(int number, int subject, long known, double[] values) : PendingOutcome(number, subject, known, values)
{
    public double Estimate { get; set; }

    public double Promise { get; set; }

    /// <summary>By level of the plan; NaN: the answer had none.</summary>
    public double[] Quantiles { get; set; } = [];

    public PromiseRates Costs { get; set; }

    /// <summary>By slice of the plan: whether the decision is in it.</summary>
    public bool[] Slices { get; set; } = [];

    /// <summary>What its range is moved by, as a text; null: ranges move all together.</summary>
    public string? Group { get; set; }

    /// <summary>Of the day where the design stands, 0 to 23.</summary>
    public int Hour { get; set; }
}
