using Lintel.Pipeline.Ranking;

namespace Lintel.Server.Verification;

/// <summary>What the offline replay computed for each decided event of a stretch of the log, in log order.</summary>
public abstract record SkewExpectation
{
    private SkewExpectation() { }

    /// <summary>Decided events.</summary>
    public abstract int Count { get; }

    /// <summary>Decisions that give an outcome or an estimate.</summary>
    public sealed record Outcomes : SkewExpectation
    {
        /// <summary>Row-major, [n, feature count of the design], as the models read them; missing is NaN.</summary>
        public required float[] Features { get; init; }

        /// <summary>Margin of the final model, [n].</summary>
        public required double[] Margins { get; init; }

        /// <summary>Outcome of the policy as an index of the design's outcomes, before any is let through, [n]; −1: an estimate.</summary>
        public required int[] Given { get; init; }

        /// <summary>Of a regression: the answer's quantiles, row-major, [n, quantiles], the lowest first.</summary>
        public double[] Quantiles { get; init; } = [];

        /// <summary>Of a regression: what was promised, [n].</summary>
        public double[] Promises { get; init; } = [];

        public override int Count => Margins.Length;
    }

    /// <summary>Pages of a ranking, [n].</summary>
    public sealed record Pages(IReadOnlyList<PageRecord> Given) : SkewExpectation
    {
        public override int Count => Given.Count;
    }
}
