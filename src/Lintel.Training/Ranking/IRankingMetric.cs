using Lintel.Design.Kinds;
using Lintel.Training.Metrics;

namespace Lintel.Training.Ranking;

/// <summary>What a metric of pages looks at.</summary>
public enum RankingView
{
    /// <summary>What was found of what was right: the mean over decisions at which something was.</summary>
    Found,
    /// <summary>What a list is like: the mean over lists.</summary>
    List,
    /// <summary>What all lists together show.</summary>
    AllLists,
}

/// <summary>A metric of pages: one file of the folder Metrics, registered in <see cref="RankingMetricKinds"/>.
/// Stateless and thread-safe.</summary>
public interface IRankingMetric
{
    Kind Kind { get; }

    MetricAim Aim { get; }

    /// <summary>e.g. <c>share</c>, <c>bits</c>.</summary>
    string Unit { get; }

    /// <summary>A count, and whether it may be left out.</summary>
    MetricCutoff Cutoff { get; }

    RankingView View { get; }

    /// <summary>Formula and empty cases, for the reference page.</summary>
    string Conventions { get; }

    /// <summary>Where the definition comes from, and what it was compared with.</summary>
    string Source { get; }

    /// <summary>Everything that does not depend on weights is done here, once.</summary>
    /// <param name="depth">The cut-off; <see cref="int.MaxValue"/> without one.</param>
    PreparedRankingMetric Prepare(JudgedPages pages, int depth);
}

/// <summary>A metric over fixed pages: a figure for each weighting of the decisions. Thread-safe.</summary>
public abstract class PreparedRankingMetric
{
    /// <summary>Why <see cref="Evaluate"/> gives NaN when it does.</summary>
    public abstract string UndefinedBecause { get; }

    /// <summary>The figure; NaN: undefined. Weighting a decision by a whole number equals listing it so
    /// often.</summary>
    /// <param name="weights">By decision, at least 0.</param>
    public abstract double Evaluate(ReadOnlySpan<double> weights);

    /// <summary>A metric that these pages cannot have.</summary>
    public static PreparedRankingMetric Undefined(string reason) => new NotDefined(reason);

    private sealed class NotDefined(string reason) : PreparedRankingMetric
    {
        public override string UndefinedBecause { get; } = reason;

        public override double Evaluate(ReadOnlySpan<double> weights) => double.NaN;
    }
}
