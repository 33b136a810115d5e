using Lintel.Design;
using Lintel.Design.Kinds;

namespace Lintel.Training.Metrics;

/// <summary>Where a metric's best value lies.</summary>
public enum MetricAim
{
    Highest,
    Lowest,
    /// <summary>A ratio that is best at 1.</summary>
    One,
    /// <summary>A difference that is best at 0.</summary>
    Zero,
    /// <summary>A share that is best at what stands behind the <c>@</c>.</summary>
    Level,
}

/// <summary>What may stand behind the <c>@</c> of a metric's name.</summary>
[Flags]
public enum MetricCutoff
{
    /// <summary>Nothing: the metric has no cut-off.</summary>
    None = 0,
    /// <summary>A share of the decisions, <c>@1%</c>.</summary>
    Share = 1,
    /// <summary>A count, <c>@100</c>.</summary>
    Count = 2,
    /// <summary>It may be left out.</summary>
    Optional = 4,
}

/// <summary>A metric: one file of this folder, registered in <see cref="MetricKinds"/>. Stateless and thread-safe.</summary>
public interface IMetric
{
    Kind Kind { get; }

    MetricAim Aim { get; }

    /// <summary>e.g. <c>share</c>, <c>nats</c>, <c>per decision</c>.</summary>
    string Unit { get; }

    MetricCutoff Cutoff { get; }

    /// <summary>Whether its name is led by an entity, <c>card-precision@100</c>.</summary>
    bool NeedsKey { get; }

    /// <summary>Formula, ties and empty cases, for the reference page.</summary>
    string Conventions { get; }

    /// <summary>Where the definition comes from, and what it was compared with.</summary>
    string Source { get; }

    /// <summary>Everything that does not depend on weights is done here, once.</summary>
    PreparedMetric Prepare(RankedRows rows, MetricDesign design);
}

/// <summary>A metric over fixed rows: a figure for each weighting, in one pass. Thread-safe.</summary>
public abstract class PreparedMetric
{
    /// <summary>Why <see cref="Evaluate"/> gives NaN when it does.</summary>
    public abstract string UndefinedBecause { get; }

    /// <summary>The figure; NaN: undefined. Weighting a row by a whole number equals listing it so often.</summary>
    public abstract double Evaluate(RowWeights weights);

    /// <summary>A metric that these rows cannot have.</summary>
    public static PreparedMetric Undefined(string reason) => new NotDefined(reason);

    private sealed class NotDefined(string reason) : PreparedMetric
    {
        public override string UndefinedBecause { get; } = reason;

        public override double Evaluate(RowWeights weights) => double.NaN;
    }
}
